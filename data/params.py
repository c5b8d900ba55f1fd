"""From where and by which rules the marts see: the one-row table `params`, and what each tier claims in Stripe."""

from datetime import datetime
from typing import Any, Literal

from data.pricing import price_book
from data.settings import Settings


def write(cursor: Any, settings: Settings, at: datetime, kind: Literal["table", "temp table"]) -> None:
    """Write `params` (as_of in UTC, the account's today and zone, settings of the rules), `care_limits` and `tier_claims`."""
    cursor.execute(
        f"""
        create or replace {kind} params as
        select $at::timestamp as as_of, timezone($zone, timezone('UTC', $at::timestamp))::date as today,
            $zone::varchar as time_zone, $grace::integer as grace_days, $once::varchar as once_coupons
        """,
        {
            "at": at,
            "zone": settings.time_zone or _account_zone(cursor),
            "grace": settings.grace_days,
            "once": settings.once_coupons,
        },
    )
    cursor.execute(f"create or replace {kind} care_limits (rule varchar, days integer)")
    cursor.executemany("insert into care_limits values (?, ?)", [list(pair) for pair in settings.care_limits.items()])
    book = price_book.load(settings.price_book, settings.home)
    cursor.execute(f"create or replace {kind} tier_claims (tier varchar, tier_rank integer, claim varchar)")
    claims = [
        (tier.name(), rank, claim) for rank, tier in enumerate(book.tiers, start=1) for claim in (*tier.claims, tier.name())
    ]
    cursor.executemany("insert into tier_claims values (?, ?, ?)", claims)


def _account_zone(cursor: Any) -> str:
    row = cursor.execute(
        """
        select payload ->> '$.settings.dashboard.timezone' from raw_stripe__account
        where payload ->> '$.settings.dashboard.timezone' in (select name from pg_timezone_names())
        """
    ).fetchone()
    return str(row[0]) if row else "UTC"
