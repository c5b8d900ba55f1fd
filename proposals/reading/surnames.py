"""The surname of a contact whose name is written in small letters, where the note says it somewhere ("gwen pritchard / …")."""

from dataclasses import replace

from proposals.reading.dates import note_words
from proposals.reading.names import given_names, is_function_word
from proposals.reading.note import Note
from proposals.reading.person import Person

SHORTEST = 3  # letters of a surname in small letters


def with_surname(note: Note, person: Person) -> Person:
    """The same person with the surname that follows the first name at some place, right before a pause or what they are of."""
    name = note.places[person.first][0]
    said = note.raw(person.first, person.last)
    if _is_behind_first_name(note, person):
        return replace(person, first=person.first - 1)
    if person.has_title or " " in said or said != said.lower():
        return person
    if name not in given_names() | note_words(note, "names", "given"):
        return person
    size = person.last - person.first
    words = [note.places[index][0] for index in range(person.first, person.last)]
    for first in range(len(note.words) - size):
        last = first + size
        if [note.places[index][0] for index in range(first, last)] == words and _is_surname(note, last):
            return replace(person, first=first, last=last + 1)
    return person


def _is_behind_first_name(note: Note, person: Person) -> bool:
    """Whether the one word found is a surname in small letters with the first name right before it ("joris vandamme")."""
    at = person.first - 1
    if person.has_title or person.last - person.first > 1 or at < 0 or note.places[person.first][0] in given_names():
        return False
    joined = note.text.folded[note.places[at][2] : note.places[person.first][1]] == " "
    return joined and note.places[at][0] in given_names() and not note.is_capital(at) and not note.is_capital(person.first)


def _is_surname(note: Note, index: int) -> bool:
    """Whether a word that means nothing else stands there by itself, right behind the first name."""
    word, start, end = note.places[index]
    if (
        note.breaks[index]
        or len(word) < SHORTEST
        or not word.isalpha()
        or note.text.folded[note.places[index - 1][2] : start] != " "
    ):
        return False
    if note.text.raw[start].isupper() or is_function_word(note, note.words[index]) or note.number_at(index):
        return False
    meant = (hits for name, hits in note.hits.items() if not name.startswith("names."))
    is_spelled_so = note.words[index] == word  # what a word means that was only taken for a slip says nothing
    if is_spelled_so and any(match.first <= index < match.last for hits in meant for match in hits):
        return False
    after = index + 1
    is_end = after >= len(note.words) or note.breaks[after] > 0 or note.text.folded[end : note.places[after][1]] != " "
    return is_end or any(note.beginning(name, after, 0) for name in ("people_of", "company.kinds", "decision.pronouns"))
