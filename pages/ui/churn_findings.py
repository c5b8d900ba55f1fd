"""What the churn page says in words: how little one month's rate tells, how long clients stay, why they leave."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from data.frames import records
from pages.ui import formats
from pages.ui.once import once

# What a row and a cell of the cohorts are, by what is measured.
COHORTS = {
    "clients": "A row is the clients of one first month, in brackets how many; a cell is how many of them were still there so "
    "many months later, the deeper its colour, the larger their share.",
    "mrr": "A row is the clients of one first month, in brackets how many; a cell is their MRR so many months later as a share "
    "of their first; upgrades bring it above 100%.",
}


def interval(row: Mapping[Any, Any]) -> str:
    """A month's customer churn with its counts and interval, from a row of churn_interval; empty without a customer."""
    if not row or formats.is_missing(row["customer_churn_rate"]):
        return ""
    counts = formats.of(row["customers_churned"], row["customers_opening"])
    low, high = formats.rate(row["low"]), formats.rate(row["high"])
    return f"{counts} clients left: the true monthly rate lies between {low} and {high} (95%, Jeffreys)."


def worth(rate: Mapping[Any, Any], currency: str) -> str:
    """LTV and quick ratio of a month in words, from a row of churn_rates; where one is not defined, why."""
    if not rate:
        return ""
    ltv = (
        "not enough churn yet"
        if formats.is_missing(rate["ltv_minor"])
        else f"{formats.money(rate['ltv_minor'], currency)} (ARPA by the mean churn of the six months before)"
    )
    lost = rate["quick_ratio"]
    quick = "nothing was lost" if formats.is_missing(lost) else f"{float(lost):.1f} gained for 1 lost"
    return f"A client’s lifetime value: {ltv}. Quick ratio: {quick}."


@once
def lost_while_paused(gone: pd.DataFrame) -> str:
    """Who left while paying nothing, from lost_while_paused, newest first; empty where there is nobody."""
    newest = gone.sort_values("date", ascending=False)
    names = [f"{row['client_name']} ({formats.date(row['date'])})" for row in records(newest)]
    return f"Lost while paused, at no MRR and so not counted as churned: {formats.listing(names)}." if names else ""


@once
def stays(curve: pd.DataFrame) -> str:
    """How many clients are still there after a year (or the longest span seen before), with the interval, from survival."""
    aged = curve[(curve["age_months"] <= 12) & (curve["at_risk"] > 0) & (curve["age_months"] > 0)]
    if aged.empty:
        return "Nobody has been a client for a month yet"
    row = aged.iloc[-1]
    months = int(row["age_months"])
    span = "a year" if months == 12 else formats.count(months, "month")
    if formats.is_missing(row["low"]):
        return f"Nobody left within {span}" if row["surviving_share"] == 1 else f"Nobody stayed {span}"
    between = f"{formats.rate(row['low'], 0)} to {formats.rate(row['high'], 0)}"
    return f"{formats.rate(row['surviving_share'], 0)} of clients stay {span} or longer ({between}, 95%)"


@once
def by_reason(months: pd.DataFrame) -> pd.DataFrame:
    """churn_reasons of several months added up: reason, clients, mrr_minor, the most frequent first."""
    summed = months.groupby("reason", as_index=False)[["clients", "mrr_minor"]].sum()
    return summed.sort_values(["clients", "mrr_minor", "reason"], ascending=[False, False, True], ignore_index=True)


@once
def reasons(counted: pd.DataFrame) -> str:
    """Why most clients left, from `by_reason`."""
    if counted.empty:
        return "Nobody has left"
    total, first = int(counted["clients"].sum()), counted.iloc[0]
    if len(counted) == 1:
        return f"{formats.sentence(first['reason'])}: {formats.count(total, 'client')} left"
    return f"{formats.sentence(first['reason'])}: {formats.of(first['clients'], total)} who ever left"


def stripes(row: Mapping[Any, Any]) -> str:
    """Churn as Stripe counts it, with its counts, from a row of stripe_churn; empty where it is not defined."""
    if not row or formats.is_missing(row["stripe_churn_rate"]):
        return ""
    before, new = formats.count(row["active_30_days_ago"]), formats.count(row["new_30"])
    return (
        f"Stripe’s dashboard counts 30 days instead of the month: {formats.rate(row['stripe_churn_rate'])} "
        f"({formats.count(row['churned_30'])} of {before} active before and {new} new)."
    )


def churned(row: Mapping[Any, Any]) -> str:
    """How many clients left in a month of how many, from a row of revenue_summary."""
    lost, opening = int(row["customers_churned"]), int(row["customers_opening"])
    if not opening:
        return "No client at the month’s start"
    return f"{formats.of(lost, opening)} clients"


def retained(row: Mapping[Any, Any]) -> str:
    """The counts behind GRR and NRR, or why there is none, from a row of retention."""
    clients = 0 if formats.is_missing(row["clients_12"]) else int(row["clients_12"])
    return f"Of {formats.count(clients, 'client')} a year before" if clients else "No client a year before"


@once
def left(moved: pd.DataFrame) -> pd.DataFrame:
    """Those of movements by which a client left, the last one first."""
    return moved[moved["kind"] == "churn"].sort_values("date", ascending=False)


@once
def rated(months: pd.DataFrame, rates: pd.DataFrame) -> pd.DataFrame:
    """The last two years of revenue_summary with `customer_churn_rate` beside them, from churn_rates."""
    return months.tail(24).merge(rates[["month", "customer_churn_rate"]], on="month")


@once
def lost(year: pd.DataFrame) -> str:
    """How many clients left in the last two years of revenue_summary."""
    year = year.tail(24)
    number, months = int(year["customers_churned"].sum()), len(year)
    span = "this month" if months == 1 else f"in {months} months"
    return f"{formats.count(number, 'client')} left {span}" if number else f"Nobody left {span}"


@once
def at_risk(clients: pd.DataFrame) -> pd.DataFrame:
    """Clients with an overdue charge, paused, or set to leave; `risk` says which. Largest MRR first."""
    reasons = [
        [
            *(["set to leave"] if not formats.is_missing(row["leaves_on"]) else []),
            *(["charge overdue"] if row["is_past_due"] else []),
            *(["paused"] if row["standing"] == "paused" else []),
        ]
        for row in records(clients)
    ]
    known = clients.assign(risk=[", ".join(parts).capitalize() for parts in reasons])
    return known[known["risk"] != ""].sort_values("mrr_minor", ascending=False).reset_index(drop=True)
