"""What the client says not to want: where refusals begin and end."""

from proposals.reading.note import Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

LONGEST_TOPIC = 5  # words
LONGEST_REFUSED = 12  # words before "not needed" that it may refuse


def refusals(note: Note, statement: Statement) -> list[tuple[int, int]]:
    """The word ranges of a statement in which whatever is named is not wanted."""
    if statement.label == "excluded":
        return [(statement.first, statement.last)]
    found = []
    for match in note.within("ask.unwanted", statement.first, statement.last):
        found.append((match.first, _stop(note, match.last, statement.last)))
        topic = _refused_before(note, match)
        found += [(topic, match.last)] if topic is not None else []
    for match in note.within("ask.unwanted_after", statement.first, statement.last) + _closing_refusals(note, statement):
        first = match.first
        nearest = max(statement.first, match.first - LONGEST_REFUSED)
        while first > nearest and note.breaks[first] == 0 and not _is_contrast(note, first):
            first -= 1
        if match.first - first <= 1 and first > statement.first:
            topic = note.clause(first - 1)[0]  # "SEO, we have someone for that"
            first = max(topic, statement.first) if first - topic <= LONGEST_TOPIC else first
        found.append((first, match.last))
    for match in note.within("ask.unwanted_word", statement.first, statement.last):
        found.append((max(statement.first, match.first - 2, note.clause(match.first)[0]), match.last))
    opening = note.within("ask.told_first", statement.first, min(statement.last, statement.first + 4))
    told = note.within("ask.told", statement.first, statement.last)
    for match in told + [each for each in opening if each.first == statement.first]:
        contrasts = (index for index in range(match.last, statement.last) if _is_contrast(note, index))
        found.append((match.first, next(contrasts, statement.last)))
    for match in note.within("negation.trailing", statement.first, statement.last):
        first, last = note.clause(match.first)
        if match.last == last and match.first - first in range(1, LONGEST_TOPIC):
            found.append((first, last))
    for match in note.within("negation.bare", statement.first, statement.last):
        last = match.last
        while last < min(statement.last, match.last + 4) and note.breaks[last] == 0:
            last += 1
        found.append((statement.first if _is_headed(note, match, statement) else match.first, last))
    return found


def _is_headed(note: Note, match: Match, statement: Statement) -> bool:
    """Whether nothing but a short heading stands before the "no" ("Influencers: no, tried it")."""
    is_behind_colon = note.text.folded[: note.places[match.first][1]].rstrip().endswith(":")
    return is_behind_colon and match.first - statement.first <= LONGEST_TOPIC


def _refused_before(note: Note, refusal: Match) -> int | None:
    """The first word of a service right before a refusal behind which none is named ("shop he doesn't want as nobody buys")."""
    if refusal.first == 0 or note.text.folded[note.places[refusal.first - 1][2] : note.places[refusal.first][1]] != " ":
        return None
    kinds = [f"service.{service}.{kind}" for service in note.book.services for kind in ("asks", "sure", "units")]
    if any(note.within(name, refusal.first, refusal.last + LONGEST_TOPIC) for name in kinds):
        return None
    return min((each.first for name in kinds for each in note.ending(name, refusal.first, 0)), default=None)


def _closing_refusals(note: Note, statement: Statement) -> list[Match]:
    """Refusals at a sentence's end, of what stands before them ("De articole nu are nevoie")."""
    return [
        each
        for each in note.within("ask.unwanted", statement.first, statement.last)
        if each.last == statement.last and each.first > statement.first
    ]


def _stop(note: Note, first: int, last: int) -> int:
    """The word at which a refusal ends: a contrast or a new wish."""
    return min(
        [index for index in range(first, last) if _is_contrast(note, index)]
        + [m.first for m in note.within("ask.cue", first, last)]
        + [last]
    )


def _is_contrast(note: Note, index: int) -> bool:
    return bool(note.beginning("contrast", index, 0))
