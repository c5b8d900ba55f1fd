"""Subscriptions and their schedules in Stripe’s newest shape."""

from typing import TYPE_CHECKING

from data.sources.demo.ledger import Item, Schedule, Subscription
from data.sources.demo.shapes.basics import Object, listing
from data.sources.demo.shapes.sold import plan, price, tax_rate

if TYPE_CHECKING:
    from data.sources.demo.account import Account


def subscription(own: "Account", held: Subscription) -> Object:
    """A subscription object with all its items."""
    paused = None
    if held.status == "paused" and held.paused_at:
        reason = {"type": held.paused_type or "pause_requested"}
        paused = {"paused": {"subscription": reason, "transitioned_at": held.paused_at, "type": "subscription"}}
    collection = {"behavior": held.pause_behavior, "resumes_at": held.pause_resumes_at} if held.pause_behavior else None
    rows = [subscription_item(item, held) for item in held.items]
    return {
        "id": held.id,
        "object": "subscription",
        "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
        "billing_cycle_anchor": held.anchor,
        "billing_mode": {
            "flexible": {"proration_discounts": "included"} if held.billing_mode == "flexible" else None,
            "type": held.billing_mode,
        },
        "billing_thresholds": None,
        "cancel_at": held.cancel_at,
        "cancel_at_period_end": held.cancel_at_period_end,
        "canceled_at": held.canceled_at,
        "cancellation_details": {
            "comment": held.cancel_comment,
            "feedback": held.cancel_feedback,
            "reason": held.cancel_reason,
        },
        "collection_method": held.collection_method,
        "created": held.created,
        "currency": held.currency,
        "customer": held.customer.id,
        "customer_account": None,
        "days_until_due": held.days_until_due,
        "default_payment_method": None,
        "default_source": None,
        "default_tax_rates": [tax_rate(rate) for rate in held.tax_rates],
        "description": None,
        "discounts": [discount.id for discount in held.discounts],
        "ended_at": held.ended_at,
        "items": listing(f"/v1/subscription_items?subscription={held.id}", rows),
        "latest_invoice": held.latest_invoice,
        "livemode": False,
        "metadata": {},
        "next_pending_invoice_item_invoice": None,
        "pause_collection": collection,
        "pending_setup_intent": None,
        "pending_update": None,
        "schedule": held.schedule,
        "start_date": held.start_date,
        "status": held.status,
        "status_details": paused,
        "test_clock": None,
        "trial_end": held.trial_end,
        "trial_settings": {"end_behavior": {"missing_payment_method": held.trial_end_behavior}},
        "trial_start": held.trial_start,
    }


def subscription_item(item: Item, held: Subscription) -> Object:
    """A subscription item object; its price comes without tiers, as they are never expanded there."""
    shown = {key: value for key, value in price(item.price).items() if key not in ("tiers", "currency_options")}
    row: Object = {
        "id": item.id,
        "object": "subscription_item",
        "billing_thresholds": None,
        "created": item.created,
        "current_period_end": item.period_end,
        "current_period_start": item.period_start,
        "discounts": [discount.id for discount in item.discounts],
        "metadata": {},
        "plan": plan(item.price),
        "price": shown,
        "quantity": item.quantity,
        "subscription": held.id,
        "tax_rates": [],
    }
    if item.price.is_metered:
        del row["quantity"]
    return row


def schedule(planned: Schedule, held: Subscription, now: int) -> Object:
    """A subscription schedule object."""
    current = next(((start, end) for start, end, _, _ in planned.phases if start <= now < end), None)
    return {
        "id": planned.id,
        "object": "subscription_schedule",
        "canceled_at": None,
        "completed_at": planned.completed_at,
        "created": planned.created,
        "current_phase": {"start_date": current[0], "end_date": current[1]} if current and planned.status == "active" else None,
        "customer": planned.customer,
        "customer_account": None,
        "end_behavior": "release",
        "livemode": False,
        "metadata": {},
        "phases": [
            {
                "currency": held.currency,
                "discounts": [],
                "end_date": end,
                "items": [
                    {"discounts": [], "metadata": {}, "plan": sold.id, "price": sold.id, "quantity": quantity, "tax_rates": []}
                ],
                "metadata": {},
                "proration_behavior": "none",
                "start_date": start,
                "trial_end": None,
            }
            for start, end, sold, quantity in planned.phases
        ],
        "released_at": planned.released_at,
        "released_subscription": planned.subscription if planned.released_at else None,
        "status": planned.status,
        "subscription": None if planned.released_at else planned.subscription,
        "test_clock": None,
    }
