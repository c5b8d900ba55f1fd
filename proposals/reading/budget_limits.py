"""Where the limit of a budget lies: in the words at an amount, or in an amount said right behind the budget's own."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from proposals.reading.budget_candidates import FARTHEST, in_full
from proposals.reading.budget_counts import is_count
from proposals.reading.money import Amount
from proposals.reading.note import FIRST, Note
from proposals.reading.phrases import Match

AT_ONCE = 2  # words from a single word of limit ("under", "max") to the amount that it limits
SMALLEST_PLAIN = 100  # an amount without a currency that a limit may follow
SMALLEST_BARE = 50  # a number that words of limit touch
BREATH = 8  # words between a budget and an amount that may be its limit without any word of limit
A_LITTLE = 1.3  # times the budget: as far as such an amount lies
LINKS = 4  # words between a budget and its limit
ANOTHER_THING = ("turnover", "other_price", "own_price", "project", "authority")


@dataclass(frozen=True, slots=True)
class Pair:
    """A budget and the amount right behind it that limits it; the words of both end at `last`."""

    base: Amount
    top: Amount
    last: int


def pairs(note: Note, found: Sequence[Amount]) -> list[Pair]:
    """The amounts followed at once by their limit ("700 a month, 800 at most", "9,000 a year and never over 9,600").

    Which amount is the budget need not be said then: nobody names a limit for somebody else's price.
    """
    judged = (_pair(note, one, two) for one, two in pairwise(found))
    return [each for each in judged if each]


def _pair(note: Note, base: Amount, top: Amount) -> Pair | None:
    if not (base.currency or base.high >= SMALLEST_PLAIN) or is_count(note, base):
        return None
    if top.currency not in (None, base.currency) and base.currency is not None:
        return None
    if _is_apart(note, base, top):
        return None
    told = note.ending("budget.ceiling.past", top.first, 1) if is_denied_past(note, top) else []
    before = [match for match in [*note.ending("budget.ceiling.before", top.first, 1), *told] if match.first >= base.last]
    after = [*note.beginning("budget.ceiling.after", top.last, 1), *note.beginning("budget.ceiling.it", top.last, 1)]
    after = [match for match in after if not _leads_on(note, match, top)]
    after = [match for match in after if all(mark < 2 for mark in note.breaks[top.last : match.first + 1])]
    links = min([match.first for match in before], default=top.first) - base.last
    last = max([match.last for match in after], default=top.last)
    if (
        not (before or after)
        or links > LINKS
        or any(note.within(f"budget.not.{name}", base.last, last) for name in ANOTHER_THING)
    ):
        return None
    scaled = in_full(top, base)
    base = replace(base, period=base.period or top.period)  # "€180 and never past €220 a month"
    low, high = _monthly(base, scaled)
    return Pair(base, scaled, last) if low < high <= FARTHEST * low else None


def _is_apart(note: Note, base: Amount, top: Amount) -> bool:
    """Whether a sentence or a line ends between the two; a semicolon ends none."""
    return any(mark in note.text.folded[base.end : top.start] for mark in ("\n", ". ", "!"))


def _monthly(base: Amount, top: Amount) -> tuple[float, float]:
    """Both a month; the limit is for the budget's period where it names none."""
    return base.monthly(base.high), top.monthly(top.high) if top.period else base.monthly(top.high)


def next_above(note: Note, base: Amount, found: Sequence[Amount]) -> Amount | None:
    """The next amount, a little higher, said in the same breath and of nobody else: whatever the words, it is the limit
    ("700 a month is pencilled in, 750 is where we stop")."""
    later = [each for each in found if each.first >= base.last and (each.currency or each.high >= SMALLEST_BARE)]
    limited = {pair.base.first: pair.top for pair in pairs(note, later[:2])}
    top = limited.get(later[0].first, later[0]) if later else None  # "300 a month, maybe 350, tops 400"
    if top is None or top.first - base.last > BREATH or top.currency not in (None, base.currency):
        return None
    if _is_apart(note, base, top) or is_count(note, top):
        return None
    last = next((index for index in range(top.last, len(note.words)) if note.breaks[index] > 0), len(note.words))
    if any(note.within(f"budget.not.{name}", base.last, last) for name in (*ANOTHER_THING, "haggle", "ads")):
        return None
    top = in_full(top, base)
    low, high = _monthly(base, top)
    return top if low < high <= A_LITTLE * low else None


def is_denied_past(note: Note, amount: Amount) -> bool:
    """Whether anything above the amount is refused ("past 120 a month he does not go")."""
    return bool(
        note.ending("budget.ceiling.past", amount.first, 1)
        and any(note.breaks[match.first] < 2 for match in note.within("budget.ceiling.no", amount.last, amount.last + LINKS))
    )


def is_ceiling(note: Note, amount: Amount, first: int, last: int) -> bool:
    """Whether the words at the amount, within its clause first to last, say that it is a limit."""
    before = list(note.within("budget.ceiling.before", max(first, amount.first - 8), amount.first))
    before = [match for match in before if match.last - match.first > 1 or amount.first - match.last <= AT_ONCE]
    before = [match for match in before if not _is_within(match, note.within("correction.later", first, last))]
    after = [
        match
        for match in note.within("budget.ceiling.after", amount.last, min(last, amount.last + 9))
        if not _leads_on(note, match, amount) and not _number_between(note, amount.last, match.first)
    ]
    before += note.ending("budget.ceiling.before", amount.first, 0)  # "Ceiling: 2,900"
    around = note.within("budget.ceiling.after", amount.first, amount.last)
    over = [m for m in note.within("budget.ceiling.before", first, last) if m.first < amount.first and amount.first < m.last]
    return bool(before or after or around or over or is_denied_past(note, amount))


def _number_between(note: Note, first: int, last: int) -> bool:
    """Whether another number stands there, of which the words after it are said."""
    low = bisect_left(note.numbers, first, key=FIRST)
    return any(not each.is_article for each in note.numbers[low : bisect_left(note.numbers, last, key=FIRST)])


def _leads_on(note: Note, match: Match, amount: Amount) -> bool:
    """Whether the words rather belong to the next amount ("500 a month, max 600")."""
    later = note.numbers[bisect_left(note.numbers, match.last, key=FIRST) :][:3]
    following = next((number for number in later if not number.is_article), None)
    if (
        following is None
        or following.first - match.last > 1
        or any(mark > 1 for mark in note.breaks[match.last : following.first + 1])
    ):
        return False
    touches = following.first == match.last and following.value >= SMALLEST_BARE  # "10k a month, 11k at most"
    return touches or bool(note.within("budget.ceiling.before", match.first, following.first))


def _is_within(match: Match, others: Sequence[Match]) -> bool:
    """Whether the words are part of longer ones ("până la urmă" sets no limit)."""
    return any(each.first <= match.first and match.last <= each.last for each in others)
