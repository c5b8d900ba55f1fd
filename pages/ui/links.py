"""Where a row leads: to the client's own page, and to the object behind it in Stripe's dashboard."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data.stripe_address import account_address
from pages.ui import formats, warehouse
from pages.ui.once import once

# What an id begins with → its folder in Stripe's dashboard; the longer of two beginnings first.
_FOLDERS = {
    "sub_sched_": "subscription_schedules",
    "cus_": "customers",
    "sub_": "subscriptions",
    "in_": "invoices",
    "ch_": "payments",
    "py_": "payments",
    "pi_": "payments",
    "du_": "disputes",
    "dp_": "disputes",
    "evt_": "events",
    "price_": "prices",
    "prod_": "products",
}


@once
def open_client(rows: pd.DataFrame) -> Callable[[int], None]:
    """What a click on the n-th row does: show the page of its `client_id`."""
    ids = [str(client) for client in rows["client_id"]]
    return lambda place: st.switch_page("clients.py", query_params={"client": ids[place]})


def stripe(*object_ids: Any) -> str | None:
    """The address in Stripe's dashboard of the first of these that has a page there; None where none has.

    The demo's invented objects have none, and a discount has no page of its own.
    """
    if warehouse.settings().is_demo:
        return None
    for object_id in object_ids:
        text = "" if formats.is_missing(object_id) else str(object_id)
        folder = next((folder for prefix, folder in _FOLDERS.items() if text.startswith(prefix)), None)
        if folder and text.replace("_", "").isalnum():
            return f"{account_address(warehouse.shown())}/{folder}/{text}"
    return None
