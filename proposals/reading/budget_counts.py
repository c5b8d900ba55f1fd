"""Numbers that are no money: posts, hours, sites, per cent, years, days of the month, and the time of day."""

import re

from proposals.reading.money import Amount
from proposals.reading.note import Note

FEWEST_A_RATE = 100


def _is_time(note: Note, amount: Amount) -> bool:
    """ "5.30 pm" and "4 pm" are hours of the day, whatever "pm" means beside money."""
    return amount.high < 13 and bool(re.match(r" ?[ap]\.?m\b", note.text.folded[note.places[amount.body - 1][2] :][:5]))


def is_count(note: Note, amount: Amount) -> bool:
    """A number of posts, hours, sites, per cent, a year or a day of the month is no money."""
    folded = note.text.folded
    if amount.currency:
        return False
    if folded[amount.end : amount.end + 2].strip()[:1] in ("%", "°") or folded[max(0, amount.start - 1) : amount.start] in (
        "+",
        "#",
        "@",
    ):
        return True
    if _is_time(note, amount):
        return True
    if 1990 <= amount.low <= 2040 and amount.low == int(amount.low) and amount.last - amount.first == 1 and not amount.period:
        return True
    nearby = [
        index
        for index in range(amount.body, amount.body + 2)
        if index < len(note.words) and not any(note.breaks[amount.body : index + 1])
    ]
    units = {word for each in note.signals for word in each.words("money", "not_money")}
    if nearby and "/" in folded[note.places[amount.body - 1][2] : note.places[amount.body][1]]:
        nearby = []  # "4500/month" is a rate, "6 months" is a count
    is_rate = amount.period is not None and amount.high >= FEWEST_A_RATE  # "350-400 mo": nobody counts so many months
    if not is_rate and any(note.words[index] in units for index in [amount.body - 1, *nearby[:1]]):
        return True
    return any(note.beginning(name, index, 0) for name in ("growth.nouns", "when.months") for index in nearby)
