"""Whether a stated goal is to grow, and the number of what sells that a wish names."""

from proposals.reading.counts import counts_people_or_sales, has_count
from proposals.reading.money import amounts
from proposals.reading.note import Found, Note
from proposals.reading.numbers import Number
from proposals.reading.statements import Statement
from proposals.reading.wishes import has_problem


def growth_goal(note: Note, found: list[Found]) -> Found | None:
    """True where one of the goals is to grow revenue, sales, audience, orders, enquiries or bookings."""
    for goal in found:
        first, last = note.word_index(goal.start), note.word_index(goal.end)
        if note.within("growth.denied", max(0, first - 2), last):
            continue  # "not more patients, they're full"
        counted = note.within("growth.rise", first, last) or has_count(note, first, last)
        grows = note.within("growth.nouns", first, last) and counted
        if grows or note.within("growth.sure", first, last) or counts_people_or_sales(note, first, last):
            return Found(True, goal.start, goal.end)
    return None


def wishes_count(note: Note, statement: Statement) -> bool:
    """ "They want 400 riders by the end of August", "vrea 200 de torturi pe lună, acum face 120": a number of what sells."""
    if statement.label not in (None, "goals") or has_problem(note, statement):
        return False
    timed = note.has("goal.by", statement) or any(note.has(f"periods.{each}", statement) for each in ("week", "month", "year"))
    for cue in note.within("ask.cue", statement.first, statement.last) + note.within(
        "goal.cue", statement.first, statement.last
    ):
        reach = range(cue.last, min(cue.last + 3, statement.last))
        number = next((each for index in reach if (each := note.number_at(index)) and not each.is_article), None)
        if number and timed and counts_people_or_sales(note, number.first, statement.last) and not _is_priced(note, number):
            return True
    return False


def _is_priced(note: Note, number: Number) -> bool:
    """Whether the number is money."""
    return any(each.first <= number.first < each.last and each.currency for each in amounts(note))
