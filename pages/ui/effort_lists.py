"""Clients of the Effort page in lists: under the target, with costs above what they pay, and with the allowances they used."""

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from data import allowances
from data.frames import records
from data.warehouse import Warehouse
from pages.ui import blocks, effort_findings, formats, links, warehouse
from pages.ui.blocks import Column
from pages.ui.once import Kept, once

RATES = {
    "client_name": Column("Client", width=170),
    "hourly_rate_minor": Column("An hour brings", "money", help="Over the last 3 full months, as far as hours are recorded."),
    "rate_before_minor": Column("3 months before", "money"),
    "hours": Column("Hours", "hours"),
    "mrr_minor": Column("MRR of those months", "money"),
    "costs_minor": Column("Costs", "money"),
}


def under_target(rates: pd.DataFrame, currency: str) -> None:
    """Clients whose hour brought less than the target over three full months; without a target, how to set one."""
    st.subheader("Under the target", anchor=False)
    wanted = effort_findings.target(rates)
    if wanted is None:
        st.markdown("There is no target yet. Enter what an hour should bring; clients under it then stand here.")
        return
    amount = formats.plain(formats.money(round(wanted), currency, short=True))
    found, unknown = _under(rates)
    more = f" {formats.count(unknown, 'client')} without hours can’t be judged." if unknown else ""
    if found.empty:
        st.markdown(f"No client is known to be under {amount} an hour.{more}")
        return
    st.caption(f"{formats.count(len(found), 'client')} under {amount} an hour over the last 3 full months.{more}")
    opener = links.open_client(found)
    blocks.table(found, RATES, alt="Clients under the target", key="under_target", currency=currency, open_row=opener)
    blocks.download(found, f"under-target-{currency}.csv")


@once
def _under(rates: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Who is under the target, and how many who pay can't be judged."""
    found = rates[rates["is_under_target"].fillna(False).astype(bool)].reset_index(drop=True)
    return found, int((rates["hourly_rate_minor"].isna() & (rates["mrr_minor"].fillna(0) > 0)).sum())


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
    opened = warehouse.shown()
    rows = _allowances(opened, opened.version, month)
    if rows.empty:
        return
    st.subheader(formats.plain(_used(rows, month)), anchor=False)
    if not _is_recorded(rows):
        st.markdown("Neither hours nor repairs nor restores are recorded, so what was used of the allowances is not known.")
        return
    blocks.table(
        _shares(rows),
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


@lru_cache(maxsize=30)
def _allowances(opened: Warehouse, version: int, month: str) -> pd.DataFrame:
    return Kept(allowances.allowances(warehouse.metric, month))


@once
def _is_recorded(rows: pd.DataFrame) -> bool:
    return bool(rows[["hours_used", "repairs_used", "restores_used"]].notna().any(axis=None))


@once
def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    known = records(rows)
    shares = {name: [_share(row, name) for row in known] for name in ("hours", "repairs", "restores")}
    return rows.assign(**shares, period=[f"a {period}" for period in rows["period"]])


@once
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
    said = "no data" if formats.is_missing(value) else formats.decimal(value)
    return f"{said} of {formats.decimal(limit)}" if not formats.is_missing(limit) else f"{said}, no limit stated"
