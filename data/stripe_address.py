"""Where the account stands in Stripe's dashboard: whose account it is, live or in test mode."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.warehouse import Warehouse

DASHBOARD = "https://dashboard.stripe.com"


def account_address(warehouse: "Warehouse") -> str:
    """The dashboard's address for that account's objects, `https://dashboard.stripe.com/acct_1/test` for one in test mode.

    The account is named, since who has several would land in another one; without one on record it is Stripe's own choice.
    """
    accounts = warehouse.read_once("select id from raw_stripe__account where gone_at is null limit 1")
    modes = warehouse.read_once("select payload ->> '$.livemode' from raw_stripe__customers limit 1")
    named = f"/{accounts[0][0]}" if accounts and re.fullmatch(r"acct_\w+", str(accounts[0][0])) else ""
    return f"{DASHBOARD}{named}{'/test' if modes and modes[0][0] == 'false' else ''}"
