"""Today's book as it was measured: clients, prices and renewals, hours and costs of late, and a year's leavers.

Read from `METRICS` and client_effort; prices and hours of tiers nobody is in yet come from the price book.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from data.frames import records
from data.pricing.price_book import PriceBook
from data.pricing.what_if.book import Book, Client, Line, Tier
from data.pricing.what_if.churn import Churn

# Hours and costs have nothing to do with MRR; a book can be read without them, which spares most of the marts.
METRICS = ("item_prices", "revenue_summary", "movements", "clients", "tier_mix")
NO_EFFORT = pd.DataFrame(columns=["month", "client_id", "hours", "costs_minor"])
MONTHS_OF_CHURN = 12
MONTHS_OF_EFFORT = 3
IN_MONTHS = {"month": 1, "year": 12}

Read = Callable[[str], pd.DataFrame]


def currencies(read: Read) -> list[str]:
    """The currencies in which anybody pays now, from the largest MRR to the smallest; lower-case ISO codes."""
    items = read("item_prices")
    totals = items.groupby("currency")["mrr_minor"].sum().sort_values(ascending=False, kind="stable")
    return [str(code) for code in totals.index]


def book(read: Read, currency: str, price_book: PriceBook, today: date) -> Book:
    """The book of one currency; `read` gives the frame of a metric by its name. A book without clients where nobody pays."""
    items = read("item_prices")
    items = items[items["currency"] == currency]
    effort = _effort(read("client_effort"), today)
    clients = tuple(
        Client(client, str(rows[0]["client_name"]), _lines(rows), *effort.get(client, (None, None)))
        for client, rows in _by_client(items).items()
    )
    tiers = _tiers(items, clients, price_book if price_book.currency == currency else None)
    churn, by_tier, won = _churn(read, currency, today)
    known = [tier.name for tier in tiers]
    return Book(
        currency,
        today,
        tiers,
        clients,
        churn,
        churn_by_tier={tier: by_tier[tier] for tier in known if tier in by_tier},
        won_by_tier={tier: won[tier] for tier in known if tier in won},
    )


def _by_client(items: pd.DataFrame) -> dict[str, list[dict[Any, Any]]]:
    found: dict[str, list[dict[Any, Any]]] = {}
    for row in records(items):
        found.setdefault(str(row["client_id"]), []).append(row)
    return found


def _lines(rows: Sequence[Mapping[Any, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(
            tier=str(row["tier"]),
            price_minor=int(row["mrr_minor"]),
            interval_months=max(1, IN_MONTHS.get(str(row["interval"]), 0) * int(row["interval_count"])),
            renews_on=None if pd.isna(row["next_renewal_on"]) else date.fromisoformat(str(row["next_renewal_on"])[:10]),
            quantity=max(1, 1 if pd.isna(row["quantity"]) else int(row["quantity"])),
        )
        for row in rows
    )


def _effort(frame: pd.DataFrame, today: date) -> Mapping[str, tuple[float | None, int | None]]:
    """Hours and costs a month of each client: the mean of its recorded ones in the last full months; None where none is."""
    months = _last_months(today, MONTHS_OF_EFFORT)
    rows = frame[frame["month"].isin(months)]
    means = rows.groupby("client_id").agg({"hours": "mean", "costs_minor": "mean"})
    return {
        str(client): (
            None if pd.isna(hours) else round(float(hours), 2),
            None if pd.isna(costs) else round(float(costs)),
        )
        for client, hours, costs in means.itertuples(name=None)
    }


def _tiers(items: pd.DataFrame, clients: tuple[Client, ...], price_book: PriceBook | None) -> tuple[Tier, ...]:
    """The price book's tiers first, then every other tier that somebody pays for, at its most common price."""
    listed = {tier.name(): tier for tier in price_book.tiers} if price_book else {}
    others = sorted(set(map(str, items["tier"])) - set(listed))
    tiers = []
    for name in (*listed, *others):
        inside = [client for client in clients if client.tier == name]
        hours = [client.hours for client in inside if client.hours is not None]
        costs = [client.cost_minor for client in inside if client.cost_minor is not None]
        own = listed.get(name)
        usual = own.price_minor if own else _usual_price(items[items["tier"] == name])
        included = own.hours if own and own.hours is not None else 0.0
        tiers.append(
            Tier(
                name,
                usual,
                round(sum(hours) / len(hours), 2) if hours else included,
                round(sum(costs) / len(costs)) if costs else 0,
                is_sold=own is not None or not listed,
            )
        )
    return tuple(tiers)


def _usual_price(rows: pd.DataFrame) -> int:
    """What most pay for one; of several such prices the middle one."""
    most_common = (rows["mrr_minor"] // rows["quantity"].fillna(1).clip(lower=1)).mode()
    return int(most_common.iloc[len(most_common) // 2])


def _churn(read: Callable[[str], pd.DataFrame], currency: str, today: date) -> tuple[Churn, dict[str, Churn], dict[str, float]]:
    """Leavers among client-months of the last twelve full months: of all, of each tier; and how many came a month."""
    months = _last_months(today, MONTHS_OF_CHURN)
    summary = _of(read("revenue_summary"), currency, months)
    moved = _of(read("movements"), currency, months)
    lost = moved[moved["kind"] == "churn"]
    came = moved[moved["kind"].isin(["new", "reactivation"])]
    last_tier = dict(_of(read("clients"), currency)[["client_id", "tier"]].itertuples(index=False, name=None))
    left_from = [str(last_tier.get(client)) for client in lost["client_id"]]
    came_to = [str(last_tier.get(client)) for client in came["client_id"]]
    opening = _last_months(today, MONTHS_OF_CHURN, before=1)
    mix = _of(read("tier_mix"), currency, opening).groupby("tier")["customers"].sum()
    by_tier = {
        str(tier): Churn(min(left_from.count(str(tier)), int(exposed)), int(exposed))
        for tier, exposed in mix.items()
        if exposed
    }
    exposed = int(summary["customers_opening"].sum())
    won = {tier: came_to.count(tier) / max(len(summary), 1) for tier in came_to}
    return Churn(min(int(summary["customers_churned"].sum()), exposed), exposed), by_tier, won


def _of(frame: pd.DataFrame, currency: str, months: list[str] | None = None) -> pd.DataFrame:
    rows = frame[frame["currency"] == currency]
    return rows if months is None else rows[rows["month"].astype(str).str[:7].isin(months)]


def _last_months(today: date, count: int, before: int = 0) -> list[str]:
    """The last full months before today's, as `YYYY-MM`; with `before`, that many months earlier."""
    first = today.replace(day=1)
    months: list[str] = []
    for _ in range(count + before):
        first = (first - timedelta(days=1)).replace(day=1)
        months.append(f"{first:%Y-%m}")
    return months[before:]


def reader(**frames: Any) -> Read:
    """A reader of frames at hand, by the metric's name."""
    return lambda name: frames[name]
