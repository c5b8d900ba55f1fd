"""Effort on a page: what an hour brought in a month and over three, who is under the target, and which allowances are used."""

from typing import Any

import pandas as pd
import streamlit as st

from data import allowances
from pages.ui import blocks, formats, links, warehouse
from pages.ui.blocks import Column

COLUMNS = {
    "client_name": Column("Client", width=170),
    "mrr_minor": Column("MRR", "money"),
    "hours": Column("Hours", "hours"),
    "costs_minor": Column("Costs", "money"),
    "hourly_rate_minor": Column("An hour brings", "money", help="MRR less costs, divided by the hours recorded."),
}
RATES = {
    "client_name": Column("Client", width=170),
    "hourly_rate_minor": Column("An hour brings", "money", help="Over the last 3 full months, as far as hours are recorded."),
    "rate_before_minor": Column("3 months before", "money"),
    "hours": Column("Hours", "hours"),
    "mrr_minor": Column("MRR of those months", "money"),
    "costs_minor": Column("Costs", "money"),
}


def of_month(worked: pd.DataFrame, month: str, currency: str) -> pd.DataFrame:
    """client_effort of one month and currency, the lowest hourly rate first; work for those who pay nothing stands too."""
    rows = worked[(worked["month"] == month) & worked["currency"].isin([currency]).where(worked["currency"].notna(), True)]
    return rows.sort_values(["hourly_rate_minor", "mrr_minor"], na_position="last").reset_index(drop=True)


def mean_rate(rows: pd.DataFrame) -> float | None:
    """What an hour brought on the whole, in minor units: MRR less costs of the clients with hours, by their hours."""
    known = rows[rows["hourly_rate_minor"].notna()]
    hours = float(known["hours"].sum())
    if known.empty or not hours:
        return None
    return float((known["mrr_minor"].sum() - known["costs_minor"].fillna(0).sum()) / hours)


def months(worked: pd.DataFrame, currency: str, until: str) -> pd.DataFrame:
    """One row a month up to that one: `hours` (empty where none is recorded), `rate_minor` on the whole."""
    known = worked[(worked["currency"] == currency) & (worked["month"] <= until)]
    rows = [
        {"month": month, "hours": each["hours"].sum(min_count=1), "rate_minor": mean_rate(each)}
        for month, each in known.groupby("month", sort=True)
    ]
    return pd.DataFrame(rows, columns=["month", "hours", "rate_minor"]).astype({"rate_minor": float})


def target(rates: pd.DataFrame) -> float | None:
    """The target of an hour in minor units, None where the settings have none."""
    known = rates["target_minor"].dropna()
    return float(known.iloc[0]) if len(known) else None


def hours(value: Any) -> str:
    """Hours, or “No data” where none are recorded."""
    return "No data" if formats.is_missing(value) else formats.hours(value)


def figures(rows: pd.DataFrame, course: pd.DataFrame, rates: pd.DataFrame, currency: str) -> None:
    """Five figures of the month: what an hour brings, MRR, hours, costs, and clients under the target."""
    rate, past = mean_rate(rows), course.tail(13)
    known = rows["hourly_rate_minor"].notna()
    paying = rows["mrr_minor"] > 0
    under, judged = rates["is_under_target"].fillna(False).astype(bool), rates["hourly_rate_minor"].notna()
    with st.grid(5, min_column_width=150):
        blocks.figure(
            "An hour brings",
            formats.money(rate, currency, short=True) if rate is not None else "No data",
            trend=past["rate_minor"],
            note=f"Over {formats.count(known.sum(), 'client')} with hours",
        )
        blocks.figure("Hours", hours(rows["hours"].sum(min_count=1)), trend=past["hours"], note="Recorded in this month")
        blocks.figure(
            "MRR", formats.money(rows["mrr_minor"].sum(), currency, short=True), note=formats.count(paying.sum(), "client")
        )
        blocks.figure(
            "Costs",
            formats.money(rows["costs_minor"].sum(), currency, short=True) if rows["costs_minor"].notna().any() else "No data",
            note="Hosting, licences, fees",
        )
        has_target = target(rates) is not None
        blocks.figure(
            "Under target",
            formats.of(under.sum(), judged.sum()) if has_target else "No target",
            note="Over 3 full months" if has_target else "Set one below",
        )


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


