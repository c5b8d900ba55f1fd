"""What the client wants to reach and what hurts, verbatim; whether growth is a stated goal; and the objections."""

from dataclasses import replace
from functools import lru_cache

from proposals.reading.counted_aims import is_counted_aim
from proposals.reading.counts import counts_growth, has_count
from proposals.reading.growth import wishes_count
from proposals.reading.money import amounts
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement
from proposals.reading.terms import METHODS
from proposals.reading.troubles import is_told_trouble
from proposals.reading.unreal import is_unreal
from proposals.reading.wishes import Scope, has_problem

LONGEST_COMPLAINT = 14  # words of a statement in which one word alone tells of a problem
LONGEST = 160  # characters; a longer statement is quoted by its telling clauses only
OBJECTIONS = ("money", "value", "results")
MONEY_OF_OTHERS = ("project", "turnover", "other_price", "own_price")
NO_PAIN = ("decision.alone", "decision.others", "sites.counted", "budget.not.project", "budget.not.other_price", "growth.shift")
SCALAR_LABELS = frozenset(
    "budget payment company contact email call_date start decision sites hours role horizon excluded prepay".split()
)


def goals(note: Note) -> list[Found]:
    """Statements of what the client wants to reach."""
    return [
        replace(found, support=_support(note, statement, _goal_matches(note, statement), "goals"))
        for statement in note.said()
        if _is_goal(note, statement)
        for found in _quoted(note, statement, _goal_matches(note, statement))[:1]
    ]


def _support(note: Note, statement: Statement, told: list[Match], label: str) -> str:
    """By what the statement was read: the words that tell, its own label, or but a heading or a sentence before it."""
    if told or statement.label is None:
        return "told"
    is_loose = statement.is_inherited and not _goes_on(note, statement) and not _is_listed(note, statement)
    return "under a heading" if is_loose else "labelled" if statement.label == label else "listed"


def _goal_matches(note: Note, statement: Statement) -> list[Match]:
    names = ("goal.cue", "goal.sure", "growth.nouns", "growth.rise", "growth.sure")
    return [match for name in names for match in note.within(name, statement.first, statement.last)]


def _is_goal(note: Note, statement: Statement) -> bool:
    return statement.first in _goal_statements(note)


@lru_cache(maxsize=1)
def _goal_statements(note: Note) -> frozenset[int]:
    """The first words of the statements of a goal."""
    asked = (each for each in note.said() if each.speaker != "me" and not each.is_question and not _is_denied(note, each))
    return frozenset(each.first for each in asked if _is_told_goal(note, each) or is_counted_aim(note, each))


