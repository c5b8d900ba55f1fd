"""One proposal on record: its state, what to do next, and every revision word for word."""

from typing import Any

import streamlit as st

from pages.ui import answer_form, formats, on_record, states, warehouse
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
        days = row["days_to_answer"]
        after = f"after {formats.count(days, 'day')}" if days else "the same day"
        parts.append(f"{row['state']} on {formats.date(row['answered_on'])}, {after}")
    if row["tier"]:
        parts.append(f"{row['tier']} at {formats.money(row['accepted_mrr_minor'], row['currency'])} a month")
    text = ", ".join(parts) + "."
    if row["state"] == "declined":
        text += f" Reason: {row['reason']}"
    return text


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


def _open(proposal_id: str) -> None:
    content = record.latest(warehouse.shown(), proposal_id)
    if content:
        on_record.open_notes(content, proposal_id)


def _discard(proposal_id: str) -> None:
    record.discard_draft(warehouse.shown(), proposal_id)
