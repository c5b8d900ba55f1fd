"""One agreement on its page: how it stands, what can be done next, and every revision with what it changed."""

import streamlit as st

from data.errors import InputError
from pages.ui import (
    agreement_act,
    agreement_changes,
    agreement_papers,
    agreement_steps,
    agreement_terms,
    formats,
    states,
    warehouse,
)
from pages.ui.agreement_register import STATES
from proposals.agreement import ledger, reviews, standing
from proposals.agreement.standing import Agreement, Revision
from proposals.agreement.terms import Terms

NOT_ADVICE = "A template, not legal advice: have a lawyer review it."


def one(agreement_id: str) -> bool:
    """The agreement of that id; False where there is none."""
    opened = warehouse.shown()
    try:
        agreement = standing.read(opened, agreement_id)
    except InputError:
        st.warning("There is no such agreement on record; here are all of them.")
        return False
    st.button("All agreements", on_click=st.query_params.clear, icon=":material/arrow_back:", type="tertiary")
    terms = agreement.terms
    if terms is None:
        st.markdown(f"Agreement {agreement.id} holds nothing: its draft was discarded.")
        return True
    _head(agreement, terms)
    seen = agreement_act.seen(agreement)
    if not agreement.is_intact:
        states.show_error(ledger.AlteredAgreement())
    _legal(terms)
    if agreement.draft is not None:
        agreement_terms.edit(agreement, seen)
        agreement_steps.send(agreement, seen)
    newest = agreement.newest
    if newest and newest.state == "sent":
        agreement_papers.notice(agreement, newest)
        agreement_steps.sign(agreement, newest, seen)
    if newest and not agreement.is_ended:
        agreement_steps.go_on(agreement, seen)
    _revisions(agreement)
    return True


def _head(agreement: Agreement, terms: Terms) -> None:
    colour, word = STATES["draft"] if agreement.draft else STATES[agreement.newest.state if agreement.newest else "draft"]
    st.subheader(
        formats.plain(f"{terms.client.name or 'No name yet'} ({agreement.id})") + f" :{colour}-badge[{word}]", anchor=False
    )
    fee = f"{formats.money(terms.monthly_minor, terms.currency)} a month"
    parts = [f"{terms.tier}, {fee}" if terms.tier else fee]
    if agreement.newest:
        parts.append(f"revision {agreement.newest.number} sent on {formats.date(str(agreement.newest.sent.on))}")
    if agreement.in_force and agreement.in_force.signed:
        signed = agreement.in_force.signed
        parts.append(f"revision {agreement.in_force.number} signed by {signed.detail['by']} on {formats.date(str(signed.on))}")
    if agreement.draft:
        parts.append(f"revision {len(agreement.revisions) + 1} in draft")
    st.markdown(formats.plain("; ".join(parts) + "."))


def _legal(terms: Terms) -> None:
    review = reviews.standing(warehouse.shown(), terms)
    if review is None:
        st.caption(f":material/gavel: {NOT_ADVICE}")
    else:
        said = f"Wording reviewed by {review.reviewer} on {formats.date(str(review.on))}."
        st.caption(":material/gavel: " + formats.plain(said))


def _revisions(agreement: Agreement) -> None:
    if agreement.revisions:
        st.subheader("Revisions", anchor=False)
    for place in range(len(agreement.revisions) - 1, -1, -1):
        before = agreement.revisions[place - 1] if place else None
        _revision(agreement, agreement.revisions[place], before)


def _revision(agreement: Agreement, revision: Revision, before: Revision | None) -> None:
    word = STATES[revision.state][1].lower()
    with st.expander(
        f"Revision {revision.number}, sent on {formats.date(str(revision.sent.on))}: {word}", icon=":material/lock:"
    ):
        change = revision.change
        st.markdown(formats.plain(f"{change.author}: {change.note}"))
        if revision.signed:
            detail = revision.signed.detail
            kept = f" Kept: {detail['note']}" if detail["note"] else ""
            st.markdown(formats.plain(f"Signed by {detail['by']} on {formats.date(str(revision.signed.on))}.{kept}"))
        if agreement.is_intact:
            st.caption(f":material/verified: As it was sent. SHA-256 of the PDF `{revision.sha256}`")
            agreement_papers.downloads(agreement, revision)
        if before:
            agreement_changes.show(before.document, revision.document)
