"""The shape of Stripe's API before 2025-03-31 (basil), made from answers in the newest shape."""

from collections.abc import Mapping
from typing import Any

Object = dict[str, Any]

API_VERSION = "2024-06-20"


class Older:
    """Turns answers of one snapshot into the older shape."""

    def __init__(self, by_id: Mapping[str, Object], payments: Mapping[str, Object], charges: Mapping[str, Object]) -> None:
        self.by_id = by_id
        self.payments = payments  # invoice payment by invoice id
        self.charges = charges  # last charge by payment intent
        self.invoice_of = {
            one["payment"]["payment_intent"]: one["invoice"]
            for one in payments.values()
            if one["payment"].get("payment_intent")
        }

    def answer(self, payload: Any) -> Any:
        """The same answer as the older API gave it."""
        if isinstance(payload, list):
            return [self.answer(one) for one in payload]
        if not isinstance(payload, dict):
            return payload
        if payload.get("object") == "event":
            return self._event(payload)
        shown = {key: self.answer(value) for key, value in payload.items()}
        turn = {
            "subscription": self._subscription,
            "subscription_item": self._item,
            "invoice": self._invoice,
            "line_item": self._line,
            "invoiceitem": self._invoice_item,
            "discount": self._discount,
            "charge": self._charge,
            "customer": self._customer,
        }.get(str(payload.get("object")))
        return turn(shown) if turn else shown

    def _event(self, event: Object) -> Object:
        shown = {**event, "api_version": API_VERSION, "data": {"object": self.answer(event["data"]["object"])}}
        before = event["data"].get("previous_attributes")
        if before is None:
            return shown
        old = {key: self.answer(value) for key, value in before.items()}
        if "items" in before and "current_period_start" in (before["items"]["data"] or [{}])[0]:
            rows = before["items"]["data"]
            old["current_period_start"] = max(row["current_period_start"] for row in rows)
            old["current_period_end"] = min(row["current_period_end"] for row in rows)
            if len(rows) == 1:
                old |= {"plan": rows[0]["plan"], "quantity": rows[0].get("quantity")}
        if "discounts" in before:
            old["discount"] = self._embedded(before["discounts"][0]) if before["discounts"] else None
        for key in ("parent", "total_taxes"):
            old.pop(key, None)
        shown["data"]["previous_attributes"] = old
        return shown

    def _embedded(self, discount: Any) -> Any:
        return self.answer(self.by_id[discount]) if isinstance(discount, str) else discount

    def _discount(self, shown: Object) -> Object:
        coupon = shown.pop("source", {}).get("coupon", shown.get("coupon"))
        if isinstance(coupon, str):
            coupon = dict(self.by_id[coupon])
        for key in ("applies_to", "currency_options"):
            coupon.pop(key, None)
        return {**shown, "coupon": coupon}

    def _customer(self, shown: Object) -> Object:
        return {**shown, "default_currency": shown["currency"]} if "currency" in shown else shown

    def _subscription(self, shown: Object) -> Object:
        rows = shown["items"]["data"]
        if rows:
            periods = [(row.pop("_period_start"), row.pop("_period_end")) for row in rows]
            shown["current_period_start"] = max(start for start, _ in periods)
            shown["current_period_end"] = min(end for _, end in periods)
        if len(rows) == 1:
            shown |= {"plan": rows[0]["plan"], "quantity": rows[0].get("quantity")}
        shown["discount"] = self._embedded(shown["discounts"][0]) if shown["discounts"] else None
        shown["invoice_customer_balance_settings"] = {"consume_applied_balance_on_void": True}
        for key in ("billing_mode",):
            shown.pop(key, None)
        return shown

    def _item(self, shown: Object) -> Object:
        shown["_period_start"] = shown.pop("current_period_start")
        shown["_period_end"] = shown.pop("current_period_end")
        return shown

    def _invoice(self, shown: Object) -> Object:
        details = (shown.pop("parent") or {}).get("subscription_details") or {}
        payment = self.payments.get(shown["id"])
        intent = payment["payment"].get("payment_intent") if payment else None
        taxes = [self._tax(tax) for tax in shown.pop("total_taxes")]
        off_stripe = shown.pop("amount_paid_off_stripe", 0)
        return {
            **shown,
            "charge": self.charges[intent]["id"] if intent in self.charges else None,
            "discount": self._embedded(shown["discounts"][0]) if shown["discounts"] else None,
            "paid": shown["status"] == "paid",
            "paid_out_of_band": bool(off_stripe),
            "payment_intent": intent,
            "subscription": details.get("subscription"),
            "subscription_details": {"metadata": {}} if details else {"metadata": None},
            "tax": sum(tax["amount"] for tax in taxes) if taxes else None,
            "total_tax_amounts": taxes,
        }

    def _line(self, shown: Object) -> Object:
        parent = shown.pop("parent")
        details = parent["subscription_item_details"] or parent["invoice_item_details"]
        pricing = shown.pop("pricing")
        price, plan = self._price((pricing or {}).get("price_details"))
        taxes = [self._tax(tax) for tax in shown.pop("taxes")]
        is_item = bool(details["invoice_item"])
        for key in ("pretax_credit_amounts", "subtotal", "quantity_decimal", "subscription"):
            shown.pop(key, None)
        line = {
            **shown,
            "plan": plan,
            "price": price,
            "proration": details["proration"],
            "proration_details": details["proration_details"] or {"credited_items": None},
            "subscription": details["subscription"],
            "tax_amounts": taxes,
            "tax_rates": [],
            "type": "invoiceitem" if is_item else "subscription",
        }
        if is_item:
            line["invoice_item"] = details["invoice_item"]
        if details.get("subscription_item"):
            line["subscription_item"] = details["subscription_item"]
        return line

    def _invoice_item(self, shown: Object) -> Object:
        details = (shown.pop("parent") or {}).get("subscription_details") or {}
        price, plan = self._price((shown.pop("pricing") or {}).get("price_details"))
        for key in ("net_amount", "proration_details", "quantity_decimal"):
            shown.pop(key, None)
        item = {
            **shown,
            "plan": plan,
            "price": price,
            "subscription": details.get("subscription"),
            "unit_amount": price["unit_amount"] if price else None,
        }
        if details:
            item["subscription_item"] = details["subscription_item"]
        return item

    def _charge(self, shown: Object) -> Object:
        return {**shown, "invoice": self.invoice_of.get(shown["payment_intent"])}

    def _price(self, details: Object | None) -> tuple[Object | None, Object | None]:
        if not details:
            return None, None
        price = {key: value for key, value in self.by_id[details["price"]].items() if key not in ("tiers", "currency_options")}
        if not price["recurring"]:
            return price, None
        plan = {
            "id": price["id"],
            "object": "plan",
            "active": price["active"],
            "amount": price["unit_amount"],
            "amount_decimal": price["unit_amount_decimal"],
            "billing_scheme": price["billing_scheme"],
            "created": price["created"],
            "currency": price["currency"],
            "interval": price["recurring"]["interval"],
            "interval_count": price["recurring"]["interval_count"],
            "livemode": False,
            "metadata": {},
            "nickname": price["nickname"],
            "product": price["product"],
            "tiers_mode": price["tiers_mode"],
            "transform_usage": price["transform_quantity"],
            "usage_type": price["recurring"]["usage_type"],
        }
        return price, plan

    @staticmethod
    def _tax(tax: Object) -> Object:
        return {
            "amount": tax["amount"],
            "inclusive": tax["tax_behavior"] == "inclusive",
            "tax_rate": tax["tax_rate_details"]["tax_rate"],
            "taxability_reason": tax["taxability_reason"],
            "taxable_amount": tax["taxable_amount"],
        }


def tidy(payload: Any) -> Any:
    """Drop what only helped to turn subscription items."""
    if isinstance(payload, list):
        return [tidy(one) for one in payload]
    if isinstance(payload, dict):
        return {key: tidy(value) for key, value in payload.items() if not key.startswith("_period")}
    return payload
