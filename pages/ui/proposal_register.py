"""Proposals on record: the list with its rates, and one proposal with its state, what to do next and every revision."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data.pricing import price_book
from pages.ui import answer_form, blocks, formats, languages, on_record, states, warehouse
from pages.ui.blocks import Column
from proposals import record
from proposals.record import Revision

STATES = {
    "drafted": ("gray", "Draft"),
    "sent": ("blue", "Sent"),
    "follow_up_due": ("orange", "Follow-up due"),
    "accepted": ("green", "Accepted"),
    "declined": ("gray", "Declined"),
    "superseded": ("gray", "Superseded"),
    "withdrawn": ("gray", "Not sent after all"),
}
LIKELY = "Between these two the true rate lies with 95 % probability (Jeffreys interval)."
DIMENSIONS = {
    "tier": "Tier taken, of those that it was offered to",
    "recommended_tier": "Tier recommended",
    "objection": "Objection heard",
    "language": "Language",
}


def show() -> None:
    """All proposals, the newest revision of each, with figures and rates; nothing where there are none yet."""
    every = warehouse.metric("proposals")
    if every.empty:
        return
    newest = every.drop_duplicates("proposal_id").reset_index(drop=True)
    outcomes = warehouse.metric("proposal_outcomes")
    st.subheader(formats.plain(finding(newest, outcomes)), anchor=False)
    _figures(newest, outcomes)
    newest["who"] = [who(row) for row in newest.to_dict("records")]
    newest["told"] = [STATES[state][1] for state in newest["state"]]
    ids = list(newest["proposal_id"])
    for currency in dict.fromkeys(newest["currency"]):
        rows = newest[newest["currency"] == currency].reset_index(drop=True)
        columns: dict[str, Any] = {
            "who": Column("Proposal to", width="medium"),
            "told": "State",
            "sent_on": Column("Sent", "date"),
            "follow_up_on": Column("Follow up", "date"),
            "tier": "Tier taken",
            "days_to_answer": Column("Days to answer", "count"),
            "accepted_mrr_minor": Column("Accepted a month", "money"),
            "measured_mrr_minor": Column("Pays now", "money", help="MRR of that client as measured today, in this currency."),
        }
        columns = {name: spec for name, spec in columns.items() if name in ("who", "told") or rows[name].notna().any()}
        blocks.table(
            rows,
            columns,
            alt=f"Proposals in {currency.upper()}, the newest first",
            key=f"register_{currency}",
            currency=currency,
            open_row=_opener(list(rows["proposal_id"])),
        )
    with st.container(horizontal=True):
        blocks.download(every, "proposals.csv")
    if len(ids) and outcomes["answered"].sum():
        with st.expander("What is accepted, by tier, objection and language"):
            _rates(outcomes)


def finding(newest: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """How proposals fare, in a sentence."""
    every = outcomes[outcomes["dimension"] == "all"]
    due = int((newest["state"] == "follow_up_due").sum())
    asks = f"; {formats.count(due, 'follow-up')} due" if due else ""
    if every.empty or not every.iloc[0]["answered"]:
        return f"{formats.count(len(newest), 'proposal')} on record, none answered yet{asks}"
    row = every.iloc[0]
    return f"{formats.of(row['accepted'], row['answered'])} answered proposals accepted{asks}"


def likely(row: Any) -> str:
    """The interval of a rate, as a few words: with few answers it is wide."""
    return f"95 %: {formats.rate(row['low'])} to {formats.rate(row['high'])}"


def who(row: Any) -> str:
    """Whom a proposal is to: company or person, with its number."""
    name = next((row[part] for part in ("company", "contact_name", "email") if not formats.is_missing(row[part])), "No name")
    return f"{name} ({row['proposal_id']})"


def one(proposal_id: str) -> bool:
    """One proposal under its own address; False where there is none of that id."""
    every = warehouse.metric("proposals")
    rows = every[every["proposal_id"] == proposal_id]
    if rows.empty:
        st.warning("There is no such proposal on record; here are all of them.")
        return False
    newest = rows.iloc[0].where(rows.iloc[0].notna(), None)
    colour, word = STATES[newest["state"]]
    st.subheader(f"{formats.plain(who(newest))} :{colour}-badge[{word}]", anchor=False)
    st.markdown(formats.plain(story(newest)))
    revisions = record.revisions(warehouse.shown(), proposal_id)
    current = rows[~rows["state"].isin(["withdrawn", "drafted"])]
    if not current.empty:
        standing = current.iloc[0].where(current.iloc[0].notna(), None)
        sent = next(revision for revision in revisions if revision.revision == standing["revision"])
        answer_form.show(standing, sent)
    with st.container(horizontal=True):
        if st.button("Open its notes", icon=":material/edit_note:", key="open_notes"):
            _open(proposal_id)
        if newest["state"] == "accepted" and st.button("Draft its agreement", icon=":material/contract_edit:"):
            st.switch_page("agreements.py", query_params={"proposal": proposal_id})
        if newest["state"] == "drafted":
            st.button("Discard draft", on_click=_discard, args=(proposal_id,), icon=":material/delete:", type="tertiary")
        st.button("All proposals", on_click=st.query_params.clear, icon=":material/arrow_back:", type="tertiary")
    known = {int(row["revision"]): row for row in rows.to_dict("records")}
    for revision in reversed(revisions):
        _revision(revision, known[revision.revision])
    return True


def story(row: Any) -> str:
    """What has happened to a proposal so far, in sentences."""
    parts = [f"Revision {int(row['revision'])}"]
    if row["sent_on"]:
        parts.append(f"sent on {formats.date(row['sent_on'])}")
    if row["follow_up_on"]:
        parts.append(f"follow-up on {formats.date(row['follow_up_on'])}")
    if row["answered_on"]:
        days = formats.count(row["days_to_answer"], "day")
        parts.append(f"{row['state']} on {formats.date(row['answered_on'])}, after {days}")
    if row["tier"]:
        parts.append(f"{row['tier']} at {formats.money(row['accepted_mrr_minor'], row['currency'])} a month")
    text = ", ".join(parts) + "."
    if row["state"] == "declined":
        text += f" Reason: {row['reason']}"
    return text


def _figures(newest: pd.DataFrame, outcomes: pd.DataFrame) -> None:
    every = outcomes[outcomes["dimension"] == "all"]
    row = every.iloc[0] if not every.empty else None
    waiting = newest[newest["state"].isin(["sent", "follow_up_due"])]
    with st.grid(3, min_column_width=150):
        due = int((waiting["state"] == "follow_up_due").sum())
        blocks.figure("Waiting", formats.count(len(waiting)), note=f"{formats.count(due, 'follow-up')} due")
        has_answers = row is not None and row["answered"] > 0
        blocks.figure(
            "Accepted",
            formats.rate(row["acceptance_rate"]) if row is not None and has_answers else "n/a",
            note=f"{formats.of(row['accepted'], row['answered'])} answered; {likely(row)}"
            if row is not None and has_answers
            else "No answer yet",
            help=warehouse.definition("proposal_outcomes"),
        )
        days = row["median_days"] if row is not None and has_answers else None
        blocks.figure(
            "Time to answer", formats.count(days, "day") if days is not None else "n/a", note="Median, from the first sending"
        )


def _rates(outcomes: pd.DataFrame) -> None:
    for dimension, title in DIMENSIONS.items():
        rows = outcomes[(outcomes["dimension"] == dimension) & (outcomes["sent"] > 0)].reset_index(drop=True)
        rows["value"] = [_value(dimension, str(value)) for value in rows["value"]]
        columns = {
            "value": Column(title, width="medium"),
            "sent": Column("Sent", "count"),
            "answered": Column("Answered", "count"),
            "accepted": Column("Accepted", "count"),
            "acceptance_rate": Column("Rate", "rate", help="Accepted of those answered"),
            "low": Column("At least", "rate", help=LIKELY),
            "high": Column("At most", "rate", help=LIKELY),
            "median_days": Column("Days", "count"),
        }
        blocks.table(rows, columns, alt=f"Acceptance by {dimension.replace('_', ' ')}", key=f"outcomes_{dimension}")


def _value(dimension: str, value: str) -> str:
    """A tier by its name in the price book, a language by its own; the rest as it stands, with a capital."""
    if dimension == "language":
        return languages.name(value)
    if dimension in ("tier", "recommended_tier"):
        home = warehouse.settings().home
        books = (price_book.load(name, home) for name in price_book.available(home))
        value = next((book.tier(value).name("en") for book in books if value in book.tier_ids), value)
    return formats.sentence(value.replace("_", " "))


def _revision(revision: Revision, row: Any) -> None:
    content, offer = revision.content, revision.content["offer"]
    title = f"Revision {revision.revision}, sent on {formats.date(row['sent_on'])}: {STATES[row['state']][1].lower()}"
    with st.expander(title, icon=":material/lock:", key=f"revision_{revision.revision}"):
        prices = [f"{tier['name']} {formats.money(tier['price_minor'], tier['currency'])}" for tier in offer["tiers"]]
        st.markdown(formats.plain(f"{formats.listing(prices)} a month; recommended: {_recommended(offer)}."))
        if revision.is_intact:
            st.caption(f":material/verified: As it was sent. SHA-256 `{revision.sha256}`")
        else:
            states.show_error(record.AlteredRevision())
        changed = ", ".join(content["corrections"]).replace("_", " ")
        if changed:
            st.caption(formats.plain(f"Corrected by you: {changed}."))
        st.code(f"{content['subject']}\n\n{content['text']}", language=None, wrap_lines=True)
        name = f"proposal-{revision.proposal_id}-{revision.revision}.eml"
        st.download_button(
            "Download (.eml)",
            content["eml"].encode("ascii", "surrogateescape"),
            name,
            "message/rfc822",
            on_click="ignore",
            key=name,
        )


def _recommended(offer: Any) -> str:
    return next((str(tier["name"]) for tier in offer["tiers"] if tier["is_recommended"]), "none")


def _opener(ids: list[str]) -> Callable[[int], None]:
    return lambda place: on_record.show_one(ids[place])


def _open(proposal_id: str) -> None:
    content = record.latest(warehouse.shown(), proposal_id)
    if content:
        on_record.open_notes(content, proposal_id)


def _discard(proposal_id: str) -> None:
    record.discard_draft(warehouse.shown(), proposal_id)
