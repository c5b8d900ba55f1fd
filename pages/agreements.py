"""Agreements: contracts with clients, who has signed what and who has not; one of them under its own address (F4–F17)."""

import streamlit as st

from pages.ui import agreement_coverage, agreement_desk, agreement_register, agreement_start, blocks, states, warehouse

RULES = [
    "What was sent stands as it was; a change is a new revision. A template, not legal advice: have a lawyer review it.",
    "Retainers that are paid outside Stripe are entered on Data → Sources; they are revenue, not contracts.",
]

blocks.head("Agreements", "Who has signed what, and who has not?")
asked = str(st.query_params.get("agreement", ""))
if asked and agreement_desk.one(asked):
    blocks.foot(rules=RULES)
    st.stop()

register = warehouse.metric("agreement_register")
coverage = warehouse.metric("agreement_coverage")
if not coverage.empty or not register.empty:
    agreement_coverage.figures(coverage, register)
is_asked = bool({"client", "proposal"} & set(st.query_params))  # a link from Today or a proposal leads to the form
if not is_asked:
    agreement_coverage.show(coverage)
agreement_start.show(is_open=is_asked or register.empty)
if register.empty and coverage.empty:
    states.empty("No agreements yet", "Every agreement with its revisions, and clients who pay without one.")
if is_asked:
    agreement_coverage.show(coverage)
agreement_register.show(register)
blocks.foot(rules=RULES)
