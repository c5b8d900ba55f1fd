"""The terms of a draft as a form: tier, fee, parties, services, and the clauses; saved as the next revision's draft."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.errors import AppError, InputError
from data.money import to_major, to_minor
from data.pricing import price_book
from pages.ui import agreement_clauses, formats, languages, states, warehouse
from pages.ui.agreement_act import act
from proposals.agreement import drafting, parameters, record
from proposals.agreement.standing import Agreement
from proposals.agreement.terms import Party, Terms, from_dict
from proposals.language import codes

PARTY = {
    "name": "Legal name",
    "address": "Postal address",
    "number": "Company or tax number",
    "signatory": "Who signs",
    "email": "E-mail for notices",
}


def edit(agreement: Agreement, seen: str) -> None:
    """The form of the draft; saving it keeps it as the next revision's draft."""
    opened = warehouse.shown()
    assert agreement.draft is not None  # noqa: S101 - the page asks for it only where there is one
    draft = drafting.filled(agreement.draft, warehouse.settings())
    _tier(agreement, draft, seen)
    turn = f"{agreement.id}_{seen}"
    with st.form(f"terms_{turn}", border=False):
        raw = {**draft.to_dict(), **_fee(draft)}
        with st.expander("Parties", icon=":material/group:", expanded=not draft.client.address):
            left, right = st.columns(2, gap="large")
            with left:
                raw["provider"] = _party("You", draft.provider, turn)
            with right:
                raw["client"] = _party("The client", draft.client, turn)
                raw["client_id"] = _client(draft)
        with st.expander("Services", icon=":material/checklist:"):
            left, right = st.columns(2, gap="large")
            raw["services"] = left.text_area("Covered, one a line", "\n".join(draft.services), height=280)
            raw["not_covered"] = right.text_area("Not covered, one a line", "\n".join(draft.not_covered), height=280)
            raw["has_plugins"] = st.checkbox("Premium plugins are included", draft.has_plugins)
        with st.expander("Parameters of the clauses", icon=":material/tune:"), st.grid(3, min_column_width=230):
            asked = {name: agreement_clauses.parameter(each, draft) for name, each in parameters.parameters().items()}
        with st.expander("Clauses: which, and in which order", icon=":material/format_list_numbered:"):
            order = agreement_clauses.order(draft, turn)
            raw["has_initials"] = st.checkbox("A line for initials on every page", draft.has_initials)
        with st.expander("Your own clauses", icon=":material/post_add:"):
            own = agreement_clauses.own(draft, turn)
        is_saved = st.form_submit_button("Save the draft", type="primary", icon=":material/save:")
    for advice in drafting.advice(draft):
        st.caption(f":material/info: {formats.plain(advice)}")
    if is_saved:
        try:
            made = _made(raw, asked, order, own, draft)
        except AppError as error:
            states.show_error(error)
            return
        act(agreement.id, "The draft is saved.", lambda: record.save_draft(opened, made, agreement.id, seen=seen))


def _tier(agreement: Agreement, draft: Terms, seen: str) -> None:
    settings = warehouse.settings()
    book = price_book.in_use(settings)
    names = {tier.id: tier.name() for tier in book.tiers}
    with st.popover("Fill in from another tier", icon=":material/stacks:"):
        chosen = st.selectbox("Tier", list(names), format_func=names.__getitem__, key=f"other_tier_{agreement.id}")
        if st.button("Replace fee, hours and services", key=f"take_tier_{agreement.id}"):
            opened = warehouse.shown()

            def take() -> None:
                made = drafting.with_tier(draft, chosen, settings)
                record.save_draft(opened, made, agreement.id, seen=seen)

            act(agreement.id, f"Filled in from {names[chosen]}.", take)


def _fee(draft: Terms) -> dict[str, Any]:
    with st.grid(3, min_column_width=150):
        known = codes()
        code = st.selectbox(
            "Language",
            known,
            known.index(draft.language),
            format_func=languages.name,
        )
        tier = st.text_input("Plan, as printed", draft.tier)
        fee = st.text_input("Fee a month", str(to_major(draft.monthly_minor, draft.currency)))
        currency = st.text_input("Currency", draft.currency.upper(), max_chars=3)
        hours = st.text_input("Hours a month", "" if draft.hours is None else f"{draft.hours:g}", placeholder="None")
        starts_on = st.date_input("First day", draft.starts_on, format="YYYY-MM-DD")
    basis = st.text_input(
        "What the fixed fee rests on: the expected need and volume",
        draft.basis,
        placeholder="About four small changes a month",
    )
    day = starts_on if isinstance(starts_on, dt.date) else draft.starts_on
    return {
        "language": code, "tier": tier, "monthly_minor": fee, "currency": currency.strip().lower(),
        "hours": hours.strip() or None, "starts_on": day.isoformat(), "basis": basis,
    }  # fmt: skip


def _party(title: str, party: Party, turn: str) -> dict[str, str]:
    st.markdown(f"**{title}**")
    return {name: st.text_input(label, getattr(party, name), key=f"{title}_{name}_{turn}") for name, label in PARTY.items()}


def _client(draft: Terms) -> str | None:
    clients = warehouse.metric("clients").drop_duplicates("client_id")
    names = dict(zip(clients["client_id"], clients["client_name"], strict=True))
    known = [*names, *([draft.client_id] if draft.client_id and draft.client_id not in names else [])]
    chosen: str | None = st.selectbox(
        "Whose MRR stands against it", known, known.index(draft.client_id) if draft.client_id else None,
        format_func=lambda key: str(names.get(key, key)), placeholder="Found by e-mail address",
    )  # fmt: skip
    return chosen


def _made(
    raw: Mapping[str, Any], asked: Mapping[str, Any], order: list[tuple[str, bool]], own: list[dict[str, str]], draft: Terms
) -> Terms:
    """The terms as entered; InputError names what can't be used. Another language brings the price book's names in it."""
    entered = {
        **raw,
        "monthly_minor": _minor(raw["monthly_minor"], raw["currency"]),
        "parameters": {**asked, "hourly_rate_minor": _minor(asked["hourly_rate_minor"], raw["currency"])},
        "clauses": agreement_clauses.arranged(order, own),
        "own": own,
        "language": draft.language,
    }
    made = from_dict(entered)
    return made if raw["language"] == draft.language else drafting.in_language(made, raw["language"], warehouse.settings())


def _minor(text: str, currency: str) -> int:
    try:
        return to_minor(text.strip().replace(" ", "").replace(",", ".") or "0", currency)
    except ArithmeticError:
        raise InputError(f"“{text[:40]}” is no amount.", "Write it as 350 or 350.50.") from None
