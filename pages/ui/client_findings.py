"""Which clients a list shows, and what one of them says, as sentences. Frames in, English out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pages.ui import formats, search
from pages.ui.once import once


@once
def matching(clients: pd.DataFrame, wanted: str, standings: Sequence[str], tier: str | None) -> pd.DataFrame:
    """Clients whose name or e-mail contains the words, of these standings and that tier; largest MRR first."""
    kept = clients["standing"].isin(list(standings)) & search.found(wanted, clients["client_name"], clients["email"])
    if tier:
        kept &= clients["tier"] == tier
    return clients[kept].sort_values(["mrr_minor", "client_name"], ascending=[False, True]).reset_index(drop=True)


@once
def found(clients: pd.DataFrame, currency: str) -> str:
    """How many clients a table shows, and their MRR."""
    number = len(clients)
    mrr = formats.money(clients["mrr_minor"].sum(), currency)
    return f"{formats.count(number, 'client')}, {formats.plain(mrr)} MRR together" if number else "No client matches."


def standing(client: Mapping[Any, Any]) -> str:
    """A client's standing in words, with what threatens it."""
    risks = [f"leaves on {formats.date(client['leaves_on'])}"] if not formats.is_missing(client["leaves_on"]) else []
    risks += ["charge overdue"] if client["is_past_due"] else []
    return ", ".join([str(client["standing"]).capitalize(), *risks])


@once
def path(months: pd.DataFrame, currency: str) -> str:
    """From where to where a client's MRR went, from its rows of client_mrr."""
    first, last = months.iloc[0], months.iloc[-1]
    began = f"{formats.money(first['mrr_minor'], currency)} in {formats.month(first['month'])}"
    if months["mrr_minor"].nunique() == 1:
        span = f"from {formats.month(first['month'])} to {formats.month(last['month'])}"
        return f"{formats.money(last['mrr_minor'], currency)} each month {span}"
    return f"From {began} to {formats.money(last['mrr_minor'], currency)} in {formats.month(last['month'])}"
