"""Whose site it is: how it was matched, confirmed or chosen by the user, and undone; for one site, and for many at once."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data import clients
from pages.ui import formats, warehouse
from pages.ui.once import once

_MATCHED = {
    "stripe": "matched by its Stripe customer",
    "email": "matched by e-mail address",
    "name": "matched by name",
    "domain": "matched by the domain of the e-mail address",
    "link": "confirmed by you",
}


def show(site: Mapping[Any, Any]) -> None:
    """The owner of one site, with what can be done about it; `site` is a row of the metric sites."""
    address, is_known = str(site["site"]), not formats.is_missing(site["client_id"])
    if is_known:
        _known(site, address)
    else:
        stated = site["stated_client"]
        named = "" if formats.is_missing(stated) else f" Its source names “{formats.plain(stated)}”."
        st.warning(
            f"This site belongs to no client that is known here.{named} Choose the client, or write its name, e-mail "
            "address or Stripe id in the file as it stands in Stripe.",
            icon=":material/link_off:",
        )
        with st.expander("Choose the client", icon=":material/link:", expanded=True):
            _choose(address)


def _known(site: Mapping[Any, Any], address: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        how = _MATCHED.get(str(site["matched_by"]), "")
        st.caption(f"Of {formats.plain(site['client_name'])}{f', {how}' if how else ''}", width="content")
        if st.button("Open client", type="tertiary", icon=":material/arrow_forward:"):
            st.switch_page("clients.py", query_params={"client": site["client_id"]})
        if site["matched_by"] == "link":
            if st.button("Undo this link", type="tertiary", icon=":material/undo:"):
                clients.unlink(warehouse.shown(), clients.SITE + address)
                st.rerun()
        elif st.button("Confirm this client", type="tertiary", icon=":material/check:"):
            clients.confirm_sites(warehouse.shown(), [(address, str(site["client_id"]))])
            st.rerun()
        with st.popover("Choose another client", icon=":material/link:", type="tertiary"):
            _choose(address)


def _choose(address: str) -> None:
    everyone = warehouse.metric("clients").drop_duplicates("client_id").sort_values("client_name")
    names = dict(zip(everyone["client_id"], everyone["client_name"], strict=True))
    with st.form("choose_client", border=False):
        chosen = st.selectbox(
            "Client", list(names), index=None, format_func=lambda key: str(names[key]), placeholder="Choose one"
        )
        if st.form_submit_button("Link this site") and chosen:
            clients.confirm_sites(warehouse.shown(), [(address, str(chosen))])
            st.rerun()


@once
def _guessed(sites: pd.DataFrame) -> pd.DataFrame:
    return sites[sites["matched_by"].isin(["domain", "name", "email"])]


def unconfirmed(sites: pd.DataFrame) -> None:
    """Sites that were matched to a client and not confirmed yet, to be confirmed all at once; nothing where there are none."""
    guessed = _guessed(sites)
    if guessed.empty:
        return
    said = f"{formats.count(len(guessed), 'site')} matched to a client, not confirmed"
    box = st.expander(said, icon=":material/link:", key="unconfirmed", on_change="rerun")
    if not box.open:
        return
    with box:
        st.caption("They count for these clients. Open a site to choose another client; a confirmation can be undone there.")
        for row in guessed.head(30).to_dict("records"):
            st.markdown(formats.plain(f"{row['site']}: {row['client_name']}, {_MATCHED[str(row['matched_by'])]}"))
        if len(guessed) > 30:
            st.caption(f"And {formats.count(len(guessed) - 30)} more.")
        if st.button(f"Confirm {formats.count(len(guessed), 'site')}", key="confirm_sites"):
            pairs = list(zip(guessed["site"].astype(str), guessed["client_id"].astype(str), strict=True))
            with st.spinner("Confirming and rebuilding the figures"):
                clients.confirm_sites(warehouse.shown(), pairs)
            st.rerun()
