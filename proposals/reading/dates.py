"""Dates in every habit: 2026-04-09, 9/4, 9.4.26, September 2nd, le 1er juin, mid-May, end of April, next Monday, ieri."""

import re
from dataclasses import dataclass
from functools import lru_cache

from proposals.reading.note import Note
from proposals.reading.weekdays import is_span

ISO = re.compile(r"(?<!\d)(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
NUMERIC = re.compile(r"(?<![\d.,/$£€-])(\d{1,2})([./-])(\d{1,2})(?:\2(20\d\d|\d\d))?(?![\d%/]|[.,]\d|\s?(?:€|lei|eur|ron|h\b))")
YEAR = re.compile(r"20\d\d|'?\d\d")
LAST_TEEN, LAST_DAY = 16, 31
PARTS = ("mid", "end", "start")
ORDINALS = frozenset("st nd rd th er re e ere nd".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as it is written: what is said of it, the words first to last, folded characters start to end."""

    first: int
    last: int
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str | None = None
    weekday: int | None = None
    relative: str | None = None
    amount: int = 0
    is_swappable: bool = False
    is_weak: bool = False

    def swapped(self) -> "Mention":
        """With day and month exchanged."""
        return Mention(self.first, self.last, self.start, self.end, self.year, self.day, self.month, None, self.weekday)


@lru_cache(maxsize=1)
def mentions(note: Note) -> list[Mention]:
    """Every date of the note, in order, the longest reading at each place."""
    found = _numeric(note) + _worded(note) + _relative(note)
    found = [each for each in found if not note.is_void(each.start)]
    found.sort(key=lambda each: (each.start, -each.end))
    kept: list[Mention] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            if (kept[-1].relative is not None) > (each.relative is not None) or (
                (kept[-1].relative is None) == (each.relative is None) and each.end - each.start > kept[-1].end - kept[-1].start
            ):
                kept[-1] = each
            continue
        kept.append(each)
    return kept


def _numeric(note: Note) -> list[Mention]:
    found = []
    for match in ISO.finditer(note.text.folded):
        found.append(_mention(note, match.start(), match.end(), year=int(match[1]), month=int(match[2]), day=int(match[3])))
    for match in NUMERIC.finditer(note.text.folded):
        one, two, mark = int(match[1]), int(match[3]), match[2]
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0) if match[4] else None
        if (one, two) == (24, 7) or not (1 <= one <= 31 and 1 <= two <= 31) or (one > 12 and two > 12):
            continue
        if mark == "-" and not year:
            continue
        month, day = (one, two) if two > 12 else (two, one)
        weak = year is None and (mark == "." and not (len(match[1]) == len(match[3]) == 2))
        weak = weak or (year is None and mark == "/" and not (len(match[1]) == 2 or len(match[3]) == 2 or one > 4))
        said = {"year": year, "month": month, "day": day, "weekday": _weekday_before(note, match.start())}
        is_swappable = one <= 12 and two <= 12 and one != two
        found.append(_mention(note, match.start(), match.end(), **said, is_swappable=is_swappable, is_weak=weak))
    return [each for each in found if each.month and 1 <= each.month <= 12]


def _mention(note: Note, start: int, end: int, **values: object) -> Mention:
    first, last = note.word_index(start), note.word_index(end)
    return Mention(first, last, start, end, **values)  # type: ignore[arg-type]


def _weekday_before(note: Note, start: int) -> int | None:
    index = note.word_index(start) - 1
    if index >= 0 and note.places[index][2] >= start - 4:
        return _weekdays(note).get(note.words[index])
    return None


def _weekdays(note: Note) -> dict[str, int]:
    joined: dict[str, int] = {}
    for each in reversed(note.signals):
        joined |= {word: int(value) for word, value in each.values("calendar", "weekdays").items()}
    return joined


def _months(note: Note) -> dict[str, tuple[int, bool, bool]]:
    """Word → (month, whether the word is also another word, whether the day may follow it)."""
    joined: dict[str, tuple[int, bool, bool]] = {}
    for each in reversed(note.signals):
        doubtful = each.words("calendar", "doubtful")
        follows = bool(each.table.get("calendar", {}).get("day_follows"))
        for word, value in each.values("calendar", "months").items():
            joined[word] = (int(value), word in doubtful, follows or joined.get(word, (0, False, False))[2])
    return joined


def _worded(note: Note) -> list[Mention]:
    months, weekdays, found = _months(note), _weekdays(note), []
    raw_words, folded = [word for word, _, _ in note.places], note.text.folded
    for index, word in enumerate(raw_words):
        if word not in months:
            continue
        month, doubtful, day_follows = months[word]
        first, last, day, year = index, index + 1, None, None
        before = _day_before(note, index)
        if before:
            day, first = before
        elif day_follows and index + 1 < len(raw_words) and note.breaks[index + 1] == 0 and (after := _day(note, index + 1)):
            day, last = after
        part, first = (None, first) if day else _part(note, index)
        year, last = _year_after(note, last)
        weekday = None
        if first > 0 and note.words[first - 1] in weekdays and note.breaks[first] <= 1:
            weekday, first = weekdays[note.words[first - 1]], first - 1
        elif first > 1 and note.words[first - 1] in ("the", "le") and note.words[first - 2] in weekdays:
            weekday, first = weekdays[note.words[first - 2]], first - 2
        nth = _nth_weekday(note, index, weekdays) if day is None and part is None else None
        if nth:
            weekday, first = nth[1], nth[2]
        is_bare = day is None and part is None and nth is None
        if (
            doubtful
            and is_bare
            and year is None
            and not (index and note.words[index - 1] in note_words(note, "calendar", "month_openers"))
        ):
            continue
        start, end = note.places[first][1], note.places[last - 1][2]
        if folded[end : end + 1].isalpha():
            continue
        said = (year, month, day, part, weekday)
        found.append(Mention(first, last, start, end, *said, amount=nth[0] if nth else 0, is_weak=is_bare and year is None))
    return found


def _nth_weekday(note: Note, index: int, weekdays: dict[str, int]) -> tuple[int, int, int] | None:
    """(which, weekday, first word) of "first Monday in April" with the month at `index`."""
    links = note_words(note, "calendar", "part_links") | note_words(note, "calendar", "month_openers")
    at = index - 1
    while at > 0 and index - at <= 3 and note.words[at] in links:
        at -= 1
    if at > 0 and note.words[at] in weekdays:
        before = at - 1
        while before > 0 and at - before <= 2 and note.places[before][0] in note_words(note, "calendar", "nth_links"):
            before -= 1  # "prima zi de luni", "1st Monday"
        spelled = note.places[before][0]
        tables = ("nth", "ordinals")
        said = (v for each in note.signals for name in tables if (v := each.values("calendar", name).get(spelled)))
        which = int(spelled) if spelled.isdigit() and before < at - 1 else int(next(said, 0))
        if 1 <= which <= 4:
            return which, weekdays[note.words[at]], before
    return None


def note_words(note: Note, *path: str) -> frozenset[str]:
    """The words at a path of the signals of every language in which the note is read."""
    return frozenset().union(*(each.words(*path) for each in note.signals)) if note.signals else frozenset()


def _day(note: Note, index: int) -> tuple[int, int] | None:
    """A day of the month at the word, and the index after it ("2nd", "1er", "first")."""
    word = note.places[index][0]
    if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31:
        last = index + 1
        if last < len(note.words) and note.places[last][0] in ORDINALS and note.places[last][1] - note.places[index][2] <= 1:
            last += 1
        following = note.text.folded[note.places[last - 1][2] : note.places[last - 1][2] + 1]
        return None if following in ("%", ":") else (int(word), last)
    for each in note.signals:
        value = each.values("calendar", "ordinals").get(note.words[index])
        if value:
            return int(value), index + 1
    return None


def _day_before(note: Note, index: int) -> tuple[int, int] | None:
    """The day of the month written before the month at `index`, and where it begins."""
    for back in (1, 2, 3):
        at = index - back
        if at < 0 or (
            any(mark > 0 for mark in note.breaks[at + 1 : index + 1])
            and note.text.folded[note.places[at][2] : note.places[index][1]].strip(" .") not in ("", "of")
        ):
            break
        found = _day(note, at)
        if found:
            between = [note.places[i][0] for i in range(found[1], index)]
            if all(word in ("of", "de", "ale", "lunii", "a") for word in between):
                return _spelled_day(note, at) or (found[0], at)
    return None


def _spelled_day(note: Note, at: int) -> tuple[int, int] | None:
    """The day whose last word stands there, and where it begins ("vingt-six février" is no sixth)."""
    for begin in range(at - 1, max(-1, at - 4), -1):
        spelled = note.number_at(begin)
        if spelled and spelled.is_word and spelled.last == at + 1 and LAST_TEEN < spelled.value <= LAST_DAY:
            return int(spelled.value), begin
    return None


def _part(note: Note, index: int) -> tuple[str | None, int]:
    for part in PARTS:
        for match in note.ending(f"when.part.{part}", index, 4):
            if all(note.words[i] in note_words(note, "calendar", "part_links") for i in range(match.last, index)):
                return part, match.first
    return None, index


def _year_after(note: Note, last: int) -> tuple[int | None, int]:
    if last < len(note.words) and note.places[last][0].isdigit() and note.breaks[last] <= 1:
        word = note.places[last][0]
        gap = note.text.folded[note.places[last - 1][2] : note.places[last][1]]
        if len(word) == 4 and word.startswith("20"):
            return int(word), last + 1
        if (
            len(word) == 2
            and gap in (" '", "'", " ", "-", ".")
            and 20 <= int(word) <= 40
            and note.text.folded[note.places[last][2] : note.places[last][2] + 1] not in (":", "h", "%", "k")
        ):
            return 2000 + int(word), last + 1
    return None, last


def _relative(note: Note) -> list[Mention]:
    """Today, yesterday, next Monday, on Monday, in two weeks, next month, on the 20th."""
    found, weekdays = [], _weekdays(note)
    for name, matches in note.hits.items():
        if not name.startswith("when.relative."):
            continue
        relative = name.removeprefix("when.relative.")
        for match in matches:
            number = next((n for i in range(match.first, match.last) if (n := note.number_at(i))), None)
            amount = int(number.value) if number else 0
            start, end = note.characters(match.first, match.last)
            found.append(Mention(match.first, match.last, start, end, relative=relative, amount=amount))
    for index, (word, _, _) in enumerate(note.places):
        if word not in weekdays and note.words[index] not in weekdays:
            continue
        weekday = weekdays.get(word, weekdays.get(note.words[index], 0))
        if is_span(note, index, weekdays):
            continue  # "from Monday to Friday"
        relative, first, last = "weekday", index, index + 1
        if note.within("when.coming", index - 1, index):
            relative, first = "next_weekday", index - 1
        elif note.within("when.coming", index + 1, index + 2):
            relative, last = "next_weekday", index + 2
        elif note.within("when.gone", max(0, index - 1), index):
            relative, first = "last_weekday", index - 1
        elif note.within("when.gone", index + 1, index + 3):
            relative, last = "last_weekday", index + 2
        found.append(Mention(first, last, note.places[first][1], note.places[last - 1][2], weekday=weekday, relative=relative))
        day = _day(note, last + (note.words[last] in ("the", "le"))) if last + 1 < len(note.words) else None
        if (
            day
            and note.breaks[day[1] - 1] <= 1
            and not (day[1] < len(note.words) and note.breaks[day[1]] == 0 and note.number_at(day[1] - 1) is None)
        ):
            found.append(
                Mention(
                    first,
                    day[1],
                    note.places[first][1],
                    note.places[day[1] - 1][2],
                    day=day[0],
                    weekday=weekday,
                    relative="day",
                    is_weak=True,
                )
            )
    return found + _bare_days(note)


def _bare_days(note: Note) -> list[Mention]:
    """A day without its month ("on the 20th", "le 15", "pe 15")."""
    found = []
    for match in note.hits.get("when.day_opener", ()):
        if match.last < len(note.words) and note.breaks[match.last] == 0 and (day := _day(note, match.last)):
            start, end = note.characters(match.first, day[1])
            found.append(Mention(match.first, day[1], start, end, day=day[0], relative="day", is_weak=True))
    return found
