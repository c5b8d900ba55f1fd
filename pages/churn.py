"""Churn: who leaves, why, and who might be next."""

import streamlit as st

from pages.ui import (
    blocks,
    churn_findings,
    churn_pictures,
    cohort_grid,
    filters,
    findings,
    formats,
    rows,
    states,
    survival_curve,
    warehouse,
    why_rows,
)

blocks.head("Churn", "Who leaves, why, and who might be next?")
history = warehouse.metric("revenue_summary")
if history.empty:
    states.empty("No churn to show yet", "Rates with their counts, cohorts, who left and why, and who is at risk.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="top"):
    currency = filters.currency(history)
    month = filters.month(filters.only(history, currency)["month"])
history = filters.only(history, currency, month)
row = findings.of_month(history, month)
rates = warehouse.metric("churn_rates", None, month, currency)
retention = warehouse.metric("retention", None, month, currency)
rate, kept = findings.of_month(rates, month), findings.of_month(retention, month)

nothing = "No MRR at the month’s start" if formats.is_missing(rate["gross_mrr_churn_rate"]) else ""
figures = (
    ("Customer churn", rates, "customer_churn_rate", churn_findings.churned(row), "churn_rates"),
    ("Gross MRR churn", rates, "gross_mrr_churn_rate", nothing or "Lost or shrunk, of MRR at the start", ""),
    ("Net MRR churn", rates, "net_mrr_churn_rate", nothing or "Upgrades and returns taken off", ""),
    ("GRR, 12 months", retention, "grr_12", churn_findings.retained(kept), "retention"),
    ("NRR, 12 months", retention, "nrr_12", churn_findings.retained(kept), "retention"),
)
with st.grid(5, min_column_width=150):
    for label, frame, name, note, meaning in figures:
        value = formats.rate((rate | kept)[name])
        blocks.figure(label, value, trend=findings.year(frame)[name], note=note, help=meaning and warehouse.definition(meaning))

told = churn_findings.interval(findings.of_month(warehouse.metric("churn_interval", month, month, currency), month))
theirs = churn_findings.stripes(findings.of_month(warehouse.metric("stripe_churn", month, month, currency), month))
st.caption(formats.plain(f"{told} {theirs} {churn_findings.worth(rate, currency)}"))

why_rows.behind_churn(month, currency)

gone = churn_findings.left(warehouse.metric("movements", None, month, currency))
finding = churn_findings.lost(history)
st.subheader(formats.plain(finding), anchor=False)
if not gone.empty:
    st.html(churn_pictures.leavers(churn_findings.rated(history, rates), filters.unfinished(), finding))
    st.subheader("Who left, and why", anchor=False)
    rows.movements(gone, currency, "churn", "Clients who left", hide=["kind", "to_minor", *rows.STEPS], rows=8)
if paused := churn_findings.lost_while_paused(warehouse.metric("lost_while_paused", None, month, currency)):
    st.caption(formats.plain(paused))

counted = churn_findings.by_reason(warehouse.metric("churn_reasons", None, month, currency))
if len(counted) > 1:
    why = churn_findings.reasons(counted)
    st.subheader(formats.plain(why), anchor=False)
    st.html(churn_pictures.reasons(counted, why))

st.subheader("At risk now", anchor=False)
rows.at_risk(warehouse.metric("clients", currency=currency), currency)

curve = warehouse.metric("survival", currency=currency)
stays = churn_findings.stays(curve)
has_left = bool(curve["left"].sum())
if has_left:
    st.subheader(formats.plain(stays), anchor=False)
    st.caption("Share of clients still there so many months after they began; the band holds the truth with 95% probability.")
    st.html(survival_curve.survival(curve, str(st.context.theme.type), stays))
    blocks.download(curve, f"survival-{currency}.csv")
cells = warehouse.metric("cohorts", None, month, currency)
st.subheader("How long clients stay", anchor=False)
if not has_left:
    st.markdown(f"{formats.plain(stays)}.")
if cells["cohort_month"].nunique() < 3:
    st.markdown("Cohorts say something once clients have started in three months or more.")
else:
    measure = st.segmented_control(
        "Cohorts by", ["Clients", "MRR"], default="Clients", required=True, key="cohorts_by", label_visibility="collapsed"
    )
    by = "mrr" if measure == "MRR" else "clients"
    st.caption(churn_findings.COHORTS[by])
    st.html(cohort_grid.cohorts(cells, by, "Share of each cohort still in force, month by month"))
    blocks.download(cells, f"cohorts-{currency}.csv")

blocks.foot(
    str(row["basis"]),
    ["Comped and paused clients are not churn; a client who left one of several subscriptions counts as a contraction."],
    is_revenue=True,
)
