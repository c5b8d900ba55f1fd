"""From where and by which rules the marts see: the one-row table `params`, what each tier claims in Stripe and allows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from data import rates
from data.pricing import price_book
from data.pricing.price_book import PriceBook, Tier
from data.settings import Settings

ZONE_DAYS = """
    with days as (
        select unnest(generate_series(timestamp '2010-01-01', $at::timestamp + interval 2 day, interval 1 day)) as starts_at
    ),
    shifts as (select starts_at, timezone($zone, timezone('UTC', starts_at)) - starts_at as shift from days)
    select starts_at::date as utc_day, shift from shifts
    qualify shift = lead(shift) over (order by starts_at)
"""

# Every zone that DuckDB knows, asked once for each process: listing them takes as long as all else here.
_ZONES: set[str] = set()


def write(cursor: Any, settings: Settings, at: datetime, kind: Literal["table", "temp table"]) -> None:
    """Write `params` (as_of in UTC, the account's today and zone, rules), its days, limits, targets, rates, what tiers say."""
    cursor.execute(
        f"""
        create or replace {kind} params as
        select $at::timestamp as as_of, timezone($zone, timezone('UTC', $at::timestamp))::date as today,
            $zone::varchar as time_zone, $grace::integer as grace_days, $once::varchar as once_coupons,
            $fee::double as fee_share, $round_day::integer as round_day, $every::varchar as report_every,
            $report_day::integer as report_day, $language::varchar as report_language
        """,
        {
            "at": at,
            "zone": settings.time_zone or _account_zone(cursor),
            "grace": settings.grace_days,
            "once": settings.once_coupons,
            "fee": rates.fee_share(settings.fee_percent),
            "round_day": settings.round_day,
            "every": settings.report_every,
            "report_day": settings.report_day,
            "language": settings.report_language,
        },
    )
    _write_zone_days(cursor, at, kind)
    _write(cursor, kind, "care_limits", "rule varchar, days integer", settings.care_limits.items())
    _write(cursor, kind, "target_rates", "currency varchar, rate double", rates.target_rates(settings.target_rate).items())
    _write_exchange_rates(cursor, settings, kind)
    _write_tiers(cursor, price_book.in_use(settings), kind)


def _write(cursor: Any, kind: str, name: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write one table of these rows, which may be none."""
    cursor.execute(f"create or replace {kind} {name} ({columns})")
    if values := [list(row) for row in rows]:
        cursor.executemany(f"insert into {name} values ({', '.join('?' * len(values[0]))})", values)  # noqa: S608 - our own names


def _write_exchange_rates(cursor: Any, settings: Settings, kind: str) -> None:
    """Write what a minor unit of each currency is worth in the reporting currency, as a fraction."""
    goal = settings.reporting_currency.strip().lower()
    worth = rates.exchange_rates(settings.exchange_rates, goal)
    rows = [(code, goal, rate.numerator, rate.denominator) for code, rate in worth.items()]
    columns = "currency varchar, reporting_currency varchar, worth hugeint, of_units hugeint"
    _write(cursor, kind, "exchange_rates", columns, rows)


def _write_tiers(cursor: Any, book: PriceBook, kind: str) -> None:
    """Write what each tier of the price book claims in Stripe, its own name included, and what it allows."""
    claims = [
        (tier.name(), rank, claim) for rank, tier in enumerate(book.tiers, start=1) for claim in (*tier.claims, tier.name())
    ]
    _write(cursor, kind, "tier_claims", "tier varchar, tier_rank integer, claim varchar", claims)
    columns = "tier varchar, hours double, repairs double, restores double, period varchar"
    _write(cursor, kind, "tier_allowances", columns, (_allowed(tier) for tier in book.tiers))


def _write_zone_days(cursor: Any, at: datetime, kind: str) -> None:
    """Write what the account's zone adds to an instant, by the day of UTC; none of the days on which that changes."""
    zone = cursor.execute("select time_zone from params").fetchone()[0]
    cursor.execute(f"create or replace {kind} zone_days as {ZONE_DAYS}", {"at": at, "zone": zone})


def _allowed(tier: Tier) -> tuple[Any, ...]:
    """What a tier includes each month or year; a limit that the price book leaves out is not known, and none is assumed."""
    terms = tier.agreement
    return (tier.name(), tier.hours, terms.get("repairs"), terms.get("restores"), terms.get("allowance_period", "year"))


def _account_zone(cursor: Any) -> str:
    told = cursor.execute("select payload ->> '$.settings.dashboard.timezone' from raw_stripe__account").fetchall()
    if any(zone for (zone,) in told) and not _ZONES:
        _ZONES.update(name for (name,) in cursor.execute("select name from pg_timezone_names()").fetchall())
    return next((str(zone) for (zone,) in told if zone in _ZONES), "UTC")
