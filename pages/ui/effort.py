"""Effort on a page: what an hour of work brought in a month, in figures and in its table’s columns."""

import pandas as pd
import streamlit as st

from pages.ui import blocks, effort_findings, formats, states, warehouse
from pages.ui.blocks import Column
from pages.ui.once import once

COLUMNS = {
    "client_name": Column("Client", width=170),
    "mrr_minor": Column("MRR", "money"),
    "hours": Column("Hours", "hours"),
    "costs_minor": Column("Costs", "money"),
    "hourly_rate_minor": Column("An hour brings", "money", help="MRR less costs, divided by the hours recorded."),
}


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
    rate, (known, paid, mrr) = effort_findings.mean_rate(rows), _counts(rows)
    with st.grid(5, min_column_width=150):
        blocks.figure(
            "An hour brings",
            formats.money(rate, currency, short=True) if rate is not None else "No data",
            trend=past["rate_minor"],
            note=f"Over {formats.count(known, 'client')} with hours",
        )
        blocks.figure("Hours", formats.recorded_hours(_hours(rows)), trend=past["hours"], note="Recorded in this month")
        blocks.figure("MRR", formats.money(mrr, currency, short=True), note=formats.count(paid, "client"))
        blocks.figure("Costs", _costs(rows, currency), note="Hosting, licences, fees")
        has_target = effort_findings.target(rates) is not None
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