def _is_told_goal(note: Note, statement: Statement) -> bool:
    if statement.speaker == "me" or statement.is_question or statement.last - statement.first < 2:
        return False
    if (
        _is_denied(note, statement)
        or note.has("goal.not", statement)
        or (statement.label == "goals" and note.has("goal.none", statement))
    ):
        return False
    if statement.label == "goals":
        return not statement.is_inherited or not (_has_ask_only(note, statement) or _is_other(note, statement))
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
    if (has("goal.fall") and not has("goal.cue") and not has("goal.sure")) or (
        has("budget.cue") and not grows and _is_money(note, statement)
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


def _is_money(note: Note, statement: Statement) -> bool:
    """Whether it names an amount of money."""
    return any(amount.currency and statement.holds(amount.first) for amount in amounts(note))


def _is_denied(note: Note, statement: Statement) -> bool:
    """Whether the statement opens with a refusal of growth ("no new members wanted, they turn people away")."""
    refused = note.within("negation.bare", statement.first, statement.first + 2)
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


def _is_other(note: Note, statement: Statement) -> bool:
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


def challenges(note: Note, where: Scope) -> list[Found]:
    """Statements of problems and pains."""
    return [
        replace(found, support=_support(note, statement, _problem_matches(note, statement), "challenges"))
        for statement in note.said()
        if _is_challenge(note, statement, where)
        for found in _quoted(note, statement, _problem_matches(note, statement))
    ]


def _goes_on(note: Note, statement: Statement) -> bool:
    """Whether it is a later sentence of the labelled line."""
    before = note.before(statement)
    return before is not None and before.line == statement.line and not _is_listed(note, statement)


def _is_listed(note: Note, statement: Statement) -> bool:
    """Whether it is a further item of a list cut by semicolons."""
    return note.text.folded[max(0, statement.start - 4) : statement.start].rstrip().endswith(";")


def _problem_matches(note: Note, statement: Statement) -> list[Match]:
    names = [f"service.{service}.problems" for service in note.book.services]
    told = [match for name in names for match in note.within(name, statement.first, statement.last)]
    others = [match for name in NO_PAIN for match in note.within(name, statement.first, statement.last)]
    words = [
        match
        for match in note.within("problems", statement.first, statement.last)
        if not any(
            o.first <= match.first and match.last <= o.last and o.last - o.first > match.last - match.first for o in others
        )
    ]
    return told + words


def _is_challenge(note: Note, statement: Statement, where: Scope) -> bool:
    if statement.speaker == "me" or statement.is_question or statement.last - statement.first < 2:
        return False
    if is_told_trouble(note, statement, lambda: _is_on_topic(note, statement)) and not _is_goal(note, statement):
        return True
    matches = [match for match in _problem_matches(note, statement) if not is_unreal(note, match, statement)]
    if statement.label == "challenges":
        if statement.last - statement.first <= 3 and note.has("problems_none", statement):
            return False
        if statement.is_inherited and not matches and _goes_on(note, statement):
            return False
        return (
            not statement.is_inherited
            or bool(matches)
            or _is_listed(note, statement)
            or not (note.has("ask.cue", statement) or _is_other(note, statement) or _is_goal(note, statement))
        )
    if (statement.label in SCALAR_LABELS or statement.label in ("goals", "objections")) and not (
        statement.is_inherited and statement.label in SCALAR_LABELS and not _is_listed(note, statement)
    ):
        return False
    if statement.label == "services" and not _is_remark(note, statement):
        return False
    if not matches or _is_goal(note, statement):
        return False
    asks = [cue.first for cue in note.within("ask.cue", statement.first, statement.last)]
    if (
        asks
        and statement.label != "situation"
        and all(asks[0] < match.first for match in matches if match.last - match.first < 5)
    ):
        return False
    real = has_problem(note, statement)
    if not real and note.has("decision.unknown", statement):
        return False
    if not real and statement.is_inherited and statement.label in (*SCALAR_LABELS, "services", "goals"):
        return False
    if statement.label is None and not real and _is_faint(note, statement, matches):
        return False
    if any(note.has(f"objections.{each}", statement) for each in OBJECTIONS) and not (
        real and _is_weak_objection(note, statement)
    ):
        return False
    return real or not (
        note.has("ask.cue", statement) or note.has("budget.cue", statement) or note.has("decision.others", statement)
    )


def _is_remark(note: Note, statement: Statement) -> bool:
    """Whether it is a later sentence on a line of wishes, that asks for nothing."""
    return statement.is_inherited and not note.has("ask.cue", statement) and _goes_on(note, statement)


def _is_faint(note: Note, statement: Statement, matches: list[Match]) -> bool:
    """One word that may well be no complaint ("parti", "no"), or words beside money or a site left out."""
    if note.has("growth.nouns", statement) and note.has("goal.fall", statement) and not _is_money(note, statement):
        return False  # "sales fell by a third"
    priced = has_count(note, statement.first, statement.last)
    if note.has("sites.not", statement) or (
        priced and any(note.has(f"budget.not.{name}", statement) for name in MONEY_OF_OTHERS)
    ):
        return True
    if any(note.has(f"payment.{method}", statement) for method in METHODS) or note.has("problems_beside", statement):
        return True
    if statement.last - statement.first > LONGEST_COMPLAINT and all(match.last - match.first == 1 for match in matches):
        return len({match.first for match in matches}) == 1  # a word in a story is no complaint yet
    is_alone = len({match.first for match in matches}) == 1
    longest = max(match.last - match.first for match in matches)
    return (
        is_alone
        and longest <= (1 if _is_on_topic(note, statement) else 2)
        and not (longest == 1 and _is_on_topic(note, statement))
    )


def _is_on_topic(note: Note, statement: Statement) -> bool:
    """Whether the statement names something that the book's services look after: a site, posts, a backup."""
    names = [f"service.{service}.{kind}" for service in note.book.services for kind in ("asks", "sure", "units", "problems")]
    return any(note.has(name, statement) for name in [*names, "sites.single", "sites.counted", "sites.many"])


def _is_weak_objection(note: Note, statement: Statement) -> bool:
    """A word or two that may as well belong to the problem ("brings customers" in "nobody knows which ad brings customers")."""
    found = [match for each in OBJECTIONS for match in note.within(f"objections.{each}", statement.first, statement.last)]
    return all(match.last - match.first <= 2 for match in found)


def _quoted(note: Note, statement: Statement, matches: list[Match]) -> list[Found]:
    """The statement; where it is long its clauses with a telling phrase, the one with the longest phrase first."""
    start, end = note.characters(statement.first, statement.last)
    start = min(start, statement.start)
    if end - start <= LONGEST or not matches:
        return [Found(True, start, min(end, start + LONGEST) if not matches else end)]
    clauses: dict[tuple[int, int], int] = {}
    for match in matches:
        first, last = note.clause(match.first)
        first, last = max(first, statement.first), min(max(last, match.last), statement.last)
        if note.places[last - 1][2] - note.places[first][1] > LONGEST:
            first, last = max(first, match.first - 10), min(last, match.last + 10)
        clauses[first, last] = max(clauses.get((first, last), 0), match.last - match.first)
    kept: list[tuple[int, int]] = []
    for first, last in sorted(clauses, key=lambda clause: -clauses[clause]):
        if all(last <= other[0] or other[1] <= first for other in kept):
            kept.append((first, last))
    return [Found(True, *note.characters(first, last)) for first, last in kept]
