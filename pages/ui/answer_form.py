"""What came of a sent proposal, on a page: followed up, accepted with a tier, declined with a reason, each to be taken back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.ui import formats, states, warehouse
from proposals import record
from proposals.record import Revision

REASONS = ("Too expensive", "Not now", "Chose somebody else", "Does it in-house", "No answer", "Another reason")


def show(row: Any, sent: Revision) -> None:
    """The steps that are open to this proposal as it stands; `row` is its row of the metric `proposals`."""
    if row["state"] in ("sent", "follow_up_due"):
        _waiting(row, sent)
    elif row["state"] in record.ledger.ANSWERS:
        _answered(row)


def _waiting(row: Any, sent: Revision) -> None:
    known, today = row["proposal_id"], warehouse.shown().today
    first = dt.date.fromisoformat(row["sent_on"])
    day = st.date_input(
        "On which day",
        today,
        min_value=min(first, today),
        max_value=today,
        format="YYYY-MM-DD",
        key=f"answer_on_{known}",
        width=150,
    )
    on = day if isinstance(day, dt.date) else today
    with st.grid(3, min_column_width=240):
        with st.container(border=True, height="stretch"):
            st.markdown("**No answer yet**")
            after = record.working_days_after(on, warehouse.settings().follow_up_days)
            given = st.date_input("Follow up again on", after, min_value=on, format="YYYY-MM-DD", key=f"next_{known}_{on}")
            next_on = given if isinstance(given, dt.date) else after
            _step("Followed up", lambda: record.follow_up(warehouse.shown(), known, on=on, next_on=next_on))
        with st.container(border=True, height="stretch"):
            st.markdown("**Accepted**")
            tiers = {tier["id"]: tier for tier in sent.content["offer"]["tiers"]}
            tier = st.selectbox(
                "Tier",
                list(tiers),
                list(tiers).index(row["recommended_tier"]) if row["recommended_tier"] in tiers else 0,
                format_func=lambda one: (
                    f"{tiers[one]['name']}, {formats.money(tiers[one]['price_minor'], tiers[one]['currency'], short=True)}"
                ),
                key=f"tier_{known}",
            )
            _step("Mark as accepted", lambda: record.accept(warehouse.shown(), known, str(tier), on=on))
        with st.container(border=True, height="stretch"):
            st.markdown("**Declined**")
            reason = st.selectbox("Reason", REASONS, accept_new_options=True, key=f"reason_{known}")
            _step("Mark as declined", lambda: record.decline(warehouse.shown(), known, str(reason or ""), on=on))
    if st.button("It was not sent after all", type="tertiary", icon=":material/undo:", key=f"withdraw_{known}"):
        with states.changing():
            record.withdraw(warehouse.shown(), known)


def _answered(row: Any) -> None:
    known = row["proposal_id"]
    if row["state"] == "accepted":
        _measured(row)
    if st.button("Take the answer back", type="tertiary", icon=":material/undo:", key=f"reopen_{known}"):
        with states.changing():
            record.reopen(warehouse.shown(), known)


def _measured(row: Any) -> None:
    """Accepted MRR beside what is measured for the client, who can be chosen."""
    everyone = warehouse.metric("clients")
    names = dict(zip(everyone["client_id"], everyone["client_name"], strict=True))
    if row["client_id"]:
        names.setdefault(row["client_id"], row["client_name"] or row["client_id"])
    options = ["", *names]
    key = f"client_{row['proposal_id']}_{row['client_id']}"
    st.selectbox(
        "Client whose MRR stands against it",
        options,
        options.index(row["client_id"]) if row["client_id"] else 0,
        format_func=lambda one: names.get(one, "Matched by e-mail address"),
        key=key,
        on_change=_choose,
        args=(row["proposal_id"], key),
        width=330,
    )
    st.markdown(formats.plain(measured(row)))


def _choose(proposal_id: str, key: str) -> None:
    record.choose_client(warehouse.shown(), proposal_id, str(st.session_state[key] or "") or None)


def measured(row: Any) -> str:
    """What was accepted against what that client pays now, as a sentence."""
    agreed = formats.money(row["accepted_mrr_minor"], row["currency"])
    if row["measured_mrr_minor"] is None:
        return f"Accepted {agreed} a month; nothing recurring is measured for this client yet."
    now = formats.money(row["measured_mrr_minor"], row["currency"])
    difference = int(row["difference_minor"])
    if not difference:
        return f"Accepted {agreed} a month, and that is what the client pays now."
    more = "more" if difference > 0 else "less"
    return f"Accepted {agreed} a month; the client pays {now} now, {formats.money(abs(difference), row['currency'])} {more}."


def _step(label: str, act: Callable[[], None]) -> None:
    if st.button(label, key=f"do_{label}"):
        with states.changing():
            act()
