"""Putting a proposal on record from its page: save a draft, mark it as sent, go on with one that stands there."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.errors import AppError
from data.money import to_major
from data.pricing import price_book
from data.pricing.price_book import PriceBook
from pages.ui import formats, notes_box, states, warehouse
from proposals import record
from proposals.brief import Brief
from proposals.email import Email
from proposals.offer import Offer

OPENED = "opened_record"  # what these notes began from: {proposal_id, client_id, notes, corrections}
OPEN_STATES = ("drafted", "sent", "follow_up_due")


def open_notes(content: Mapping[str, Any], proposal_id: str) -> None:
    """Take what stands on record to the proposal page: notes, corrections, prices, language and the e-mail's text."""
    offer, state = content["offer"], st.session_state
    state[notes_box.KEY], state[notes_box.VIEW] = content["notes"], "Marked"
    state[OPENED] = {"proposal_id": proposal_id, "notes": content["notes"], "corrections": content["corrections"]}
    state["email_edit"] = {"base": "", "text": content["source"]}
    state["is_new_client"] = offer["is_new_client"]
    state[f"language_{offer['notes_language']}"] = offer["language"]
    for tier in offer["tiers"]:
        state[f"price_{offer['price_book']}_{tier['id']}"] = float(to_major(tier["price_minor"], tier["currency"]))
    settings = warehouse.settings()
    names = (name for name in price_book.available(settings.home))
    for name in names:
        if price_book.load(name, settings.home).id == offer["price_book"]:
            state[f"book_{hash(content['notes'])}"] = name
    st.switch_page("proposal.py")


def show_one(proposal_id: str) -> None:
    """Show one proposal, under its own address; for callbacks of the proposal page."""
    st.query_params["proposal"] = proposal_id


def corrected(read: Brief, notes: str) -> Brief:
    """The brief with the corrections that stand on record, where these notes were opened from there and are unchanged."""
    opened = _opened()
    return record.corrected(read, opened.get("corrections") or {}) if opened.get("notes") == notes else read


def form_key(notes: str, book: PriceBook, found: Brief) -> str:
    """The key of the brief's form: other notes, another book, or facts read or kept otherwise begin it anew."""
    return f"brief_{hash((notes, book.id, repr(found)))}"


def keep(made: Offer, read: Brief, notes: str, mail: Email) -> None:
    """The last step on the page: save as a draft, or mark as sent with the day of the follow-up."""
    opened = warehouse.shown()
    content = record.content_of(made, mail, notes, read)
    known = _matching(content)
    st.subheader("On record", anchor=False)
    if warehouse.settings().is_demo:
        st.caption("This is the demo: what you put on record here goes when it is made anew, at the latest tomorrow.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = _which(known)
        if chosen and record.is_last_sent(opened, chosen, content):
            st.success(f"Proposal {chosen} stands on record as sent, word for word. Change something to send a new revision.")
            st.button(f"Open {chosen}", on_click=show_one, args=(chosen,), icon=":material/history:")
            return
        sent_on, follow_up_on = _days(opened.today)
        is_sent = st.button("Mark as sent", type="primary", icon=":material/send:")
        is_saved = st.button("Save as draft", icon=":material/save:")
    if not (is_sent or is_saved):
        st.caption("Marking it as sent freezes tiers, prices and text. It sends nothing: your mail program does.")
        return
    try:
        if is_sent:
            client = _opened().get("client_id") if str(_opened().get("notes") or "-") in notes else None
            kept = record.send(
                opened, content, on=sent_on, follow_up_on=follow_up_on, proposal_id=chosen, client_id=client
            ).proposal_id
        else:
            kept = record.save_draft(opened, content, chosen)
    except AppError as error:
        states.show_error(error)
        return
    st.session_state[OPENED] = {**_opened(), "proposal_id": kept}
    words = f"sent. Follow up on {formats.date(follow_up_on)}." if is_sent else "a draft."
    st.toast(f"Proposal {kept} is on record as {words}", icon=":material/task_alt:")
    st.rerun()


def _opened() -> dict[str, Any]:
    held: dict[str, Any] = st.session_state.get(OPENED) or {}
    return held


def _which(known: dict[str, str]) -> str | None:
    """The proposal that this belongs to; None for a new one. Asked only where one on record fits."""
    if not known:
        return None
    choice: str | None = st.selectbox(
        "This belongs to",
        [*known, ""],
        format_func=lambda one: known.get(str(one), "A new proposal"),
        width=330,
        key="belongs_to",
    )
    return choice or None


def _days(today: dt.date) -> tuple[dt.date, dt.date]:
    sent_on = st.date_input("Sent on", today, max_value=today, format="YYYY-MM-DD", key="sent_on", width=150)
    day = sent_on if isinstance(sent_on, dt.date) else today
    after = record.working_days_after(day, warehouse.settings().follow_up_days)
    follow_up_on = st.date_input(
        "Follow up on", after, min_value=day, format="YYYY-MM-DD", key=f"follow_up_on_{day}", width=150
    )
    return day, follow_up_on if isinstance(follow_up_on, dt.date) else after


def _matching(content: Mapping[str, Any]) -> dict[str, str]:
    """Open proposals that this may be a revision of: the one opened, and those to the same person; id → how it is told."""
    frame = warehouse.metric("proposals")
    mine, contact = _opened().get("proposal_id"), content["contact"]
    found: dict[str, str] = {}
    for row in frame[frame["state"].isin(OPEN_STATES)].to_dict("records"):
        same = any(
            contact[part] and contact[part] == row[column] for part, column in (("email", "email"), ("company", "company"))
        )
        if row["proposal_id"] not in found and (same or row["proposal_id"] == mine):
            who = row["company"] or row["contact_name"] or row["email"] or "no name"
            found[row["proposal_id"]] = f"{row['proposal_id']}, {who}, {row['state'].replace('_', ' ')}"
    return dict(sorted(found.items(), key=lambda pair: pair[0] != mine))
