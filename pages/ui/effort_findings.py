"""What an hour of work brought, worked out of the metrics of effort and said as sentences. Frames in, English out."""

import pandas as pd

from pages.ui import formats
from pages.ui.once import once


@once
def paying(worked: pd.DataFrame) -> pd.DataFrame:
    """The rows of client_effort that have a currency."""
    return worked[worked["currency"].notna()]


@once
def of_month(worked: pd.DataFrame, month: str, currency: str) -> pd.DataFrame:
    """client_effort of one month and currency, the lowest hourly rate first; work for those who pay nothing stands too."""
    rows = worked[(worked["month"] == month) & worked["currency"].isin([currency]).where(worked["currency"].notna(), True)]
    return rows.sort_values(["hourly_rate_minor", "mrr_minor"], na_position="last").reset_index(drop=True)


@once
def mean_rate(rows: pd.DataFrame) -> float | None:
    """What an hour brought on the whole, in minor units: MRR less costs of the clients with hours, by their hours."""
    known = rows[rows["hourly_rate_minor"].notna()]
    hours = float(known["hours"].sum())
    if known.empty or not hours:
        return None
    return float((known["mrr_minor"].sum() - known["costs_minor"].fillna(0).sum()) / hours)


@once
def months(worked: pd.DataFrame, currency: str, until: str) -> pd.DataFrame:
    """One row a month, the last 13 up to that one: `hours` (empty where none is recorded), `rate_minor` on the whole."""
    known = worked[(worked["currency"] == currency) & (worked["month"] <= until)]
    by_month = known.groupby("month", sort=True)
    rated = known[known["hourly_rate_minor"].notna()].groupby("month")[["hours", "mrr_minor", "costs_minor"]].sum()
    rates = (rated["mrr_minor"] - rated["costs_minor"]) / rated["hours"].where(rated["hours"] != 0)
    course = pd.DataFrame({"hours": by_month["hours"].sum(min_count=1)})
    course["rate_minor"] = rates.reindex(course.index).astype(float)
    return course.reset_index().tail(13)


@once
def target(rates: pd.DataFrame) -> float | None:
    """The target of an hour in minor units, None where the settings have none."""
    known = rates["target_minor"].dropna()
    return float(known.iloc[0]) if len(known) else None


@once
def is_recorded(worked: pd.DataFrame, currency: str) -> bool:
    """Whether any hour is recorded for a client who pays in that currency, in any month of client_effort."""
    return bool(worked.loc[worked["currency"] == currency, "hours"].notna().any())


@once
def finding(rows: pd.DataFrame, currency: str, wanted: float | None) -> str:
    """What an hour brought in a month, as a sentence, from client_effort of one month and currency."""
    rate = mean_rate(rows)
    if rate is None:
        return "No hours are recorded in this month, so there is no hourly rate"
    known = rows[rows["hourly_rate_minor"].notna()]
    limit, words = (wanted, "below the target") if wanted else (rate / 2, "below half of that")
    below = int((known["hourly_rate_minor"] < limit).sum())
    said = (
        f"{formats.money(rate, currency, short=True)} an hour over {formats.count(len(known), 'client')} "
        f"and {formats.hours(known['hours'].sum())}"
    )
    return f"{said}; {formats.count(below, 'client')} {words}" if below else f"{said}; nobody {words}"


@once
def trend(course: pd.DataFrame, currency: str, unfinished: str) -> str:
    """How the hourly rate has gone over the full months, as a sentence."""
    full = course[(course["month"] != unfinished) & course["rate_minor"].notna()]
    if len(full) < 2:
        return "What an hour brought, by month"
    first, last = full.iloc[0], full.iloc[-1]
    amounts = [formats.money(round(row["rate_minor"]), currency, short=True) for row in (first, last)]
    way = "up" if last["rate_minor"] > first["rate_minor"] else "down" if last["rate_minor"] < first["rate_minor"] else "level"
    now, then = (formats.month(row["month"]) for row in (last, first))
    return f"An hour brought {amounts[1]} in {now}, {way} from {amounts[0]} in {then}"
