"""Why a figure is what it is: the rows that it is the sum of, with the sum below them."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.ui import blocks, findings, formats, links, palette, rows, warehouse
from pages.ui.blocks import Column
from pages.ui.once import once


def movements_by_kind(moved: pd.DataFrame, currency: str, key: str, alt: str) -> None:
    """A month's movements with a choice of kinds above them and their sums below: MRR, customers and ARPA."""
    kinds = [kind for kind in palette.KINDS if kind in set(moved["kind"])]
    chosen = kinds
    if len(kinds) > 1:
        chosen = st.pills("Kind", kinds, selection_mode="multi", format_func=_word, label_visibility="collapsed") or kinds
    shown = _of_kinds(moved, chosen)
    rows.movements(shown, currency, key, alt, hide=())
    st.caption(formats.plain(together(shown, currency)))


@once
def _of_kinds(moved: pd.DataFrame, kinds: Sequence[str]) -> pd.DataFrame:
    return moved[moved["kind"].isin(kinds)]


def _word(kind: str) -> str:
    return palette.KINDS[kind][0]


@once
def together(moved: pd.DataFrame, currency: str) -> str:
    """What movements add up to, as the headline figures show it: “Together: +$251.00 of MRR, +1 customer, −$4.26 of ARPA.”"""
    number = int(moved["customers_step"].sum())
    noun = "customer" if abs(number) == 1 else "customers"
    parts = [f"{formats.money(sum(findings.signed(moved)), currency, signed=True)} of MRR", f"{formats.step(number)} {noun}"]
    if moved["arpa_step_minor"].notna().all():
        parts.append(f"{formats.money(moved['arpa_step_minor'].sum(), currency, signed=True)} of ARPA")
    return f"Together: {formats.listing(parts)}."


def committed(changes: pd.DataFrame, currency: str) -> None:
    """Rows of committed_changes with their sum, which is committed MRR less MRR; a sentence where there is none."""
    if changes.empty:
        st.markdown("Nobody is set to leave, and no change is scheduled.")
        return
    columns = {
        "client_name": rows.CLIENT,
        "what": Column("What", "word"),
        "date": Column("On", "date"),
        "change_minor": Column("MRR", "change"),
    }
    opens = links.open_client(changes)
    blocks.table(changes, columns, alt="Set to leave or change", key="leavers", currency=currency, open_row=opens, rows=8)
    total = formats.money(changes["change_minor"].sum(), currency, signed=True)
    st.caption(formats.plain(f"Together: {total}, which is committed MRR against the MRR of now."))
    blocks.download(changes, f"committed-changes-{currency}.csv")


def behind_churn(month: str, currency: str) -> None:
    """What a month's churn rates, GRR and NRR are made of, each one click away and read only then."""
    behind = st.expander(f"Why these rates? What {formats.month(month)} lost and won", key="behind", on_change="rerun")
    if behind.open:
        with behind:
            moved = warehouse.metric("movements", month, month, currency)
            step = findings.of_month(warehouse.metric("mrr_movements", month, month, currency), month)
            rates(moved, int(step["opening_minor"]), currency, f"rates-{month}")
    before = warehouse.metric("retention", month, month, currency)
    if not before.empty:
        year = st.expander("Why this GRR and NRR? Each client of a year before", key="year-before", on_change="rerun")
        if year.open:
            with year:
                retention(warehouse.metric("retention_clients", month, month, currency), currency)


def rates(moved: pd.DataFrame, opening_minor: int, currency: str, key: str) -> None:
    """The movements that a month's churn rates count, each as a share of the MRR at its start, and their sums below."""
    shown = _weighed(moved, opening_minor)
    if shown.empty:
        st.markdown("Nothing was lost, won back or changed in the month, so both rates are zero.")
        return
    columns = {
        "client_name": rows.CLIENT,
        "amount_minor": Column("Change", "change"),
        "share": Column("Of MRR at the start", "rate"),
        "kind": "Kind",
        "cause": Column("Why", "word", width="large"),
        "date": Column("Date", "date"),
    }
    opens = links.open_client(shown)
    blocks.table(shown, columns, alt="What the rates are made of", key=key, currency=currency, open_row=opens, rows=8)
    st.caption(formats.plain(_rates_told(shown, opening_minor, currency)))
    blocks.download(moved[moved["kind"] != "new"], f"{key}-{currency}.csv")


