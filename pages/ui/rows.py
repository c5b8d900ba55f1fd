"""The rows behind the pictures, the same on every page: movements, prices and clients as tables with their download."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.ui import blocks, churn_findings, findings, formats, links, palette
from pages.ui.blocks import Column
from pages.ui.once import once

CLIENT = Column("Client", width=170)
GAINED = {"new": "New", "reactivation": "Back", "expansion": "Expansion", "moved_in": "Moved in"}
LOST = {"contraction": "Contraction", "churn": "Churn", "moved_out": "Moved out"}


STEPS = ("customers_step", "arpa_step_minor")


def movements(moved: pd.DataFrame, currency: str, key: str, alt: str, *, hide: Sequence[str] = STEPS, rows: int = 10) -> None:
    """Rows of movements, each with its cause and the object behind it; losses below zero, columns of `hide` left out."""
    shown = _told(moved)
    columns = {
        "client_name": CLIENT,
        "amount_minor": Column("Change", "change"),
        "cause": Column("Why", "word", width="large"),
        "kind": "Kind",
        "date": Column("Date", "date"),
        "to_minor": Column("MRR after", "money"),
        "customers_step": Column("Customers", "step"),
        "arpa_step_minor": Column("ARPA", "change"),
        "proof": Column("In Stripe", "link"),
    }
    if "client_name" in hide:  # of one client the day is what tells rows apart
        columns = {"date": columns["date"], **columns}
    hidden = {*hide, "proof"} if shown["proof"].isna().all() else set(hide)
    columns = {name: spec for name, spec in columns.items() if name not in hidden}
    opens = None if "client_name" in hidden else links.open_client(shown)
    blocks.table(shown, columns, alt=alt, key=key, currency=currency, open_row=opens, rows=rows)
    blocks.download(moved, f"{key}-{currency}.csv")


@once
def _told(moved: pd.DataFrame) -> pd.DataFrame:
    shown = moved.reset_index(drop=True)
    shown["amount_minor"] = findings.signed(shown)
    shown["cause"] = [findings.cause(cause) for cause in shown["cause"]]
    shown["kind"] = [palette.KINDS[kind][0] for kind in shown["kind"]]
    shown["proof"] = [links.stripe(*ids) for ids in zip(shown["proof"], shown["subscription_id"], strict=True)]
    return shown


def tier_walk(walked: pd.DataFrame, order: Sequence[str], currency: str, month: str) -> None:
    """Rows of tier_movements of one month, in the tiers' order; kinds of movement that did not happen are left out."""
    shown = _signed(walked, list(order))
    happened = {f"{kind}_minor": label for kind, label in (GAINED | LOST).items() if walked[f"{kind}_minor"].any()}
    columns = {"tier": "Tier", "opening_minor": Column("Opening", "money")}
    columns |= {name: Column(label, "money") for name, label in happened.items()} | {
        "closing_minor": Column("Closing", "money")
    }
    said = f"MRR of each tier from opening to closing, {formats.month(month)}"
    blocks.table(shown, columns, alt=said, key="tier-walk", currency=currency)
    st.caption("What a client took from one tier to another has moved; only the rest is an expansion or a contraction.")
    blocks.download(walked, f"tier-movements-{month}-{currency}.csv")


@once
def _signed(walked: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    places = {tier: place for place, tier in enumerate(order)}
    sorted_ = walked.sort_values("tier", key=lambda tiers: tiers.map(places).fillna(len(places)))
    return sorted_.assign(**{f"{kind}_minor": -sorted_[f"{kind}_minor"] for kind in LOST})


def prices(items: pd.DataFrame, currency: str, key: str, alt: str, *, of_one_client: bool = False) -> None:
    """Rows of item_prices: what is paid in force now, and when it renews."""
    shown = _billed(items)
    columns = {
        "client_name": CLIENT,
        "product_name": "Product",
        "tier": "Tier",
        "mrr_minor": Column("A month", "money"),
        "unit_amount_minor": Column("Price", "money"),
        "quantity": Column("Quantity", "count"),
        "billed": "Billed",
        "next_renewal_on": Column("Renews on", "date"),
    }
    if of_one_client:
        del columns["client_name"]
    opens = None if of_one_client else links.open_client(shown)
    blocks.table(shown, columns, alt=alt, key=key, currency=currency, open_row=opens)
    blocks.download(items, f"{key}-{currency}.csv")


@once
def _billed(items: pd.DataFrame) -> pd.DataFrame:
    spans = zip(items["interval_count"], items["interval"], strict=True)
    return items.reset_index(drop=True).assign(billed=[formats.every(count, unit) for count, unit in spans])


def at_risk(clients: pd.DataFrame, currency: str) -> None:
    """Clients with an overdue charge, paused or set to leave, or a sentence that there is none."""
    risk = churn_findings.at_risk(clients)
    if risk.empty:
        st.markdown("Nobody: no charge is overdue, nobody is paused or set to leave.")
        return
    columns = {
        "client_name": CLIENT,
        "risk": "Why",
        "mrr_minor": Column("MRR", "money"),
        "tier": "Tier",
        "leaves_on": Column("Leaves on", "date"),
        "last_paid_on": Column("Last paid", "date"),
    }
    blocks.table(risk, columns, alt="Clients at risk", key="risk", currency=currency, open_row=links.open_client(risk))
    blocks.download(risk, f"at-risk-{currency}.csv")


def clients(found: pd.DataFrame, currency: str) -> None:
    """Clients with standing, tier, MRR and what they have paid."""
    columns = {
        "client_name": CLIENT,
        "standing": Column("Standing", "word"),
        "tier": "Tier",
        "mrr_minor": Column("MRR", "money"),
        "since_on": Column("Since", "date"),
        "months": Column("Months", "count"),
        "paid_total_minor": Column("Paid in all", "money"),
        "last_paid_on": Column("Last paid", "date"),
        "leaves_on": Column("Leaves on", "date"),
        "email": "E-mail",
    }
    opens = links.open_client(found)
    blocks.table(found, columns, alt="Clients", key="clients", currency=currency, open_row=opens, rows=18)
    blocks.download(found, f"clients-{currency}.csv")
