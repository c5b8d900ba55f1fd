"""The client's objections: money, value and results, each with the words that say it."""

from proposals.reading.aims import OBJECTIONS
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement
from proposals.reading.troubles import opens_with_refusal
from proposals.reading.wishes import has_problem


def objections(note: Note) -> list[Found]:
    """money, value and results, each with the words that say it."""
    found = []
    for kind in OBJECTIONS:
        match = _objection(note, kind)
        if match:
            found.append(Found(kind, *note.characters(match.first, match.last), _support(note, kind, match)))
    return found


def _support(note: Note, kind: str, match: Match) -> str:
    """By what it was read: more than one phrase of the note, a phrase alone, and whether its sentence asks for something."""
    phrases = sum(len(hits) for name, hits in note.hits.items() if name.startswith("objections") and name.endswith(f".{kind}"))
    statement = note.statement_at(match.first)
    is_said = statement is not None and not statement.is_question and not note.has("ask.unwanted", statement)
    is_wish = is_said and statement is not None and note.has("ask.cue", statement)
    return "one phrase in a wish" if phrases == 1 and is_wish else "one phrase" if phrases == 1 else ""


def _is_doubtful(note: Note, statement: Statement) -> bool:
    """Whether the sentence doubts, asks or quotes."""
    before = note.text.folded[max(0, statement.start - 3) : statement.start]
    return note.has("objections_cue", statement) or statement.is_question or '"' in before


def _is_other_price_or_greeting(note: Note, kind: str, match: Match, statement: Statement) -> bool:
    """Words on what somebody else charges, or the "dear" (chère) of a letter."""
    if kind == "money" and statement.label is None and note.has("budget.not.other_price", statement):
        return not _is_doubtful(note, statement)
    opens = match.first == statement.first and match.last - match.first == 1 and match.last < statement.last
    return opens and note.is_capital(match.last)


def _is_of_service(note: Note, match: Match) -> bool:
    """Whether the words are part of asking for a service ("haggle with sponsors")."""
    names = (f"service.{service}.{kind}" for service in note.book.services for kind in ("asks", "sure"))
    near = (each for name in names for each in note.within(name, max(0, match.first - 3), match.last + 3))
    size = match.last - match.first
    return any(each.first <= match.first and match.last <= each.last and each.last - each.first > size for each in near)


def _objection(note: Note, kind: str) -> Match | None:
    for name, labelled in (
        (f"objections.{kind}", False),
        (f"objections_asked.{kind}", False),
        (f"objections_labelled.{kind}", True),
    ):
        for match in note.hits.get(name, ()):
            statement = note.statement_at(match.first)
            if statement is None or statement.speaker == "me" or statement.label == "excluded":
                continue
            if name.startswith("objections_asked") and not (statement.label == "objections" or statement.is_question):
                continue
            if labelled and (
                statement.label != "objections" or any(note.has(f"objections.{each}", statement) for each in OBJECTIONS)
            ):
                continue  # a bare "price" says what is doubted only where nothing says it outright
            if (
                kind != "money"
                and statement.label != "objections"
                and match.last - match.first <= 2
                and not _is_doubtful(note, statement)
            ):
                continue
            if statement.label != "objections" and match.last - match.first <= 2 and has_problem(note, statement):
                continue
            if statement.label in ("goals", "challenges", "services") and not statement.is_inherited:
                continue
            if _is_of_service(note, match):
                continue
            if statement.label is None and kind == "results" and opens_with_refusal(note, statement):
                continue  # "no influencers, he got burnt once"
            if _is_other_price_or_greeting(note, kind, match, statement):
                continue
            if note.within("objections_not", max(statement.label_first, match.first - 5), min(statement.last, match.last + 5)):
                continue
            return match
    return None
