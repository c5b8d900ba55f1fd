"""Effort: hours, costs and what an hour brings, client by client; allowances used; who is under the target (F1–F3, F7, F8)."""

import streamlit as st

from pages.ui import blocks, cost_form, effort, effort_findings, effort_lists, filters, formats, links, states, warehouse

blocks.head("Effort", "What does an hour of work bring, and who takes more than they pay for?")
worked = warehouse.metric("client_effort")
if worked.empty or worked["currency"].dropna().empty:
    states.empty(
        "No clients yet",
        "Here each client’s hours and costs will stand against what it pays: the hourly rate, allowances used, and the trend.",
    )
    st.stop()

with st.container(horizontal=True, vertical_alignment="top"):
    currency = filters.currency(effort_findings.paying(worked))
    month = filters.month(worked["month"])
rows, rates = effort_findings.of_month(worked, month, currency), warehouse.metric("client_rates", currency=currency)
over = warehouse.metric("costs_over_mrr", currency=currency)
rules = [
    "An hour brings MRR less costs, divided by the hours recorded; without hours there is no rate. Costs are those "
    "recorded with work, each site’s monthly cost, those entered here, and payment fees as set."
]
if not effort_findings.is_recorded(worked, currency):
    effort.unrecorded(rows, currency)
    effort_lists.over_costs(over, currency)
    cost_form.costs(currency)
    blocks.foot(rules=rules, is_revenue=True)
    st.stop()

target = effort_findings.target(rates)
past = effort_findings.months(worked, currency, month)
effort.figures(rows, past, rates, currency)
finding, rate = effort_findings.finding(rows, currency, target), effort_findings.mean_rate(rows)
st.subheader(formats.plain(finding), anchor=False)
if rate and rows["hourly_rate_minor"].count() > 2:
    from pages.ui import effort_charts  # plotly is read only now, so that the figures above stand first

    blocks.picture(effort_charts.effort(rows, currency, rate, target), finding, "effort_picture")
blocks.table(
    rows,
    effort.COLUMNS,
    alt="MRR, hours, costs and hourly rate of each client",
    key="effort",
    currency=currency,
    open_row=links.open_client(rows),
)
blocks.download(rows, f"effort-{month}-{currency}.csv")

if past["rate_minor"].count() > 2:
    from pages.ui import effort_charts

    told = effort_findings.trend(past, currency, filters.unfinished())
    st.subheader(formats.plain(told), anchor=False)
    blocks.picture(effort_charts.trend(past, currency, target, filters.unfinished()), told, "trend_picture")

effort_lists.over_costs(over, currency)
effort_lists.under_target(rates, currency)
cost_form.target()
effort_lists.used(month)
cost_form.costs(currency)
blocks.foot(rules=rules, is_revenue=True)
