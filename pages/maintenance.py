"""Care: whether each client's sites are looked after as promised (mission.md F22–F26), and what that work earns (F1–F3)."""

import streamlit as st

from pages.ui import blocks, care, filters, formats, imports, links, one_site, warehouse

QUESTION = "Are my clients’ sites cared for as promised?"
sites = warehouse.metric("sites")
if sites.empty:
    blocks.head("Care", QUESTION)
    imports.outcome()
    with st.container(border=True):
        st.subheader("No sites yet", anchor=False)
        st.caption(
            "Here every site will stand against the rules of care: daily backups, off-site, kept for 30 days, weekly updates, "
            "a restore test each year, the uptime promised; and what an hour of care earns."
        )
        imports.care()
    st.stop()

sites = care.standings(sites, warehouse.metric("clients"))
health, months = warehouse.metric("site_health"), warehouse.metric("care_months")
asked = str(st.query_params.get("site", ""))
if asked in set(sites["site"]):
    one = sites[sites["site"] == asked].iloc[0].to_dict()
    one_site.show(one, health[health["site"] == asked], months[months["site"] == asked])
    blocks.foot(rules=["A site is late only against a rule that is stated here; no data is neither good nor bad."])
    st.stop()

blocks.head("Care", QUESTION)
imports.outcome()
if asked:
    st.warning("There is no such site in this warehouse; here are all of them.")
care.figures(sites, months)
st.subheader(formats.plain(care.answer(sites)), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom"):
    known = [name for name in care.STANDINGS if name in set(sites["standing"])]
    state = st.pills("State", known, format_func=lambda name: care.STANDINGS[name], key="state", bind="query-params")
    rule = st.selectbox(
        "Late against",
        list(care.RULES),
        index=None,
        placeholder="Any rule",
        format_func=lambda name: care.RULES[name][1],
        width=260,
    )
    wanted = st.text_input("Find", placeholder="Site or client", type="search", key="find_site", width=220)
rows = care.matching(sites, health, state, rule, wanted)
st.caption(f"{formats.count(len(rows), 'site')}. Open one to see the reason of each state.")
if len(rows):
    care.matrix(rows, health)
    blocks.download(rows, "sites.csv")
unmatched = warehouse.metric("care_unmatched")
if not unmatched.empty:
    with st.expander(f"{formats.count(len(unmatched), 'site')} or jobs without a client", icon=":material/link_off:"):
        st.caption("Their hours count for nobody until the file names the client as it stands in Stripe.")
        blocks.table(
            unmatched,
            {
                "site": "Site",
                "stated_client": "Client in the file",
                "hours": blocks.Column("Hours", "hours"),
                "entries": "Entries",
            },
            alt="Sites and work without a client",
            key="unmatched",
        )

worked = warehouse.metric("client_effort")
if not worked.empty:
    st.subheader("What an hour of care earns", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        currency = filters.currency(worked[worked["currency"].notna()])
        month = filters.month(worked["month"])
    # Work for those who pay nothing has no currency, and stands beside every one.
    worked = worked[(worked["month"] == month) & worked["currency"].isin([currency]).where(worked["currency"].notna(), True)]
    worked = worked.sort_values(["hourly_rate_minor", "mrr_minor"], na_position="last").reset_index(drop=True)
    finding, rate = care.effort(worked, currency), care.mean_rate(worked)
    st.caption(f"{formats.plain(finding)}.")
    if rate and worked["hourly_rate_minor"].count() > 2:
        from pages.ui import charts_effort  # plotly is read only now, so that the figures above stand first

        blocks.picture(charts_effort.effort(worked, currency, rate), finding, "effort_picture")
    blocks.table(
        worked,
        care.EFFORT_COLUMNS,
        alt="MRR, hours and hourly rate of each client",
        key="effort",
        currency=currency,
        open_row=links.open_client(worked),
    )
    blocks.download(worked, f"effort-{month}-{currency}.csv")

with st.expander("Import a file", icon=":material/upload_file:"):
    imports.care()
blocks.foot(
    rules=["A site is late only against a stated rule; no data is neither good nor bad. Sites of former clients don’t count."]
)
