"""Problems that are none: denied, feared or solved ones, what a wish is set against, and refusals that sound like one."""

from proposals.reading.note import Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement


def is_unreal(note: Note, match: Match, statement: Statement) -> bool:
    """A problem that is denied, feared or solved, or a refusal that sounds like one ("no video for now")."""
    denied = [
        each
        for each in note.within("problems_unreal", max(statement.first, match.first - 5), match.last)
        if not (match.first < each.first and match.last - match.first > 2)
    ]
    if _is_bare_refusal(note, match, statement) or _is_set_against(note, match, statement):
        return True
    return bool(denied or note.within("problems_refused", match.first, min(statement.last, match.last + 3)))


def _is_set_against(note: Note, match: Match, statement: Statement) -> bool:
    """Whether it is what a wish is not ("a strategy, not posts at random")."""
    led = note.ending("negation.against", match.first, 2)
    return any(each.first > statement.first and note.breaks[each.first] > 0 for each in led)


def _is_bare_refusal(note: Note, match: Match, statement: Statement) -> bool:
    """Whether it is a wish not to have something ("no video", outside a description of the situation), or part of a name."""
    if (
        match.name == "problems"
        and match.first > statement.first
        and note.is_capital(match.first)
        and not note.raw(match.first, match.last).isupper()
    ):
        return True
    if (
        statement.label in ("challenges", "situation")
        or match.last - match.first > 3
        or not note.within("negation.bare", match.first, match.first + 2)
        or note.within("negation.nobody", match.first, match.last)
    ):
        return False
    kept = [each.signals for each in note.book.services.values() if each.signals]
    if kept and not any(each.get("counts_sites") for each in kept):
        return True  # where nothing can break, "no influencers" is a wish
    return any(note.within(f"service.{service}.units", match.first, match.last) for service in note.book.services)
