"""Which day a mention of a date stands for, seen from another day: the first on or after it, or the last on or before it."""

import calendar
import datetime as dt

from proposals.reading.dates import Mention


def readings(mention: Mention, month_first: bool) -> list[Mention]:
    """The mention, and where day and month may be exchanged the other reading, the country's habit first."""
    if not mention.is_swappable:
        return [mention]
    other = mention.swapped()
    return [other, mention] if month_first else [mention, other]


def on_or_after(mention: Mention, base: dt.date) -> dt.date | None:
    """The first such date on or after the base."""
    if mention.relative:
        return _relative_after(mention, base)
    years = [mention.year] if mention.year else [base.year, base.year + 1]
    for year in years:
        found = _on(mention, year)
        if found and found >= base:
            return found
    if mention.year is None and mention.month == base.month and mention.day is None and mention.part in (None, "start"):
        return None
    return None


def on_or_before(mention: Mention, base: dt.date) -> dt.date | None:
    """The last such date on or before the base."""
    if mention.relative:
        return _relative_before(mention, base)
    if mention.day is None:
        return None
    years = [mention.year] if mention.year else [base.year, base.year - 1]
    for year in years:
        found = _on(mention, year)
        if found and found <= base:
            return found
    return None


def _on(mention: Mention, year: int) -> dt.date | None:
    month = mention.month or 1
    last = calendar.monthrange(year, month)[1]
    if mention.amount and mention.weekday is not None:
        ahead = (mention.weekday - dt.date(year, month, 1).weekday()) % 7
        return dt.date(year, month, 1 + ahead + 7 * (mention.amount - 1))
    day = mention.day or {"mid": 15, "end": last}.get(mention.part or "", 1)
    return dt.date(year, month, day) if day <= last else None


def _relative_after(mention: Mention, base: dt.date) -> dt.date | None:
    month_after = (base.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    kind = mention.relative
    if kind in ("next_weekday", "weekday"):
        ahead = ((mention.weekday or 0) - base.weekday()) % 7 or 7
        return base + dt.timedelta(days=ahead)
    if kind == "day" and mention.day:
        for each in (base.replace(day=1), month_after, (month_after + dt.timedelta(days=32)).replace(day=1)):
            if mention.day <= calendar.monthrange(each.year, each.month)[1] and each.replace(day=mention.day) >= base:
                return each.replace(day=mention.day)
    simple = {
        "today": base,
        "tomorrow": base + dt.timedelta(days=1),
        "in_days": base + dt.timedelta(days=mention.amount),
        "in_weeks": base + dt.timedelta(weeks=mention.amount),
        "next_week": base + dt.timedelta(days=7 - base.weekday()),
        "next_month": month_after,
        "end_of_month": month_after - dt.timedelta(days=1),
        "mid_month": base.replace(day=15) if base.day <= 15 else None,
        "mid_next_month": month_after.replace(day=15),
        "end_of_next_month": (month_after + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1),
        "first_of_month": base if base.day == 1 else month_after,
        "new_year": dt.date(base.year + 1, 1, 1),
    }
    return simple.get(kind or "")


def _relative_before(mention: Mention, base: dt.date) -> dt.date | None:
    kind = mention.relative
    if kind in ("last_weekday", "weekday"):
        back = (base.weekday() - (mention.weekday or 0)) % 7
        return base - dt.timedelta(days=back or (7 if kind == "last_weekday" else 0))
    if kind == "day" and mention.day:
        for each in (base.replace(day=1), (base.replace(day=1) - dt.timedelta(days=1)).replace(day=1)):
            if mention.day <= calendar.monthrange(each.year, each.month)[1] and each.replace(day=mention.day) <= base:
                found = each.replace(day=mention.day)
                return found if mention.weekday in (None, found.weekday()) else None
    days = {"today": 0, "yesterday": 1, "before_yesterday": 2, "days_ago": mention.amount, "weeks_ago": 7 * mention.amount}.get(
        kind or ""
    )
    return base - dt.timedelta(days=days) if days is not None and (mention.amount or "ago" not in (kind or "")) else None
