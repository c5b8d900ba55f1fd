"""The account's event log, as `/v1/events` shows it: the object at that moment, and what it held before."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from data.sources.demo import shapes
from data.sources.demo.ledger import Customer, Invoice, Subscription

if TYPE_CHECKING:
    from data.sources.demo.account import Account

Object = dict[str, Any]


def emit(account: "Account", kind: str, payload: Callable[[], Object], previous: Object | None = None) -> None:
    """Log an event, if events are kept already; `payload` is only drawn then."""
    if account.now < account.events_from:
        return
    data: Object = {"object": payload()}
    if previous is not None:
        data["previous_attributes"] = previous
    account.records.events.append(
        {
            "id": account.new_id("evt"),
            "object": "event",
            "api_version": shapes.API_VERSION,
            "created": account.now,
            "data": data,
            "livemode": False,
            "pending_webhooks": 0,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
    )


def customer(account: "Account", who: Customer, kind: str, previous: Object | None = None) -> None:
    """Log an event of a customer."""
    emit(account, kind, lambda: shapes.customer(account, who), previous)


def invoice(account: "Account", bill: Invoice, kind: str, previous: Object | None = None) -> None:
    """Log an event of an invoice."""
    emit(account, kind, lambda: shapes.cut_nested(shapes.invoice(account, bill)), previous)


def subscription_before(account: "Account", subscription: Subscription) -> Object | None:
    """The subscription's object before a change, where events are kept."""
    return shapes.subscription(account, subscription) if account.now >= account.events_from else None


def subscription_changed(account: "Account", subscription: Subscription, before: Object | None, kind: str | None) -> None:
    """Log a change of a subscription, with the values that it changed; beside it the special event `kind`, if any."""
    if before is None:
        return
    after = shapes.subscription(account, subscription)
    changed = previous_attributes(before, after)
    if kind != "customer.subscription.deleted" and (changed or kind is None):
        emit(account, "customer.subscription.updated", lambda: shapes.cut_nested(after), changed)
    if kind:
        emit(account, kind, lambda: shapes.cut_nested(after))


def subscription_created(account: "Account", subscription: Subscription) -> None:
    """Log the beginning of a subscription."""
    emit(account, "customer.subscription.created", lambda: shapes.cut_nested(shapes.subscription(account, subscription)))


def previous_attributes(before: Object, after: Object) -> Object:
    """What `after` changed, with its earlier values: of a hash the changed keys only, of a list all of it."""
    changed: Object = {}
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict) and old.get("object") != "list":
            changed[key] = previous_attributes(old, new)
        elif isinstance(old, dict) and old.get("object") == "list":
            changed[key] = {**old, "data": old["data"][: shapes.NESTED]}
        else:
            changed[key] = old
    return dict(sorted(changed.items()))
