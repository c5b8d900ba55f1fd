"""Numbers that the speaker takes back: "two sites, no wait, just one", "500 a month… then she said 600 a month"."""

from collections.abc import Mapping, Sequence

from proposals.reading.numbers import Number
from proposals.reading.phrases import Match

AT_ONCE = 3  # words between a number and its outright withdrawal
LATER = 14  # words between a number and the one that a change of mind puts in its place
AFTER = 4  # words between the correction and the new number
UNIT = 4  # words after a number that say what it counts
WORDY = 4  # letters of a word that says what is counted


def taken_back(words: Sequence[str], numbers: Sequence[Number], hits: Mapping[str, Sequence[Match]]) -> set[int]:
    """The first words of the numbers that a later one replaces."""
    gone: set[int] = set()
    for name, reach in (("correction.outright", AT_ONCE), ("correction.later", LATER)):
        for match in hits.get(name, ()):
            after = next((each for each in numbers if match.last <= each.first <= match.last + AFTER), None)
            if after is None:
                continue
            before = [each for each in numbers if each.last <= match.first <= each.last + reach and not each.is_article]
            same = [each for each in before if name == "correction.outright" or _counts_same(words, each, after)]
            gone |= {each.first for each in same[-1:]}
    return gone


def _counts_same(words: Sequence[str], one: Number, two: Number) -> bool:
    """Whether both numbers count the same thing: one of the words after them is the same."""
    first, second = ({word for word in words[each.last : each.last + UNIT] if len(word) >= WORDY} for each in (one, two))
    return bool(first & second)
