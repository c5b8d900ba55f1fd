"""Numbers in a statement, and whether they count what grows: customers, orders, members."""

from bisect import bisect_left

from proposals.reading.note import FIRST, Note
from proposals.reading.numbers import Number
from proposals.reading.statements import Statement

FEWEST_COUNTED = 3  # of what is counted, for it to be growth


def numbers_between(note: Note, first: int, last: int) -> list[Number]:
    """The numbers that begin from one word up to another."""
    return note.numbers[bisect_left(note.numbers, first, key=FIRST) : bisect_left(note.numbers, last, key=FIRST)]


def has_count(note: Note, first: int, last: int) -> bool:
    """Whether a number stands there; an article is none."""
    return any(not number.is_article for number in numbers_between(note, first, last))


def counts_growth(note: Note, statement: Statement) -> bool:
    """Whether a number stands right before what grows ("150 orders of the new collection")."""
    return any(
        number.value >= FEWEST_COUNTED and not number.is_article and statement.holds(number.first)
        for match in note.within("growth.nouns", statement.first, statement.last)
        for number in note.numbers[max(0, bisect_left(note.numbers, match.first, key=FIRST) - 1) :][:1]
        if 0 <= match.first - number.last <= 2
    )


def counts_people_or_sales(note: Note, first: int, last: int) -> bool:
    """Whether a stated goal counts something that is no time, rank or piece of work ("25 new implant consults a month")."""
    for number in numbers_between(note, first, last):
        if number.is_article or number.last >= last or number.value < FEWEST_COUNTED:
            continue
        beside = note.folded(number.first, number.last + 1)[number.end - number.start :]
        ahead = range(number.last, min(last, number.last + 2))
        uncounted = any(note.beginning("growth.not_counted", index, 0) for index in ahead) or bool(
            note.ending("growth.not_counted_before", number.first, 0)
        )
        served = any(note.beginning(f"service.{service}.units", index, 0) for service in note.book.services for index in ahead)
        if beside.startswith(" ") and note.places[number.last][0].isalpha() and not uncounted and not served:
            return True
    return False
