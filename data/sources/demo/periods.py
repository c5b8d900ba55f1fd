"""Billing periods: instants as Stripe counts them (Unix seconds, UTC) and the steps from an anchor."""

import calendar
from datetime import UTC, datetime, timedelta

DAY = 86_400
HOUR = 3_600
_FIXED = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


def instant(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """A UTC date and time as Unix seconds."""
    return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())


def moment(seconds: int) -> datetime:
    """Unix seconds as an aware UTC datetime."""
    return datetime.fromtimestamp(seconds, tz=UTC)


def step(anchor: int, interval: str, count: int) -> int:
    """The instant `count` intervals after the anchor; a day that the month lacks becomes its last one."""
    start = moment(anchor)
    if interval in _FIXED:
        return int((start + count * _FIXED[interval]).timestamp())
    months = start.month - 1 + count * (12 if interval == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())


def period_at(anchor: int, interval: str, interval_count: int, at: int) -> tuple[int, int]:
    """The period (start, end) of the anchor's grid that holds `at`; `at` on an edge opens the period."""
    guess = (moment(at) - moment(anchor)).days // {"day": 1, "week": 7, "month": 31, "year": 366}[interval]
    number = guess // interval_count - 2
    while step(anchor, interval, (number + 1) * interval_count) <= at:
        number += 1
    return step(anchor, interval, number * interval_count), step(anchor, interval, (number + 1) * interval_count)