@once
def _weighed(moved: pd.DataFrame, opening_minor: int) -> pd.DataFrame:
    counted = moved[moved["kind"] != "new"].reset_index(drop=True)
    amounts = findings.signed(counted)
    return counted.assign(
        amount_minor=amounts,
        share=pd.Series([amount / opening_minor if opening_minor else None for amount in amounts], dtype="float64"),
        cause=[findings.cause(cause) for cause in counted["cause"]],
        kind=[_word(kind) for kind in counted["kind"]],
    )


def _rates_told(shown: pd.DataFrame, opening_minor: int, currency: str) -> str:
    lost = -int(shown["amount_minor"].clip(upper=0).sum())
    won = int(shown["amount_minor"].clip(lower=0).sum())
    opening = formats.money(opening_minor, currency)
    if not opening_minor:
        return "There was no MRR at the month’s start, so there is no rate."
    gross, net = formats.rate(lost / opening_minor), formats.rate((lost - won) / opening_minor)
    return (
        f"Lost or shrunk: {formats.money(lost, currency)} of {opening}, {gross} gross. "
        f"Less {formats.money(won, currency)} of upgrades and returns: {net} net. New clients count in neither."
    )


def retention(pairs: pd.DataFrame, currency: str) -> None:
    """Rows of retention_clients of one month, and the sums that GRR and NRR divide."""
    columns = {
        "client_name": rows.CLIENT,
        "then_minor": Column("MRR a year before", "money"),
        "kept_minor": Column("Kept of it", "money"),
        "now_minor": Column("MRR at the month’s end", "money"),
    }
    opens = links.open_client(pairs)
    blocks.table(pairs, columns, alt="Clients of a year before", key="retention", currency=currency, open_row=opens, rows=8)
    then, kept, now = (int(pairs[f"{name}_minor"].sum()) for name in ("then", "kept", "now"))
    money = [formats.money(minor, currency) for minor in (then, kept, now)]
    st.caption(
        formats.plain(
            f"Together: {money[0]} a year before; {money[1]} kept of it, GRR {formats.rate(kept / then)}; "
            f"{money[2]} at the month’s end, NRR {formats.rate(now / then)}."
        )
    )
    blocks.download(pairs, f"retention-{currency}.csv")


def tier_changes(changes: pd.DataFrame, currency: str, month: str) -> None:
    """Rows of tier_changes of one month: who changed each tier, and why."""
    if changes.empty:
        st.markdown("Nobody’s MRR changed in the month.")
        return
    shown = _caused(changes)
    columns = {
        "client_name": rows.CLIENT,
        "tier": "Tier",
        "change_minor": Column("Change", "change"),
        "cause": Column("Why", "word", width="large"),
        "date": Column("Date", "date"),
        "proof": Column("In Stripe", "link"),
    }
    if shown["proof"].isna().all():
        del columns["proof"]
    opens = links.open_client(shown)
    blocks.table(shown, columns, alt="Who changed each tier", key="tier-changes", currency=currency, open_row=opens)
    blocks.download(changes, f"tier-changes-{month}-{currency}.csv")


@once
def _caused(changes: pd.DataFrame) -> pd.DataFrame:
    addresses = [links.stripe(*ids) for ids in zip(changes["proof"], changes["subscription_id"], strict=True)]
    return changes.reset_index(drop=True).assign(
        cause=[findings.cause(cause) for cause in changes["cause"]], proof=pd.Series(addresses, dtype="object")
    )
