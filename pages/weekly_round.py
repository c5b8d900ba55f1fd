"""The weekly round: per site, whether updates were made and the off-site backup was seen; ticked by hand or proven (F25)."""

import streamlit as st

from pages.ui import blocks, formats, round_sites, round_ticks, states, warehouse, without_site

blocks.head("Weekly round", "Are this week’s updates made, and the off-site backups seen?")
asked = warehouse.metric("weekly_round")
if asked.empty:
    states.empty(
        "No sites yet",
        "Here every site in care will stand once a week, to be ticked; what a source proves ticks itself.",
        page="maintenance.py",
        action="Import sites",
    )
    without_site.show(warehouse.metric("weekly_touch"))
    st.stop()

with st.container(horizontal=True, vertical_alignment="top"):
    week = round_ticks.week(asked)
    by = round_ticks.who()
sites = round_sites.by_site(asked[asked["week_on"] == week])
round_ticks.figures(sites)
st.subheader(formats.plain(round_sites.finding(sites, week)), anchor=False)
round_ticks.undo(by)
with st.container(horizontal=True, vertical_alignment="top"):
    shown = round_ticks.narrowed(sites)
if shown.empty:
    st.markdown("No site is left here." if len(sites) else "No site was in care in that week.")
else:
    round_ticks.edit(shown, week, by)
    blocks.download(shown, f"round-{week}.csv")
st.subheader("Week by week", anchor=False)
blocks.table(
    round_sites.weeks(asked),
    {
        "week_on": blocks.Column("Week of", "date"),
        "sites": blocks.Column("Sites", "count"),
        "done": blocks.Column("Done", "count", help="Both ticked or proven"),
        "open": blocks.Column("Open", "count"),
        "told_by": "Ticked by",
    },
    alt="The round, week by week",
    key="weeks",
    rows=6,
)
without_site.show(warehouse.metric("weekly_touch"))
blocks.foot(
    rules=[
        "Updates prove themselves by updates of the week with none waiting since, or by a check that found none; an off-site "
        "backup by a full one of the week that its source says is off-site."
    ]
)