def under_target(rates: pd.DataFrame, currency: str) -> None:
    """Clients whose hour brought less than the target over three full months; without a target, how to set one."""
    st.subheader("Under the target", anchor=False)
    wanted = target(rates)
    if wanted is None:
        st.markdown("There is no target yet. Enter below what an hour should bring; clients under it then stand here.")
        return
    amount = formats.plain(formats.money(round(wanted), currency, short=True))
    found = rates[rates["is_under_target"].fillna(False).astype(bool)].reset_index(drop=True)
    unknown = int((rates["hourly_rate_minor"].isna() & (rates["mrr_minor"].fillna(0) > 0)).sum())
    more = f" {formats.count(unknown, 'client')} without hours can’t be judged." if unknown else ""
    if found.empty:
        st.markdown(f"No client is known to be under {amount} an hour.{more}")
        return
    st.caption(f"{formats.count(len(found), 'client')} under {amount} an hour over the last 3 full months.{more}")
    opener = links.open_client(found)
    blocks.table(found, RATES, alt="Clients under the target", key="under_target", currency=currency, open_row=opener)
    blocks.download(found, f"under-target-{currency}.csv")


def over_costs(found: pd.DataFrame, currency: str) -> None:
    """The clients whose costs alone were more than they paid, with what was lost on each; nothing where there is none."""
    if found.empty:
        return
    first, loss = found.iloc[0], formats.money(found["loss_minor"].sum(), currency, short=True)
    who = str(first["client_name"]) if len(found) == 1 else formats.count(len(found), "client")
    pay, cost = ("pays", "costs") if len(found) == 1 else ("pay", "cost")
    st.subheader(
        formats.plain(f"{who} {cost} more than {'it' if len(found) == 1 else 'they'} {pay}: {loss} lost"), anchor=False
    )
    st.caption("Costs against MRR of the last 12 full months, before any hour of work.")
    blocks.table(
        found,
        {
            "client_name": Column("Client", width=170),
            "mrr_minor": Column("MRR of those months", "money"),
            "costs_minor": Column("Costs", "money"),
            "loss_minor": Column("Lost", "money"),
            "hours": Column("Hours besides", "hours"),
            "months": Column("Months", "count"),
        },
        alt="Clients whose costs exceed what they pay",
        key="over_costs",
        currency=currency,
        open_row=links.open_client(found),
    )


def used(month: str) -> None:
    """What each client may use and has used in that month, those over a limit first."""
    rows = allowances.allowances(warehouse.metric, month)
    if rows.empty:
        return
    st.subheader(formats.plain(_used(rows, month)), anchor=False)
    shown = rows.assign(
        **{name: [_share(row, name) for row in rows.to_dict("records")] for name in ("hours", "repairs", "restores")}
    )
    shown["period"] = [f"a {period}" for period in shown["period"]]
    blocks.table(
        shown,
        {
            "client_name": Column("Client", width=170),
            "hours": Column("Hours", help="Used of those included in the month"),
            "repairs": Column("Repairs", help="Of what the client broke: used of those included (F7)"),
            "restores": Column("Restores", help="Asked for or caused by the client: used of those included (F8)"),
            "period": Column("Counted", help="Over which span repairs and restores are counted"),
            "tier": "Tier",
            "basis": Column("As agreed in", width=170),
        },
        alt="Allowances used by each client",
        key="allowances",
        open_row=links.open_client(rows),
    )
    blocks.download(rows, f"allowances-{month}.csv")


def _used(rows: pd.DataFrame, month: str) -> str:
    over = int(rows["is_over"].sum())
    said = (
        f"{formats.of(over, len(rows))} clients used more than is included"
        if over
        else "No client is known to have used more than is included"
    )
    return f"{said}, {formats.month(month)}"


def _share(row: Any, name: str) -> str:
    value, limit = row[f"{name}_used"], row[f"{name}_allowed"]
    said = "no data" if formats.is_missing(value) else _plain(value)
    return f"{said} of {_plain(limit)}" if not formats.is_missing(limit) else f"{said}, no limit stated"


def _plain(value: Any) -> str:
    return formats.hours(value).removesuffix(" h")
