"""Amounts of money in a note: value or range, currency, and the period they are for."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache

from proposals.reading.countries import currency_of
from proposals.reading.note import FIRST, Note
from proposals.reading.numbers import Number
from proposals.reading.statements import Statement

SIGNS = {"$": "dollar", "£": "GBP", "€": "EUR", "₹": "INR"}
MONTHS_IN = {"day": 12 / 365, "week": 12 / 52, "month": 1.0, "quarter": 3.0, "year": 12.0}
SHARED = frozenset(("dollar", "pound", "franc", "balle"))
NATIONS = {
    "us": "USD",
    "usd": "USD",
    "ca": "CAD",
    "cad": "CAD",
    "canadian": "CAD",
    "au": "AUD",
    "aud": "AUD",
    "australian": "AUD",
    "aussie": "AUD",
    "canadiens": "CAD",
    "australiens": "AUD",
    "canadieni": "CAD",
    "nz": "NZD",
    "nzd": "NZD",
}
THOUSAND = 1000
FAR = 9  # words between an amount and what says later for how long it is
REACH = 4  # words between an amount and its period


@dataclass(frozen=True, slots=True)
class Amount:
    """Money, or a number that may be money (currency None): words first to last, folded characters start to end."""

    low: float
    high: float
    currency: str | None
    period: str | None
    first: int
    last: int
    start: int
    end: int
    is_each: bool = False
    body: int = 0  # the word after the number and its currency, before the period

    def monthly(self, value: float) -> float:
        """A value of this amount per month."""
        return value / MONTHS_IN[self.period or "month"]


@lru_cache(maxsize=1)
def amounts(note: Note) -> list[Amount]:
    """Every amount of the note, ranges joined, in order."""
    single = [_amount(note, number) for number in note.numbers if not number.is_article]
    joined: list[Amount] = []
    for each in single:
        if joined and _is_range(note, joined[-1], each):
            joined[-1] = _range(note, joined[-1], each)
        else:
            joined.append(each)
    return [_with_period(note, each) for each in joined]


def amounts_of(note: Note, statement: Statement) -> list[Amount]:
    """The amounts that begin in a statement."""
    every = amounts(note)
    return every[bisect_left(every, statement.first, key=FIRST) : bisect_left(every, statement.last, key=FIRST)]


def _amount(note: Note, number: Number) -> Amount:
    folded = note.text.folded
    first, last, start, end = number.first, number.last, number.start, number.end
    currency = None
    while start > 0 and folded[start - 1] == " " and start - 1 > 0 and folded[start - 2] in SIGNS:
        start -= 1
    if start > 0 and folded[start - 1] in SIGNS:
        start -= 1
        currency = SIGNS[folded[start]]
        if first > 0 and note.places[first - 1][2] == start:
            prefix = note.words[first - 1]
            special = {
                "us": "USD",
                "ca": "CAD",
                "c": "CAD",
                "cad": "CAD",
                "a": "AUD",
                "au": "AUD",
                "nz": "NZD",
                "usd": "USD",
                "can": "CAD",
                "aud": "AUD",
            }
            if prefix in special:
                currency, first, start = special[prefix], first - 1, note.places[first - 1][1]
    after = folded[end : end + 2].lstrip(" ")[:1]
    if currency is None and after in SIGNS and after:
        currency, end = SIGNS[after], folded.index(after, end) + 1
    worded = _currency_word(note, last)
    if worded and (currency is None or currency in SHARED):
        currency, last = worded
        end = note.places[last - 1][2]
    elif currency is None and first > 0:
        before = currency_at(note, first - 1)
        if before and folded[note.places[first - 1][2] : number.start].strip() in ("", ":", "."):
            currency, first, start = before, first - 1, note.places[first - 1][1]
    if currency == "dollar" and last < len(note.words) and note.breaks[last] == 0 and note.words[last] in NATIONS:
        currency, last = NATIONS[note.words[last]], last + 1
    if currency in SHARED:
        currency = currency_of(str(currency), note)
    value = _in_hundreds(number)
    return Amount(value, value, currency, None, first, last, start, end, body=last)


def _in_hundreds(number: Number) -> float:
    """The value of a spoken amount whose last word counts hundreds ("quatre mille cinq" is 4,500, nobody names 4,005)."""
    rest = number.value % THOUSAND
    is_short = number.is_word and number.value > THOUSAND and 1 <= rest <= 9 and rest == int(rest)
    return number.value + 99 * rest if is_short else number.value


def currency_at(note: Note, index: int) -> str | None:
    """The currency that the word names: an ISO code, or a name that several countries share."""
    for each in note.signals:
        for code, words in each.table.get("money", {}).get("currency", {}).items():
            if note.words[index] in _split(words):
                return str(code).upper() if len(code) == 3 else str(code)
    return None


_cut: dict[str, frozenset[str]] = {}


def _split(words: str) -> frozenset[str]:
    if words not in _cut:
        _cut[words] = frozenset(word.strip() for word in words.split(","))
    return _cut[words]


def _currency_word(note: Note, last: int) -> tuple[str, int] | None:
    """The currency said right after a number ("lei", "de euro", "canadian dollars") and the index after it."""
    index = last
    skipped = 0
    while (
        index < len(note.words)
        and skipped < 2
        and note.words[index] in ("de", "d", "ish", "canadian", "australian", "us", "american")
    ):
        if note.breaks[index] > 0:
            return None
        index, skipped = index + 1, skipped + 1
    if (
        index >= len(note.words)
        or note.breaks[index] > 1
        or note.text.folded[note.places[index - 1][2] : note.places[index][1]].strip(" /") not in ("", "-", "(", "-ish")
    ):
        return None
    code = currency_at(note, index)
    if not code:
        return None
    index += 1
    if (
        code in SHARED
        and index < len(note.words)
        and note.words[index] in ("canadiens", "canadian", "cad", "australiens", "suisses", "us", "usd", "americains", "aud")
    ):
        nation = note.words[index]
        return {
            "canadiens": "CAD",
            "canadian": "CAD",
            "cad": "CAD",
            "suisses": "CHF",
            "us": "USD",
            "usd": "USD",
            "americains": "USD",
        }.get(nation, "AUD"), index + 1
    if skipped and note.words[index - 2] in ("canadian", "australian", "us", "american") and code == "dollar":
        return {"canadian": "CAD", "australian": "AUD"}.get(note.words[index - 2], "USD"), index
    return code, index


def _is_range(note: Note, one: Amount, two: Amount) -> bool:
    if one.high != one.low or (two.low < one.low and two.low * 1000 < one.low):
        return False
    between = note.words[one.last : two.first]
    if len(between) > 3 or note.text.folded[one.end : two.start].count("\n"):
        return False
    if one.currency and two.currency and one.currency != two.currency:
        return False
    links = {word for each in note.signals for word in each.words("money", "links")}
    gap = note.text.folded[one.end : two.start]
    if between:
        weak = {"and", "et", "si", "or", "ou", "sau", "a"}
        opened = note.words[max(0, one.first - 3) : one.first]
        openers = {word for each in note.signals for word in each.words("money", "openers")}
        is_open = any(word in openers for word in opened)
        if not all(word in links for word in between) or "," in gap or ";" in gap:
            return False
        if set(between) <= weak - {"or", "ou", "sau", "a"} and not is_open:
            return False
        return one.low < two.low or two.low * 1000 >= one.low
    if not gap.strip(" ") and not one.currency:
        return one.low >= 100 and one.low < two.low <= 2 * one.low  # "trois cents quatre cents euros"
    return gap.strip(" ") in ("-", "/", "to", "--", "->", "~") and one.low < two.low


def _range(note: Note, one: Amount, two: Amount) -> Amount:
    low = one.low
    if low < two.high / 20 and two.high >= 1000 and low * 1000 <= two.high:
        low *= 1000  # "5-6k"
    return replace(two, low=low, currency=two.currency or one.currency, first=one.first, start=one.start)


def _with_period(note: Note, amount: Amount) -> Amount:
    """With the period said after the amount ("a month", "/an"), else right before it ("monthly budget of")."""
    best: tuple[int, str, int] | None = None
    for period in MONTHS_IN:
        for match in note.beginning(f"periods.{period}", amount.last, REACH):
            distance = match.first - amount.last
            if 0 <= distance <= REACH and all(mark < 2 for mark in note.breaks[amount.last : match.first + 1]):
                if any(
                    (number := note.number_at(index)) and not number.is_article for index in range(amount.last, match.first)
                ):
                    continue
                if best is None or (distance, -match.last) < (best[0], -best[2]):
                    best = (distance, period, match.last)
        for match in note.beginning(f"periods_short.{period}", amount.last, 0):
            if "/" in note.text.folded[note.places[amount.last - 1][2] : note.places[match.first][1]]:
                best = (0, period, match.last)
    if best and _only_fillers(note, amount.last, best[2], best[0]):
        return replace(
            amount,
            period=best[1],
            last=best[2],
            end=max(amount.end, note.places[best[2] - 1][2]),
            is_each=_is_each(note, amount.last),
        )
    later = _said_later(note, amount)
    if later:
        return replace(amount, period=later, is_each=_is_each(note, amount.last))
    for period in MONTHS_IN:
        for match in note.ending(f"periods_before.{period}", amount.first, 7):
            if note.statement_at(match.first) == note.statement_at(amount.first):
                return replace(amount, period=period, is_each=_is_each(note, amount.last))
    for match in note.ending("correction.outright", amount.first, 2):
        for period in MONTHS_IN:
            if note.ending(f"periods.{period}", match.first, 1):
                return replace(amount, period=period, is_each=_is_each(note, amount.last))
    return replace(amount, is_each=_is_each(note, amount.last))


def _said_later(note: Note, amount: Amount) -> str | None:
    """The period that two words or more name later in the same breath ("€4,800 is put by for the year")."""
    if amount.currency is None:
        return None
    last = amount.last
    while last < len(note.words) and last - amount.last < FAR and note.breaks[last] == 0 and not _is_number(note, last):
        last += 1
    for period in MONTHS_IN:
        if any(match.last - match.first > 1 for match in note.within(f"periods.{period}", amount.last, last)):
            return period
    return None


def _is_number(note: Note, index: int) -> bool:
    number = note.number_at(index)
    return number is not None and not number.is_article


def _only_fillers(note: Note, first: int, last: int, distance: int) -> bool:
    """Whether nothing but tax marks, "ish", currency and "per site" stands between."""
    fillers = {word for each in note.signals for word in each.words("money", "fillers")}
    return all(note.words[index] in fillers or currency_at(note, index) for index in range(first, first + distance))


def _is_each(note: Note, last: int) -> bool:
    """Whether the amount is for each of several; the "each" of "each month" says nothing of the kind."""
    told = (match.first for match in note.beginning("money.each", last, 4))
    return any(not any(note.beginning(f"periods.{period}", first, 0) for period in MONTHS_IN) for first in told)
