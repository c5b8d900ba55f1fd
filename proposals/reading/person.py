"""A person named in a note, the parts of the name, and two ways by which a note names one: its dialogue and its addresses."""

import re
from dataclasses import dataclass

from proposals.reading.addresses import Address, addresses
from proposals.reading.dates import note_words
from proposals.reading.names import PARTICLES, given_names, is_caseless, is_function_word
from proposals.reading.note import Found, Note
from proposals.reading.phrases import words_of
from proposals.reading.text import fold

SHARED_BOXES = frozenset(
    "hello info contact office admin team sales reception bookings booking reservations reservation reservas secretariat "
    "secretary trustees accounts compta comptabilite facturi facturation billing accueil atelier boutique shop studio hallo "
    "bonjour salut support help marketing direction comercial vanzari programari rezervari oferte etude cabinet mairie".split()
)  # what stands before the @ of an address that is nobody's own
VOICE = 6.0  # who speaks in a dialogue with nobody but the freelancer


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name: words first to last (not included); with a title but one word, only the surname is known."""

    first: int
    last: int
    has_title: bool
    score: float = 0.0
    is_reversed: bool = False


def full_name(note: Note, person: Person) -> Found:
    """First and last name as far as stated, in capitals where the note has none."""
    start, end = note.characters(person.first, person.last)
    raw = re.sub(r"<[^<>]*>|\([^()]*\)", " ", note.raw(person.first, person.last))
    words = raw.replace(",", " ").split()
    if person.is_reversed:
        words = words[-1:] + words[:-1]
    return Found(" ".join(_capital(word) for word in words), start, end)


def first_name(note: Note, person: Person) -> Found | None:
    """The first name; None where only a surname is known."""
    if person.has_title and len(full_name(note, person).value.split()) == 1:  # type: ignore[attr-defined]
        return None
    words = str(full_name(note, person).value).split()
    spelled = (re.split(r"[._-]", each.local) for each in addresses(note))
    if len(words) == 1 and any(len(parts) == 2 and len(parts[0]) == 1 and parts[1] == fold(words[0]) for parts in spelled):
        return None  # "s.achebe@…" tells that it is the surname
    name = words[0]
    index = person.last - 1 if person.is_reversed else person.first
    end = index + 1
    while end < person.last and note.text.folded[note.places[end][1] - 1] == "-" and not person.is_reversed:
        end += 1
    return Found(name, *note.characters(index, end))


def _capital(word: str) -> str:
    if word.islower() or (word.isupper() and (len(word) > 2 or word.lower() in PARTICLES)):
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return word


def voice(note: Note) -> list[Person]:
    """The one who answers in a dialogue, as its lines name them: capitalised words of which the first is a first name."""
    size = len(words_of(note.other_voice)) if note.other_voice else 0
    for statement in note.said() if size else ():
        first = last = statement.first - size
        if statement.speaker != note.other_voice or first < 0 or note.folded(first, statement.first) != note.other_voice:
            continue
        while last < statement.first and (note.is_capital(last) or is_caseless(note)):
            last += 1
        return [Person(first, last, False, VOICE)] if last > first and note.places[first][0] in given_names() else []
    return []


def by_address(note: Note, known: list[Address]) -> list[Person]:
    """Where the name has no capitals, the one that the address begins with ("rob@…" and "rob hendry")."""
    found: list[Person] = []
    not_names = note_words(note, "people", "not_names")
    for address in known:
        parts = [part for part in re.split(r"[._\-+\d]", address.local) if len(part) > 2]
        if not parts or parts[0] in SHARED_BOXES or parts[0] in not_names:
            continue
        for index, (word, start, _) in enumerate(note.places):
            if word != parts[0] or address.start <= start < address.end:
                continue
            if any(note.beginning(name, index, 0) for name in ("company.kinds", "decision.bodies", "roles.other")):
                continue
            last = index + 1
            if last < len(note.words) and note.text.folded[note.places[index][2] : note.places[last][1]] == " ":
                following = note.places[last][0]
                if (
                    following in parts[1:]
                    or (following in address.domain and len(following) > 3)
                    or _ends_name(note, last, not_names)
                ):
                    last += 1
            found.append(Person(index, last, False, 4.0 + (last - index) - 0.01 * index))
            break
    return found


def _ends_name(note: Note, index: int, not_names: frozenset[str]) -> bool:
    """A word nobody knows right before a comma or line end: a surname."""
    word, _, end = note.places[index]
    unknown = (
        word not in not_names
        and not is_function_word(note, word)
        and note.words[index] == word
        and word.isalpha()
        and len(word) > 2
    )
    return (
        unknown
        and note.text.folded[end : end + 2].lstrip(" ")[:1] in (",", "\n", "(", ";", "-")
        and not any(
            match.first == index for name, matches in note.hits.items() if not name.startswith("names") for match in matches
        )
    )
