"""What the client wants to reach: statements of goals, verbatim."""

from dataclasses import replace
from functools import lru_cache

from proposals.reading.counted_aims import is_counted_aim, is_fall, names_several
from proposals.reading.counts import counts_growth, has_count
from proposals.reading.growth import wishes_count
from proposals.reading.money import amounts_of
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.quotes import quoted, support
from proposals.reading.somebody import is_of_somebody
from proposals.reading.statements import Statement
from proposals.reading.wishes import has_problem

OPENING = 4  # words at the start of a statement
OBJECTIONS = ("money", "value", "results")
SCALAR_LABELS = frozenset(
    "budget payment company contact email call_date start decision sites hours role horizon excluded prepay".split()
)


def goals(note: Note) -> list[Found]:
    """Statements of what the client wants to reach. A sentence that stands before another one on the aim leads to it."""
    told = [statement for statement in note.said() if is_goal(note, statement)]
    return [
        replace(found, support=_support(note, statement, told[-1]))
        for statement in told
        for found in quoted(note, statement, _goal_matches(note, statement))[:1]
    ]


def _support(note: Note, statement: Statement, last: Statement) -> str:
    if statement.label != "goals" and statement != last:
        return "before another"
    before = note.before(statement)
    if statement.label == "goals" and statement.is_inherited and before is not None and before.line == statement.line:
        aims = any(note.has(name, statement) for name in ("goal.cue", "goal.sure", "growth.rise"))
        return support(note, statement, _goal_matches(note, statement), "goals") if aims else "behind"
    return support(note, statement, _goal_matches(note, statement), "goals")


def _goal_matches(note: Note, statement: Statement) -> list[Match]:
    names = ("goal.cue", "goal.sure", "growth.nouns", "growth.rise", "growth.sure")
    return [match for name in names for match in note.within(name, statement.first, statement.last)]


def is_goal(note: Note, statement: Statement) -> bool:
    """Whether the statement says what is to be reached."""
    return statement.first in _goal_statements(note)


@lru_cache(maxsize=1)
def _goal_statements(note: Note) -> frozenset[int]:
    """The first words of the statements of a goal."""
    named = (
        each for each in note.said() if each.last - each.first > OPENING + 2 or "@" not in note.folded(each.first, each.last)
    )
    asked = (each for each in named if each.speaker != "me" and not each.is_question and not _is_denied(note, each))
    told = (each for each in asked if _is_told_goal(note, each) or is_counted_aim(note, each))
    return frozenset(each.first for each in told if not _is_of_others(note, each))


def _is_of_others(note: Note, statement: Statement) -> bool:
    """Whether somebody who is not the client wants it ("A trade directory wants to sell her a page")."""
    names = ("goal.cue", "goal.sure", "ask.cue")
    cues = [each for name in names for each in note.within(name, statement.first, statement.last)]
    return statement.label is None and any(is_of_somebody(note, each, statement) for each in cues)


def _is_told_goal(note: Note, statement: Statement) -> bool:
    if statement.speaker == "me" or statement.is_question or statement.last - statement.first < 2:
        return False
    if (
        _is_denied(note, statement)
        or note.has("budget.unstated", statement)
        or (note.has("goal.not", statement) and not (statement.label == "goals" and note.has("growth.sure", statement)))
        or (statement.label == "goals" and note.has("goal.none", statement))
    ):
        return False
    if statement.label == "goals":
        return not statement.is_inherited or not (_has_ask_only(note, statement) or is_other(note, statement))
    if (statement.label in SCALAR_LABELS and not statement.is_inherited) or statement.label in (
        "challenges",
        "objections",
        "situation",
    ):
        return False
    if statement.label == "services" and any(note.has(f"service.{service}.asks", statement) for service in note.book.services):
        return False
    has = lambda name: note.has(name, statement)  # noqa: E731
    grows = has("growth.nouns") or has("growth.sure")
    if has("budget.not.turnover") and is_money(note, statement) and not (has("goal.cue") or has("growth.rise")):
        return False  # "winter tyres = 90k of sales"
    if is_fall(note, statement) or (has("ask.cue") and names_several(note, statement) and not has("growth.sure")):
        return False
    if (has("goal.fall") and not has("goal.cue") and not has("goal.sure")) or (
        has("budget.cue") and not grows and is_money(note, statement)
    ):
        return False
    serves = any(has(f"service.{service}.{kind}") for service in note.book.services for kind in ("sure", "units"))
    if serves and not (has("growth.sure") or (has("growth.nouns") and (has("goal.cue") or has("goal.sure")))):
        return False
    if has("sites.counted") and not has("growth.sure"):
        return False
    if has("goal.sure"):
        return grows or has("growth.rise") or not has("start.cue")
    if any(has(f"objections.{each}") for each in OBJECTIONS) or (has("start.cue") and not has("growth.sure")):
        return False
    if has("goal.cue") and grows and not (has_problem(note, statement) and not has("growth.sure")):
        return True
    if wishes_count(note, statement):
        return True
    if has("budget.cue") and not has("growth.sure") and not counts_growth(note, statement):
        return False
    if has("ask.cue") or has("ask.after"):
        if serves:
            return has("growth.sure")
        counted = has("growth.nouns") and (
            has("growth.rise")
            or counts_growth(note, statement)
            or (has_count(note, statement.first, statement.last) and _has_term(note, statement))
        )
        return has("growth.sure") or (counted and not has_problem(note, statement))
    return (
        not has_problem(note, statement)
        and has("growth.nouns")
        and (has("growth.rise") or has_count(note, statement.first, statement.last))
        and (_has_length(note, statement) or (has("growth.shift") and not has("goal.fall")))
    )


def is_money(note: Note, statement: Statement) -> bool:
    """Whether it names an amount of money."""
    return any(amount.currency for amount in amounts_of(note, statement))


def _is_denied(note: Note, statement: Statement) -> bool:
    """Whether the statement opens with a refusal of growth ("no new members wanted, they turn people away")."""
    refused = note.within("negation.bare", statement.first, statement.first + 2)
    if statement.label != "goals" and note.within("ask.unwanted", statement.first, statement.first + OPENING):
        return True  # "not interested in rankings, he's booked out till Easter"
    return bool(refused) and bool(note.within("growth.nouns", refused[0].last, refused[0].last + 4))


def _has_length(note: Note, statement: Statement) -> bool:
    return any(note.has(f"horizon.{unit}", statement) for unit in ("months", "years", "quarters"))


def _has_term(note: Note, statement: Statement) -> bool:
    """Whether it says in what time, or for when."""
    return (
        _has_length(note, statement)
        or note.has("goal.cue", statement)
        or note.has("goal.by", statement)
        or any(note.has(f"periods.{period}", statement) for period in ("day", "week", "month", "quarter", "year"))
    )


def _has_ask_only(note: Note, statement: Statement) -> bool:
    return note.has("ask.cue", statement) and not note.has("growth.nouns", statement)


def is_other(note: Note, statement: Statement) -> bool:
    """A sentence on the same line or under the same heading that speaks of something else."""
    names = (
        "budget.cue",
        "payment.cue",
        "start.cue",
        "decision.alone",
        "decision.others",
        *(f"objections.{each}" for each in OBJECTIONS),
    )
    return any(note.has(name, statement) for name in names)
