"""Numbers in digits (2.500 · 2 500 · 2,500.50 · 3.4k) and in words (two hundred and fifty, deux mille cinq cents)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DIGITS = re.compile(
    r"(?<![\d.,])(?:(\d{1,3}(?:([ .,'])(?=\d{3}(?!\d))\d{3})(?:\2\d{3}(?!\d)){0,3})(?:[.,](\d{1,2}))?"
    r"|(\d{1,15})(?:[.,](\d{1,2}))?)(?!\d)"
)
ARTICLES = frozenset("a an un une o unul".split())
JOINERS = frozenset("and et si de".split())
HALVES = (("and", "a", "half"), ("et", "demi"), ("et", "demie"), ("si", "jumatate"))
THOUSANDS = frozenset("thousand grand k mille mii million millions".split())
AFTER_K = re.compile(r"(?<=\dk)\d(?!\d|[.,]\d)")  # "1k2" is 1,200


@dataclass(frozen=True, slots=True)
class Number:
    """A number, the words it spans (`last` not included) and its place in the folded text."""

    value: float
    first: int
    last: int
    start: int
    end: int
    is_article: bool = False
    is_scaled: bool = False
    is_word: bool = False


def numbers_in(
    folded: str, words: Sequence[tuple[str, int, int]], names: Mapping[str, float], scales: Mapping[str, float]
) -> list[Number]:
    """Every number of the text, in order."""
    at_start = {start: index for index, (_, start, _) in enumerate(words)}
    found: list[Number] = []
    taken = -1
    hundreds = {match.start(): int(match[0]) * 100 for match in AFTER_K.finditer(folded)}
    for match in DIGITS.finditer(folded):
        if match.start() not in at_start or match.start() in hundreds:
            continue
        first = at_start[match.start()]
        last = first
        while last < len(words) and words[last][1] < match.end():
            last += 1
        value = _digits(match)
        scale, last = _scale(words, folded, last, match.end(), scales)
        beyond = hundreds.get(words[last - 1][2], 0)
        last += bool(beyond)
        found.append(Number(value * scale + beyond, first, last, match.start(), words[last - 1][2], is_scaled=scale > 1))
    covered = {index for number in found for index in range(number.first, number.last)}
    index = 0
    while index < len(words):
        if index in covered or index <= taken:
            index += 1
            continue
        spelled = _spelled(words, folded, index, names, scales, covered)
        if spelled:
            found.append(spelled)
            index = spelled.last
        else:
            index += 1
    return sorted(found, key=lambda number: number.first)


def _half(words: Sequence[tuple[str, int, int]], at: int) -> int:
    """How many words say "and a half" there, where thousands follow ("eight and a half thousand")."""
    for each in HALVES:
        end = at + len(each)
        if tuple(word for word, _, _ in words[at:end]) == each and end < len(words) and words[end][0] in THOUSANDS:
            return len(each)
    return 0


def _digits(match: re.Match[str]) -> float:
    whole, decimals = (match[1], match[3]) if match[1] else (match[4], match[5])
    return float(re.sub(r"[ .,']", "", whole) + "." + (decimals or "0"))


def _scale(
    words: Sequence[tuple[str, int, int]], folded: str, last: int, end: int, scales: Mapping[str, float]
) -> tuple[float, int]:
    """1000 for a following k, thousand, mii ("20 de mii"), and the index after it."""
    index = last
    if index + 1 < len(words) and words[index][0] == "de" and words[index + 1][0] in scales:
        index += 1
    if index < len(words) and words[index][0] in scales and folded[end : words[index][1]].strip(" ") in ("", "de"):
        if words[index][0] in ("k", "m") and words[index][1] - end > 1:
            return 1, last
        return scales[words[index][0]], index + 1
    return 1, last


def _spelled(words: Sequence[tuple[str, int, int]], folded: str, index: int, names: Mapping[str, float],
             scales: Mapping[str, float], covered: set[int]) -> Number | None:  # fmt: skip
    total, current, at, seen, scaled = 0.0, 0.0, index, 0, False
    whole, least = (0.0, 0), 0.0  # the sum and the end of its words up to the last scale, and that scale
    while at < len(words) and at not in covered:
        if at > index and folded[words[at - 1][2] : words[at][1]] not in (" ", "-", "  ", "\n"):
            break
        word = words[at][0]
        pair = f"{word} {words[at + 1][0]}" if at + 1 < len(words) else ""
        if pair in names and pair:
            current, at, seen = current + names[pair], at + 2, at + 2
        elif word in ("a", "an", "o") and seen == at and seen:
            break  # "five-fifty a month"
        elif word in names:
            step = names[word]
            if 10 <= step <= current < 60 and current % 10 == 0:
                break  # "douăzeci și douăzeci și două de mii": a second number
            if current >= 100 and at + 1 < len(words) and scales.get(words[at + 1][0]) == 100:
                break  # "trois cents quatre cents": a second number
            if current and step >= current and current % 10 and not 60 <= current < 100:
                if not (word.endswith("ty") and seen == index + 1):
                    break
                current *= 100  # "one fifty"
            current, at, seen = current + step, at + 1, at + 1
        elif word in scales and len(word) > 1:
            scale = scales[word]
            if scale == 100:
                current = (current or 1) * 100
            elif least and scale >= least:
                total, seen = whole  # "patru mii și patru mii cinci sute": a second number
                current = 0
                break
            else:
                total, current, scaled, least = total + (current or 1) * scale, 0, True, scale
                whole = (total, at + 1)
            at, seen = at + 1, at + 1
        elif seen == at and seen and (half := _half(words, at)):
            current, at, seen = current + 0.5, at + half, at + half
        elif word in JOINERS and seen and at + 1 < len(words) and (words[at + 1][0] in names or words[at + 1][0] in scales):
            if word == "and" and current < 100 and not scaled:
                break
            if word == "et" and (current < 20 or current >= 100):
                break
            if word == "de" and words[at + 1][0] not in scales:
                break
            at += 1
        else:
            break
    if not seen or (seen == index + 1 and words[index][0] in scales and words[index][0] not in ("grand", "mille", "hundred")):
        return None
    article = seen == index + 1 and words[index][0] in ARTICLES
    return Number(total + current, index, seen, words[index][1], words[seen - 1][2], article, scaled, True)
