"""Where an agreement begins on its page: from an accepted proposal, or by hand for a client."""

from typing import Any

import streamlit as st

from data.errors import AppError
from data.pricing import price_book
from pages.ui import formats, languages, states, warehouse
from proposals.agreement import drafting, record
from proposals.agreement.known import Known, known_client
from proposals.agreement.terms import Party
from proposals.language import codes

BY_HAND = "By hand"


def show(*, is_open: bool) -> None:
    """The choices, and the button that makes the draft and opens it."""
    with st.expander("Draft an agreement", expanded=is_open, icon=":material/add:"):
        proposals = accepted()
        source = BY_HAND
        if proposals:
            options, asked = [*proposals, BY_HAND], str(st.query_params.get("proposal", ""))
            place = options.index(asked) if asked in options else options.index(BY_HAND) if "client" in st.query_params else 0
            source = str(st.selectbox("Begin from", options, place, format_func=lambda one: proposals.get(one, one), width=420))
        try:
            _by_hand() if source == BY_HAND else _from_proposal(source)
        except AppError as error:
            states.show_error(error)


def accepted() -> dict[str, str]:
    """Accepted proposals without an agreement: id → how they are told."""
    register, every = warehouse.metric("agreement_register"), warehouse.metric("proposals")
    rows = every[(every["state"] == "accepted") & ~every["proposal_id"].isin(register["proposal_id"])]
    return {
        str(row["proposal_id"]): f"Proposal {row['proposal_id']}: {_whom(row)}, {row['tier']}"
        for row in rows.to_dict("records")
    }


def _whom(row: Any) -> str:
    named = (row[part] for part in ("company", "contact_name", "email"))
    return next((str(name) for name in named if not formats.is_missing(name)), "no name")


def _from_proposal(proposal_id: str) -> None:
    opened = warehouse.shown()
    starts_on = st.date_input("First day", opened.today, format="YYYY-MM-DD", width=150, key="agreement_from_on")
    if st.button("Draft from this proposal", type="primary", icon=":material/contract_edit:"):
        made = drafting.from_proposal(
            opened, warehouse.settings(), proposal_id, starts_on=formats.as_day(starts_on) or opened.today
        )
        _open(record.save_draft(opened, made))


def _by_hand() -> None:
    opened, settings = warehouse.shown(), warehouse.settings()
    rows = {str(row["client_id"]): row for row in reversed(warehouse.metric("clients").to_dict("records"))}
    asked = str(st.query_params.get("client", ""))
    book = price_book.in_use(settings)
    names = {tier.name(): tier.id for tier in book.tiers}
    with st.grid(4, min_column_width=200):
        listed = [*reversed(rows)]  # who pays most comes first
        client = st.selectbox(
            "Client", listed, listed.index(asked) if asked in rows else None, placeholder="Choose, or type a name",
            format_func=lambda key: str(rows[key]["client_name"]) if key in rows else str(key), accept_new_options=True,
            key=f"agreement_client_{asked}",
        )  # fmt: skip
        row = rows.get(str(client), {})
        met = known_client(opened, str(client)) if row else Known(Party(name=str(client or "")), "en")
        place = list(names).index(row["tier"]) if row.get("tier") in names else 0
        tier = st.selectbox("Tier", list(names), place, key=f"agreement_tier_{client}")
        code = st.selectbox(
            "Language", codes(), codes().index(met.language), format_func=languages.name, key=f"agreement_language_{client}"
        )
        starts_on = st.date_input("First day", opened.today, format="YYYY-MM-DD")
    if row.get("tier") and row["tier"] not in names:
        st.caption(formats.plain(f"This client is billed “{row['tier']}”, which the price book does not know."))
    if st.button("Draft by hand", type="primary", icon=":material/contract_edit:", disabled=not client):
        made = drafting.by_hand(
            settings, language=code, tier_id=names[tier], client=met.party, client_id=str(client) if row else None,
            starts_on=formats.as_day(starts_on) or opened.today, book=book, **met.fee(names[tier], book),
        )  # fmt: skip
        _open(record.save_draft(opened, made))


def _open(agreement_id: str) -> None:
    st.query_params.from_dict({"agreement": agreement_id})
    st.rerun()
