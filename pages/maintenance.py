"""Care: whether each client's sites are looked after as promised (mission.md F22–F26)."""

import streamlit as st

from pages.ui import blocks, care, care_import, file_box, formats, one_site, site_matrix, site_owner, warehouse

QUESTION = "Are my clients’ sites cared for as promised?"
sites = warehouse.metric("sites")
if sites.empty:
    blocks.head("Care", QUESTION)
    file_box.outcome()
    with st.container(border=True):
        st.subheader("No sites yet", anchor=False)
        st.caption(
            "Here every site will stand against the rules of care: daily backups, off-site, kept for 30 days, weekly updates, "
            "a restore test each year, the uptime promised."
        )
        care_import.show()
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
file_box.outcome()
if asked:
    st.warning("There is no such site in this warehouse; here are all of them.")
care.figures(sites, months)
st.subheader(formats.plain(care.answer(sites)), anchor=False)
with st.container(horizontal=True, vertical_alignment="top"):
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
    site_matrix.show(rows, health)
    blocks.download(rows, "sites.csv")
site_owner.unconfirmed(sites)
unmatched = warehouse.metric("care_unmatched")
if not unmatched.empty:
    with st.expander(f"{formats.count(len(unmatched), 'site')} or jobs without a client", icon=":material/link_off:"):
        st.caption("Their hours count for nobody until you choose the client: open the site, or name the client in the file.")
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

with st.expander("Import a file", icon=":material/upload_file:"):
    care_import.show()
blocks.foot(
    rules=["A site is late only against a stated rule; no data is neither good nor bad. Sites of former clients don’t count."]
)
