"""Who wrote a forwarded mail: a colleague, not whom one spoke to."""

from proposals.reading.mail_headers import senders
from proposals.reading.note import Note
from proposals.reading.person import Person

SIGNED = 3  # sentences at the end that may be a signature


def without_author(note: Note, people: list[Person]) -> list[Person]:
    """Without the colleague who wrote the mail above and below it, where it says of somebody else that they were spoken to."""
    wrote = senders(note)
    words = lambda each: {note.places[index][0] for index in range(each.first, each.last)}  # noqa: E731
    signed = note.statements[-SIGNED:]
    authors = [
        each
        for each in people
        if words(each) <= wrote and any(words(each) <= set(note.words[last.label_first : last.last]) for last in signed)
    ]
    spoken = [
        each
        for each in people
        if not words(each) <= wrote
        and (note.ending("people.spoke", each.first, 3) or note.beginning("people.calling", each.last, 0))
    ]
    return [each for each in people if not words(each) <= wrote] if authors and spoken else people
