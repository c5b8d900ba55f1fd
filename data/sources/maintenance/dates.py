"""Dates as people and tools write them; an order of day and month is found from the whole column, never guessed."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

YEARS = range(1990, 2101)
DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})(?!\d)")
CLOCK = re.compile(
    r"[T\s,à-]*\s*(\d{1,2})[:hH](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


class DayOrder:
    """Whether a column writes the day before the month, found from all its cells: `see` each, then ask `is_day_first`."""

    def __init__(self) -> None:
        self._first = self._second = False

    def see(self, cell: Any) -> None:
        """Take one cell of the column into account."""
        if isinstance(cell, str) and (found := DAY.match(cell.strip())) and found[2] != ".":
            left, right = int(found[1]), int(found[3])
            self._first = self._first or (12 < left <= 31 and right <= 12)
            self._second = self._second or (12 < right <= 31 and left <= 12)

    @property
    def is_day_first(self) -> bool | None:
        """True, False, or None where the cells don't tell or contradict each other."""
        return None if self._first == self._second else self._first


@lru_cache(maxsize=50_000)
def _from_text(text: str, is_day_first: bool | None) -> str:
    if found := ISO.match(text) or COMPACT.match(text):
        day = _date(found[1], found[3], found[4])
    elif found := DAY.match(text):
        day = _ordered(found, is_day_first)
    else:
        raise ValueError(f"“{text[:40]}” is no date; write it as 2026-11-21")
    rest = text[found.end() :].strip()
    return _clocked(day, rest) if rest else day.isoformat()


def moment(cell: Any, is_day_first: bool | None) -> str:
    """A cell as ISO text: a day, a wall-clock time, or (where the cell states an offset) an instant in UTC ending in Z.

    Raises ValueError with a reason for the user where the cell is no date, or where day and month can't be told apart.
    """
    if isinstance(cell, datetime):
        _in_years(cell.year)
        return cell.date().isoformat() if cell.time() == time() else cell.replace(microsecond=0).isoformat()
    if isinstance(cell, date):
        _in_years(cell.year)
        return cell.isoformat()
    if not isinstance(cell, str):
        raise ValueError(f"“{cell}” is a number, not a date; format the cell as a date, or write 2026-11-21")
    return _from_text(cell.strip(), is_day_first)


def is_doubtful(cell: Any) -> bool:
    """Whether a cell alone does not tell its day from its month."""
    found = DAY.match(cell.strip()) if isinstance(cell, str) else None
    return bool(found and found[2] != "." and int(found[1]) <= 12 and int(found[3]) <= 12 and int(found[1]) != int(found[3]))


def _ordered(found: re.Match[str], is_day_first: bool | None) -> date:
    left, sign, right, year = found.groups()
    if sign == "." or int(left) > 12 or left.lstrip("0") == right.lstrip("0"):
        is_day_first = True
    elif int(right) > 12:
        is_day_first = False
    elif is_day_first is None:
        raise ValueError(f"“{found[0]}” is ambiguous: day or month first? Write the year first, as 2026-11-21")
    full = year if len(year) == 4 else f"20{year}"
    return _date(full, right, left) if is_day_first else _date(full, left, right)


def _date(year: str, month: str, day: str) -> date:
    _in_years(int(year))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"there is no day {day} of month {month} in {year}") from None


def _in_years(year: int) -> None:
    if year not in YEARS:
        raise ValueError(f"the year {year} can't be right")


def _clocked(day: date, text: str) -> str:
    found = CLOCK.fullmatch(text)
    if not found:
        raise ValueError(f"“{text[:40]}” is no time of day; write it as 14:05")
    hour, minute, second, half, offset = found.groups()
    hours = int(hour) if not half else int(hour) % 12 + (12 if half[0] in "pP" else 0)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        raise ValueError(f"“{text[:40]}” is no time of day; write it as 14:05")
    local = datetime.combine(day, time(hours, int(minute), int(second or 0)))
    if not offset:
        return local.isoformat()
    if offset[0] in "+-":
        ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        local = local - ahead if offset[0] == "+" else local + ahead
    return f"{local.isoformat()}Z"
