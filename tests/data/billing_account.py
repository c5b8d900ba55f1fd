"""A small Stripe account written by hand, in either shape of the API: who pays what how, and what became of each invoice."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.settings import Settings
from data.warehouse import Warehouse

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def at(text: str) -> int:
    """Seconds of an instant written as 2026-11-03 or 2026-11-03T09:30, UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


class BillingAccount:
    """Rows of a Stripe account in the newest shape, or with `is_old` in the one before 2025-03-31."""

    def __init__(self, *, is_old: bool = False, time_zone: str = "Etc/UTC") -> None:
        self.is_old = is_old
        self.rows: dict[str, list[dict[str, Any]]] = {
            "account": [{"id": "acct_1", "object": "account", "settings": {"dashboard": {"timezone": time_zone}}}],
            "products": [{"id": "prod_1", "object": "product", "name": "Care"}],
        }

    def add(self, entity: str, **row: Any) -> dict[str, Any]:
        """Add a row and give it back."""
        self.rows.setdefault(entity, []).append(row)
        return row

    def customer(self, key: str, **more: Any) -> str:
        """A customer and its id; `card` is its default payment method."""
        card = more.pop("card", None)
        row = {"name": key.title(), "email": f"{key}@x.example", "created": at("2025-01-01"), **more}
        self.add("customers", id=f"cus_{key}", object="customer", invoice_settings={"default_payment_method": card}, **row)
        return f"cus_{key}"

    def card(self, key: str, who: str, expires: str, created: str = "2025-01-01") -> str:
        """A card on file (`expires` as 2026-12) and its id."""
        year, month = map(int, expires.split("-"))
        card = {"exp_year": year, "exp_month": month, "last4": f"{len(self.rows.get('payment_methods', [])):04d}"}
        self.add("payment_methods", id=f"pm_{key}", object="payment_method", type="card", customer=f"cus_{who}", card=card,
                 created=at(created))  # fmt: skip
        return f"pm_{key}"

    def subscription(self, key: str, who: str, *, amount: int = 10_000, since: str = "2026-01-01", until: str = "2026-12-01",
                     interval: str = "month", count: int = 1, currency: str = "usd", **more: Any) -> str:  # fmt: skip
        """A subscription with one item, billed up to `until`, with the invoice that proves its start."""
        recurring = {"interval": interval, "interval_count": count, "usage_type": "licensed"}
        price = {"id": f"price_{key}", "object": "price", "currency": currency, "unit_amount": amount, "product": "prod_1",
                 "recurring": recurring, "billing_scheme": "per_unit", "type": "recurring"}  # fmt: skip
        self.add("prices", **price)
        span = {"current_period_start": at(since), "current_period_end": at(until)}
        item = {"id": f"si_{key}", "object": "subscription_item", "price": price, "quantity": 1, "created": at(since)}
        item |= {} if self.is_old else span
        row = {"status": "active", "created": at(since), "start_date": at(since), "billing_cycle_anchor": at(since),
               "collection_method": "charge_automatically", "currency": currency, "default_payment_method": None,
               "discounts": [], **(span if self.is_old else {}), **more}  # fmt: skip
        self.add("subscriptions", id=f"sub_{key}", object="subscription", customer=f"cus_{who}",
                 items={"data": [item], "has_more": False}, **row)  # fmt: skip
        self.invoice(f"{key}0", who, created=since, amount=amount, status="paid", subscription=key, period=(since, until),
                     collection_method=row["collection_method"], currency=currency)  # fmt: skip
        return f"sub_{key}"

    def invoice(self, key: str, who: str, *, created: str = "2026-11-01", amount: int = 10_000, status: str = "open",
                subscription: str = "", period: tuple[str, str] = (), **more: Any) -> str:  # fmt: skip
        """An invoice; `more` are Stripe's own fields of it, which win."""
        moved = {"finalized_at": at(created), "paid_at": at(created) if status == "paid" else None}
        moved |= more.pop("status_transitions", {})
        line: dict[str, Any] = {"id": f"il_{key}", "object": "line_item", "amount": amount, "currency": "usd", "quantity": 1}
        if subscription:
            line["period"] = {"start": at(period[0]), "end": at(period[1])}
            parts = {"subscription": f"sub_{subscription}", "subscription_item": f"si_{subscription}", "proration": False}
            if self.is_old:
                line |= {"type": "subscription", **parts, "price": {"id": f"price_{subscription}"}}
            else:
                line["parent"] = {"type": "subscription_item_details", "subscription_item_details": parts}
                line["pricing"] = {"price_details": {"price": f"price_{subscription}"}}
        paid = amount if status == "paid" else 0
        row = {"number": key.upper(), "customer": f"cus_{who}", "currency": "usd", "created": at(created), "status": status,
               "collection_method": "charge_automatically", "attempt_count": 0, "total": amount, "amount_due": amount,
               "amount_paid": paid, "amount_remaining": amount - paid, "status_transitions": moved,
               "next_payment_attempt": None, "lines": {"data": [line]}, **more}  # fmt: skip
        if self.is_old:
            row |= {"payment_intent": f"pi_{key}", "subscription": f"sub_{subscription}" if subscription else None}
        else:
            details = {"subscription_details": {"subscription": f"sub_{subscription}"}, "type": "subscription_details"}
            row["parent"] = details if subscription else None
            payment = {"type": "payment_intent", "payment_intent": f"pi_{key}"}
            self.add("invoice_payments", id=f"inpay_{key}", object="invoice_payment", invoice=f"in_{key}", payment=payment)
        self.add("invoices", id=f"in_{key}", object="invoice", **row)
        return f"in_{key}"

    def charge(self, key: str, who: str, created: str, status: str = "failed", *, pays: str = "", amount: int = 10_000) -> None:
        """A charge of the invoice `pays` (its key), or a one-off."""
        row: dict[str, Any] = {"payment_intent": f"pi_{pays}" if pays else f"pi_{key}", "status": status, "amount": amount}
        if self.is_old:
            row["invoice"] = f"in_{pays}" if pays else None
        self.add("charges", id=f"ch_{key}", object="charge", customer=f"cus_{who}", currency="usd", created=at(created), **row)

    def land(self, home: Path, now: datetime = NOW, **settings: Any) -> Warehouse:
        """The account in a warehouse of its own, as seen from `now`."""
        opened = Warehouse(home / "retainer.duckdb", Settings(home=home, show="own", **settings))
        with tempfile.TemporaryDirectory() as folder, opened.transaction() as cursor:
            for entity, rows in self.rows.items():
                file = Path(folder) / f"{entity}.ndjson"
                file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
                opened.load_raw(cursor, "stripe", entity, [file], seen_at=now, complete=True, logged=entity == "subscriptions")
            opened.record_sync(cursor, "stripe", started_at=now, finished_at=now, status="ok", objects=1)
        opened.build(now)
        return opened
