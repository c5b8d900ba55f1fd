"""Figures: each is one SQL file beside this module, whose header says what it means; this module reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import InputError

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class MetricAbout:
    """What a metric's own header says of it, as the glossary and the help texts show it."""

    name: str
    title: str
    unit: str
    grain: str
    definition: str
    formula: str


def names() -> tuple[str, ...]:
    """The names of all metrics."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.sql")))


@cache
def about(name: str) -> MetricAbout:
    """The header of one metric; InputError where there is no metric of that name."""
    header = dict(re.findall(r"^-- (title|unit|grain|definition|formula): (.+)$", _sql(name), flags=re.MULTILINE))
    return MetricAbout(name, **{key: header.get(key, "") for key in ("title", "unit", "grain", "definition", "formula")})


def read(
    warehouse: "Warehouse",
    name: str,
    *,
    start: date | None = None,
    end: date | None = None,
    as_of: datetime | None = None,
    currency: str | None = None,
) -> "pandas.DataFrame":
    """One metric as a frame: the columns of its SQL file, months as `YYYY-MM`, amounts in minor units.

    `start` and `end` are the first days of the first and last month wanted. Without `as_of`, the marts on disk are read;
    with it, everything is seen from that instant (UTC). InputError where there is no metric of that name.
    """
    with warehouse.seen_from(as_of) if as_of else warehouse.cursor() as cursor:
        return read_by(cursor, name, start=start, end=end, currency=currency)


def read_by(
    cursor: Any, name: str, *, start: date | None = None, end: date | None = None, currency: str | None = None
) -> "pandas.DataFrame":
    """The same by a cursor at hand, so that several metrics can be read as seen from one instant (Warehouse.seen_from)."""
    values: Mapping[str, Any] = {"start": start, "end": end, "currency": currency}
    sql = _sql(name)
    asked = {key: value for key, value in values.items() if re.search(rf"\${key}\b", sql)}
    frame: pandas.DataFrame = cursor.execute(sql, asked).df()
    return frame


def text(name: str) -> str:
    """The select statement of a metric; InputError where there is no metric of that name."""
    return _sql(name)


@cache
def _sql(name: str) -> str:
    if name not in names():
        raise InputError(f"There is no metric “{name}”.", f"Known are {', '.join(names())}.")
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
