"""The demo as a sync would have spooled it: one NDJSON file an entity, with the sync's expansions."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from data.sources.demo import agency, snapshot, upkeep
from data.sources.demo.expansion import answer

# entity → the API's resource and what the sync expands in each of its objects
ENTITIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "customers": ("customers", ("discount.source.coupon", "invoice_settings.default_payment_method")),
    "products": ("products", ()),
    "prices": ("prices", ("tiers", "currency_options")),
    "coupons": ("coupons", ("applies_to", "currency_options")),
    "subscriptions": ("subscriptions", ("discounts.source.coupon", "items.data.discounts")),
    "subscription_schedules": ("subscription_schedules", ()),
    "invoices": ("invoices", ("discounts.source.coupon", "lines.data.discounts")),
    "invoice_items": ("invoiceitems", ()),
    "invoice_payments": ("invoice_payments", ()),
    "charges": ("charges", ()),
    "refunds": ("refunds", ()),
    "credit_notes": ("credit_notes", ()),
    "disputes": ("disputes", ()),
    "payment_methods": ("payment_methods", ()),
    "events": ("events", ()),
}


def write_spool(folder: Path, today: date) -> None:
    """Write `<folder>/stripe/<entity>.ndjson` and `<folder>/maintenance/<entity>.ndjson`, seen from the evening of today."""
    told = agency.simulate(today)
    shown = snapshot.take(told.account)
    _write(folder / "stripe" / "account.ndjson", [shown.account])
    for entity, (resource, paths) in ENTITIES.items():
        rows = shown.lists[resource]
        if entity == "invoice_items":
            rows = [row for row in rows if row["invoice"] is None]
        _write(folder / "stripe" / f"{entity}.ndjson", (_full(shown, row, paths) for row in rows))
    for entity, records in upkeep.records(told).items():
        _write(folder / "maintenance" / f"{entity}.ndjson", records)


def _full(shown: snapshot.Snapshot, row: dict[str, Any], paths: tuple[str, ...]) -> dict[str, Any]:
    return answer(shown, row, paths, cut=False)


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        out.writelines(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows)
