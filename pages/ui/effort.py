"""Effort on a page: what an hour of work brought in a month, in figures and as a sentence."""

from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats, states, warehouse
from pages.ui.blocks import Column
from pages.ui.once import once

COLUMNS = {
    "client_name": Column("Client", width=170),
    "mrr_minor": Column("MRR", "money"),
    "hours": Column("Hours", "hours"),
    "costs_minor": Column("Costs", "money"),
    "hourly_rate_minor": Column("An hour brings", "money", help="MRR less costs, divided by the hours recorded."),
}


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


def hours(value: Any) -> str:
    """Hours, or “No data” where none are recorded."""
    return "No data" if formats.is_missing(value) else formats.hours(value)


@once
def is_recorded(worked: pd.DataFrame, currency: str) -> bool:
    """Whether any hour is recorded for a client who pays in that currency, in any month of client_effort."""
    return bool(worked.loc[worked["currency"] == currency, "hours"].notna().any())


def unrecorded(rows: pd.DataFrame, currency: str) -> None:
    """What stands where no hour of a client was ever recorded: what is known of the month, and how hours get here."""
    paying = rows[rows["mrr_minor"] > 0]
    with st.grid(3, min_column_width=150):
        mrr = formats.money(rows["mrr_minor"].sum(), currency, short=True)
        blocks.figure("MRR", mrr, note=formats.count(len(paying), "client"))
        blocks.figure("Costs", _costs(rows, currency), note="Hosting, licences, fees; enter them below")
        blocks.figure("Hours", "No data", note="What an hour brings needs them")
    strays = warehouse.metric("care_unmatched")["hours"].sum()
    if strays:
        states.empty(
            f"{formats.hours(strays)} are recorded, of nobody known as a client",
            "No client was found for the sites or names that they came with. Once each has its client, what an hour brings "
            "stands here.",
            page="maintenance.py",
            action="Match sites to clients",
        )
        return
    states.empty(
        "No hours are recorded yet",
        "Once they are, each client stands here with what an hour of work on it brings. They come from the export of Toggl, "
        "Clockify or Harvest, from a care file, or from any spreadsheet with client or site, day and hours.",
        page="sources.py",
        action="Import hours",
    )


def figures(rows: pd.DataFrame, past: pd.DataFrame, rates: pd.DataFrame, currency: str) -> None:
    """Five figures of the month: what an hour brings, MRR, hours, costs, and clients under the target."""
    rate, (known, paid, mrr) = mean_rate(rows), _counts(rows)
    with st.grid(5, min_column_width=150):
        blocks.figure(
            "An hour brings",
            formats.money(rate, currency, short=True) if rate is not None else "No data",
            trend=past["rate_minor"],
            note=f"Over {formats.count(known, 'client')} with hours",
        )
        blocks.figure("Hours", hours(_hours(rows)), trend=past["hours"], note="Recorded in this month")
        blocks.figure("MRR", formats.money(mrr, currency, short=True), note=formats.count(paid, "client"))
        blocks.figure("Costs", _costs(rows, currency), note="Hosting, licences, fees")
        has_target = target(rates) is not None
        blocks.figure(
            "Under target",
            formats.of(*_judged(rates)) if has_target else "No target",
            note="Over 3 full months" if has_target else "Set one below",
        )


@once
def _counts(rows: pd.DataFrame) -> tuple[int, int, int]:
    """How many clients have a rate, how many pay, and what they pay together."""
    return int(rows["hourly_rate_minor"].notna().sum()), int((rows["mrr_minor"] > 0).sum()), int(rows["mrr_minor"].sum())


@once
def _judged(rates: pd.DataFrame) -> tuple[int, int]:
    """How many clients are under the target, and how many could be judged."""
    return int(rates["is_under_target"].fillna(False).astype(bool).sum()), int(rates["hourly_rate_minor"].notna().sum())


@once
def _hours(rows: pd.DataFrame) -> float:
    return float(rows["hours"].sum(min_count=1))


@once
def _costs(rows: pd.DataFrame, currency: str) -> str:
    known = rows["costs_minor"].notna().any()
    return formats.money(rows["costs_minor"].sum(), currency, short=True) if known else "No data"


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
        f"and {hours(known['hours'].sum())}"
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
