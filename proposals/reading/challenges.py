"""What hurts: statements of problems and pains, verbatim."""

from dataclasses import replace

from proposals.reading.aims import OBJECTIONS, SCALAR_LABELS, is_goal, is_money, is_other
from proposals.reading.counts import has_count
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.quotes import goes_on, is_listed, quoted, support
from proposals.reading.statements import Statement
from proposals.reading.terms import METHODS
from proposals.reading.troubles import is_complaint_going_on, is_told_trouble, opens_with_refusal
from proposals.reading.unreal import is_unreal
from proposals.reading.wishes import Scope, has_problem

LATE = 0.5  # share of the note's words behind which a trouble belongs to what was already spoken of
LONGEST_COMPLAINT = 14  # words of a statement in which one word alone tells of a problem
MONEY_OF_OTHERS = ("project", "turnover", "other_price", "own_price")
NO_PAIN = ("decision.alone", "decision.others", "sites.counted", "budget.not.project", "budget.not.other_price", "growth.shift")


def challenges(note: Note, where: Scope) -> list[Found]:
    """Statements of problems and pains."""
    told: list[Statement] = []
    for statement in note.said():
        if _is_challenge(note, statement, where) or (told and is_complaint_going_on(note, statement, told[-1])):
            told.append(statement)
    return [
        replace(found, support=_support(note, statement, told[0]))
        for statement in told
        for found in quoted(note, statement, _problem_matches(note, statement))
    ]


def _support(note: Note, statement: Statement, first: Statement) -> str:
    matches = _problem_matches(note, statement)
    if statement.label is None:
        if statement.first > LATE * len(note.words) > first.first:
            return "long behind another"
        if any(note.has(f"objections.{each}", statement) for each in OBJECTIONS):
            return "beside an objection"
        if _is_told_by_one_word(note, statement, matches) and has_count(note, statement.first, statement.last):
            return "one word beside a number"
    return support(note, statement, matches, "challenges")


def _is_told_by_one_word(note: Note, statement: Statement, matches: list[Match]) -> bool:
    """Whether one word of trouble stands for the whole, and no service of the book remedies it."""
    if len(matches) != 1 or matches[0].last - matches[0].first > 1 or has_problem(note, statement):
        return False
    return is_told_trouble(note, statement, lambda: _is_on_topic(note, statement))


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
    if is_told_trouble(note, statement, lambda: _is_on_topic(note, statement)) and not is_goal(note, statement):
        return True
    matches = [match for match in _problem_matches(note, statement) if not is_unreal(note, match, statement)]
    if statement.label is None and opens_with_refusal(note, statement):
        return False
    if statement.label == "challenges":
        if statement.last - statement.first <= 3 and note.has("problems_none", statement):
            return False
        if statement.is_inherited and not matches and goes_on(note, statement):
            return False
        if not matches and is_money(note, statement) and note.has("budget.not.turnover", statement):
            return False
        return (
            not statement.is_inherited
            or bool(matches)
            or is_listed(note, statement)
            or not (note.has("ask.cue", statement) or is_other(note, statement) or is_goal(note, statement))
        )
    if (statement.label in SCALAR_LABELS or statement.label in ("goals", "objections")) and not (
        statement.is_inherited and statement.label in SCALAR_LABELS and not is_listed(note, statement)
    ):
        return False
    if statement.label == "services" and not _is_remark(note, statement):
        return False
    if not matches or is_goal(note, statement):
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
    return statement.is_inherited and not note.has("ask.cue", statement) and goes_on(note, statement)


def _is_faint(note: Note, statement: Statement, matches: list[Match]) -> bool:
    """One word that may well be no complaint ("parti", "no"), or words beside money or a site left out."""
    if note.has("growth.nouns", statement) and note.has("goal.fall", statement) and not is_money(note, statement):
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
