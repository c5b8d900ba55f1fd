"""The metric frames that one month's review is made from, and from nothing else."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from data import metrics

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

TREND_MONTHS = 13
OF_THE_MONTH = (
    "mrr_movements",
    "movements",
    "client_mrr",
    "churn_rates",
    "cash",
    "restatements",
    "restated_figures",
)

Frames = Mapping[str, "pandas.DataFrame"]
Reader = Callable[[str, str | None, str | None, str | None], "pandas.DataFrame"]


def gather(read: Reader, month: str, currency: str) -> dict[str, "pandas.DataFrame"]:
    """Every frame of a month (`2026-10`) and currency, by metric; the trend's ones of up to 13 months, the month's the last.

    `read` takes a metric's name, first month, last month and currency.
    """
    frames = {name: read(name, month, month, currency) for name in OF_THE_MONTH}
    start = _months_before(month, TREND_MONTHS - 1)
    for name in ("revenue_summary", "tier_mix"):
        frames[name] = read(name, start, month, currency)
    clients = read("clients", None, None, currency)
    frames["clients"] = clients[clients["leaves_on"].notna()].sort_values("leaves_on").reset_index(drop=True)
    return frames


def reader(warehouse: "Warehouse") -> Reader:
    """A reader of the metrics of that warehouse as they stand on disk."""

    def read(name: str, start: str | None, end: str | None, currency: str | None) -> "pandas.DataFrame":
        first, last = (date.fromisoformat(f"{month}-01") if month else None for month in (start, end))
        return metrics.read(warehouse, name, start=first, end=last, currency=currency)

    return read


def _months_before(month: str, number: int) -> str:
    year, index = divmod(int(month[:4]) * 12 + int(month[5:7]) - 1 - number, 12)
    return f"{year:04d}-{index + 1:02d}"
