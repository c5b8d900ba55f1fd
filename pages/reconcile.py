"""Reconcile: what another tool says each client pays a month, against our figures, with the rule behind each difference."""

import streamlit as st

from data import reconcile
from pages.ui import blocks, reconcile_answer, reconcile_file, rules_form, states, warehouse

blocks.head("Reconcile", "Do we agree with what another tool says, and if not, which rule makes the difference?")
ours = warehouse.metric("client_mrr")
if ours.empty:
    states.empty(
        "Nothing to compare with yet", "Where another tool and we differ, client by client, and which rule makes it so."
    )
    st.stop()

answer = st.container()
currencies = [str(currency) for currency in ours.groupby("currency")["mrr_minor"].sum().sort_values(ascending=False).index]
columns = None
file = reconcile_file.choose()
if file:
    table = reconcile_file.read(*file)
    columns = reconcile_file.confirm(table, currencies)
if file and columns:
    statement = reconcile.read_statement(table, columns)
    with answer:
        opened = warehouse.shown()
        comparison = reconcile_answer.compared(opened, str(opened.path), opened.version, statement)
        reconcile_answer.show(comparison, statement, warehouse.settings())

with st.expander("Rules in use, and their switches", icon=":material/tune:"):
    rules_form.show(warehouse.settings())
blocks.foot(is_revenue=True)
