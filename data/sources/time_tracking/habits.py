"""How a file writes its dates and numbers: found from all of it, or asked of the user; never guessed."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from data.errors import InputError
from data.sources.maintenance.dates import DAY, DayOrder, is_doubtful, moment
from data.sources.maintenance.values import LONGEST_HOURS

RANGE = re.compile(r"(20\d\d-\d\d-\d\d).*?(20\d\d-\d\d-\d\d)")
CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?")
WORDS = re.compile(
    r"(?:(\d+)\s*h(?:ours?|rs?)?)?\s*(?:(\d+)\s*m(?:in(?:utes?)?)?)?\s*(?:(\d+)\s*s(?:ec(?:onds?)?)?)?", re.IGNORECASE
)
NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f'’.,]\d{3})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?")


def is_day_first(cells: Iterable[str], filename: str, given: str) -> bool | None:
    """Whether dates write the day first: as given, as some date shows, or as the span in the file's name leaves only one way.

    None where no date leaves a doubt. InputError, with the question, where one does, and where the dates contradict each other.
    """
    if given:
        return given == "dmy"
    dates = {cell.strip() for cell in cells}
    order = DayOrder()
    for cell in dates:
        order.see(cell)
    if order.is_day_first is not None:
        return order.is_day_first
    doubtful = sorted(cell for cell in dates if is_doubtful(cell))
    if not doubtful:
        return None
    ways = [way for way in (True, False) if _fits(dates, filename, way)]
    if len(ways) == 1:
        return ways[0]
    raise InputError(
        f"Does “{doubtful[0]}” write the day or the month first? No date in {filename} shows it.",
        "Say it: --date-order dmy (day first) or --date-order mdy (month first).",
    )


def _fits(dates: set[str], filename: str, way: bool) -> bool:
    """Whether all dates, read this way, lie in the span that the file's name states; False where it states none."""
    span = RANGE.search(filename)
    if not span:
        return False
    try:
        first, last = (date.fromisoformat(day) for day in span.groups())
        read = [date.fromisoformat(moment(cell, way)[:10]) for cell in dates if DAY.match(cell)]
    except ValueError:
        return False
    return all(first <= day <= last + timedelta(days=1) for day in read)


def decimal_sign(cells: Iterable[str], given: str, is_semicolon: bool) -> str:
    """The decimal sign of a column of hours: as given, or as its cells show; "" where none leaves a doubt.

    InputError, with the question, where one does: 1,500 may be one and a half, or fifteen hundred.
    """
    if given:
        return {"comma": ",", "point": "."}[given]
    shown: set[str] = set()
    doubtful = ""
    for cell in {cell.strip() for cell in cells}:
        signs = [sign for sign in cell if sign in ".,"]
        tail = re.split(r"[.,]", cell)[-1]
        if len(set(signs)) == 2:
            shown.add(signs[-1])
        elif len(signs) == 1 and len(tail) != 3:
            shown.add(signs[0])
        elif len(signs) == 1 and not cell.startswith("0"):
            doubtful = doubtful or cell
        elif len(signs) == 1:
            shown.add(signs[0])
    if len(shown) == 1:
        return shown.pop()
    if not shown and doubtful and is_semicolon and "," in doubtful:
        return ","  # a file parted by semicolons keeps the comma for decimals
    if doubtful or len(shown) > 1:
        example = doubtful or "1,5 and 1.5"
        raise InputError(
            f"What is the decimal sign? “{example}” may be read two ways, and nothing else in the file shows it.",
            "Say it: --decimal comma or --decimal point.",
        )
    return ""


def hours(cell: str, sign: str) -> float:
    """Hours of a cell as 1:30:00, 1h 30m or 1.5; ValueError with a reason where it is none, or more than a month has."""
    written = cell.strip()
    if written.startswith(("-", "−")):
        raise ValueError(f"“{cell[:40]}” is below zero; is it still running?")
    if (found := CLOCK.fullmatch(written)) or (
        (found := WORDS.fullmatch(written.upper().removeprefix("PT"))) and any(found.groups())
    ):
        parts = [int(part or 0) for part in found.groups()]
    elif NUMBER.fullmatch(written):
        other = {",": ".", ".": ","}.get(sign, "")
        plain = re.sub(r"[ \u00a0\u202f'’]", "", written.replace(other, "") if other else written).replace(",", ".")
        return _checked(float(Decimal(plain)), cell)
    else:
        raise ValueError(f"“{cell[:40]}” is no duration")
    return _checked(parts[0] + parts[1] / 60 + parts[2] / 3600, cell)


def between(start: datetime, end: datetime) -> float:
    """Hours from one to the other; ValueError where the end comes first, or more than a month after."""
    if end < start:
        raise ValueError("it ends before it starts")
    return _checked((end - start).total_seconds() / 3600, f"{start} – {end}")


def _checked(found: float, cell: str) -> float:
    if found > LONGEST_HOURS:
        raise ValueError(f"“{cell[:40]}” is more hours than a month has")
    return round(found, 6)
