"""Stretches of words that may be a firm's name: capitals with small words between, kinds of firms, the title of a note."""

import re

from proposals.reading.dates import note_words
from proposals.reading.names import is_caseless
from proposals.reading.note import Note
from proposals.reading.person import Person

JOINERS = frozenset("and et si of de du des la le les d l the cu ale lui aux au s y n".split())
OF = frozenset("de du des d la l".split())
FOR = frozenset(("for", "pour", "pentru"))
SHOUTED = 0.7  # share of capitals
LONGEST_TITLE = 8  # words
LONGEST_KIND = 4  # words from what kind of body it is to its name


def capitalised(note: Note, person: Person | None) -> list[tuple[int, int]]:
    """Stretches of capitalised words, with small words between them."""
    not_names = note_words(note, "people", "not_names") - note_words(note, "company", "may_hold")
    if is_shouted(note):
        return []  # where all is in capitals they tell nothing
    found, index = [], 0
    own = range(person.first, person.last) if person else range(0)
    roles = {
        i
        for name in ("roles.deciding", "roles.other")
        for match in note.hits.get(name, ())
        for i in range(match.first, match.last)
    }
    while index < len(note.words):
        if not _is_named(note, index, not_names) or index in own or index in roles:
            index += 1
            continue
        first, last, at = index, index + 1, index + 1
        while at < len(note.words) and at not in own and is_joined(note, at):
            if (
                note.text.folded[note.places[at][1] - 1] == "-"
                or _is_named(note, at, frozenset())
                or (note.places[at][0].isdigit() and len(note.places[at][0]) <= 4 and not _is_dated(note, at))
            ):
                last = at = at + 1
            elif last <= first + 1 + (note.places[at][0] in FOR) and _is_kind_of(note, first, at):
                at += 1
            elif note.beginning("company.place", at, 0):
                break
            elif note.places[at][0] in JOINERS and at - last < 2:
                at += 1
            else:
                break
        first = _with_its_kind(note, first)
        found.append((first, last))
        if note.places[first][0] in note_words(note, "people", "titles"):
            found.append((first + 1, last))
        index = max(last, index + 1)
    return [(first, last) for first, last in found if last > first]


def is_shouted(note: Note) -> bool:
    """Whether the note is in capitals throughout."""
    letters = [character for character in note.text.raw[:3000] if character.isalpha()]
    return sum(character.isupper() for character in letters) > SHOUTED * len(letters)


def _with_its_kind(note: Note, first: int) -> int:
    """The kind of house that "de" ties to the name ("les gîtes de Kerguelen", "refuge des Coussinets")."""
    at = first - 1
    while at > 0 and first - at <= 2 and note.places[at][0] in OF and note.breaks[at + 1] == 0:
        at -= 1
    tied = {note.places[index][0] for index in range(at + 1, first)} - {"la", "l"}
    is_kind = bool(tied) and at >= 0 and note.breaks[at + 1] == 0 and bool(note.beginning("company.kinds", at, 0))
    if not is_kind or note.is_capital(at):
        return first
    while at > 0 and note.text.folded[note.places[at - 1][2] : note.places[at][1]] == "-":
        at -= 1  # "auto-école du Viaduc"
    return at


def _is_dated(note: Note, index: int) -> bool:
    """Whether the number begins a date ("Lotus Yoga 18/3")."""
    end = note.places[index][2]
    return bool(re.match(r"[./-]\d", note.text.folded[end : end + 2]))


def title(note: Note) -> list[tuple[int, int]]:
    """What the note begins with up to a dash or comma, if that is a kind of body ("Amicale des plongeurs de Sète")."""
    first = note.statements[0].first
    if is_caseless(note) or not note.is_capital(first) or not note.beginning("company.kinds", first, 0):
        return []
    last = note.clause(first)[1]
    return [(first, last)] if 3 <= last - first <= LONGEST_TITLE and not note.within("call.cue", first, last) else []


def _is_kind_of(note: Note, first: int, at: int) -> bool:
    """Whether a small word goes on what kind of body it is ("École de musique du Vallon")."""
    if at - first > LONGEST_KIND or not note.beginning("company.kinds", first, 0) or not note.is_capital(first):
        return False
    for index in range(at + 1, min(first + LONGEST_KIND + 2, len(note.words))):
        if note.breaks[index] > 0 or note.breaks[at] > 0:
            return False
        if note.is_capital(index):
            return not (note.within("call.cue", at, index) or note.within("company.place", at, index))
    return False


def _is_named(note: Note, index: int, not_names: frozenset[str]) -> bool:
    word, start, end = note.places[index]
    if word in not_names or note.text.folded[end : end + 1] == "@" or note.text.folded[start - 1 : start] in ("@",):
        return False
    return note.is_capital(index) and word.isalpha()


def is_joined(note: Note, index: int) -> bool:
    """Whether the word goes on the name before it: no more than a space, "&", a hyphen or an apostrophe between."""
    between = note.text.folded[note.places[index - 1][2] : note.places[index][1]]
    if ("-" in between and between != "-") or note.breaks[index] > 1:
        return False
    return (
        between.strip(" ") in ("", "&", "'", "-", "+", ".", '"')
        and "\n" not in between
        and len(between) <= 4
        and not (between == ". " and len(note.places[index - 1][0]) > 2)
    )
