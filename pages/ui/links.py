"""Where a row leads: to the client's own page, and to the object behind it in Stripe's dashboard."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import formats, warehouse
from pages.ui.once import once

STRIPE = "https://dashboard.stripe.com"
_FOLDERS = {
    "cus_": "customers",
    "sub_": "subscriptions",
    "in_": "invoices",
    "ch_": "payments",
    "py_": "payments",
    "du_": "disputes",
    "dp_": "disputes",
    "evt_": "events",
    "price_": "prices",
}


@once
def open_client(rows: pd.DataFrame) -> Callable[[int], None]:
    """What a click on the n-th row does: show the page of its `client_id`."""
    ids = [str(client) for client in rows["client_id"]]
    return lambda place: st.switch_page("clients.py", query_params={"client": ids[place]})


def stripe(object_id: Any) -> str | None:
    """The object's address in Stripe's dashboard; None for what is not Stripe's, and for the demo's invented objects."""
    text = "" if formats.is_missing(object_id) else str(object_id)
    folder = next((folder for prefix, folder in _FOLDERS.items() if text.startswith(prefix)), None)
    return (
        f"{STRIPE}/{folder}/{text}" if folder and text.replace("_", "").isalnum() and not warehouse.settings().is_demo else None
    )
