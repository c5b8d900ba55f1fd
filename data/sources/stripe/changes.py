"""What a sync notes about the objects it reads, and what it has to read again because of that."""

from collections.abc import Iterable, Mapping
from typing import Any

from data.sources.stripe.resources import LISTED, Resource

Object = dict[str, Any]

# Objects that events name, of the kinds that are not listed whole each time.
REFETCHED = {"invoice": "invoices", "charge": "charges", "refund": "refunds", "invoice_payment": "invoice_payments"}
ENDED = ("canceled", "incomplete_expired")
OVERLAP = 600
# Events are listed for 30 days.
EVENTS_LAST = 29 * 86_400


def note_objects(note: Object, resource: Resource, objects: Iterable[Object], *, is_new_only: bool) -> None:
    """Add to a slice's note what later steps and the next sync need to know of these objects; sets are kept as lists."""
    for found in objects:
        created = found.get("created")
        if isinstance(created, int):
            note["newest"] = max(created, note.get("newest", 0))
        if found.get("status") in resource.unsettled:
            note.setdefault("unsettled", []).append(found["id"])
        if is_new_only or resource.entity in ("coupons", "prices", "customers"):
            note.setdefault("ids", []).append(found["id"])
        if resource.entity == "events":
            _note_event(note, found)
        elif resource.entity in ("invoices", "subscriptions"):
            _note_prices(note, found)
        if resource.entity in ("invoices", "subscriptions", "customers"):
            _note_coupons(note, found)
        if resource.entity in ("subscriptions", "customers"):
            _note_cards(note, found)


def together(notes: Iterable[Mapping[str, Any]]) -> Object:
    """The notes of all slices of an entity as one."""
    whole: Object = {}
    for note in notes:
        _merge(whole, note)
    return whole


def _merge(whole: Object, note: Mapping[str, Any]) -> None:
    for name, value in note.items():
        if isinstance(value, list):
            whole.setdefault(name, []).extend(value)
        elif isinstance(value, dict):
            _merge(whole.setdefault(name, {}), value)
        elif name == "newest":
            whole[name] = max(value, whole.get(name, 0))
        else:
            whole[name] = value


def since(bookmark: Mapping[str, Any] | None, entity: str) -> int:
    """The creation time from which an entity's list is new, with some overlap; 0: all of it is."""
    newest = (bookmark or {}).get("created", {}).get(entity)
    return max(0, newest - OVERLAP) if newest else 0


def is_too_old(bookmark: Mapping[str, Any], anchor: int | None) -> bool:
    """Whether, by the server's own clock, events between the bookmark and the newest one may be gone already."""
    newest = bookmark.get("created", {}).get("events")
    return bool(anchor and newest and anchor - newest > EVENTS_LAST)


def next_bookmark(before: Mapping[str, Any], notes: Mapping[str, Object], anchor: int | None, now: int) -> Object:
    """Where the next sync goes on, for each entity read: its newest creation time, what is unsettled, what is known."""
    created = dict(before.get("created", {}))
    unsettled = dict(before.get("unsettled", {}))
    for resource in LISTED:
        if resource.is_relisted:
            continue
        if resource.entity not in notes:
            # What changed meanwhile stays unknown, so the next sync reads all of it.
            created.pop(resource.entity, None)
            continue
        note = notes[resource.entity]
        if newest := note.get("newest"):
            # A test clock's object lies in the future; it must not hide what comes meanwhile.
            created[resource.entity] = max(min(newest, now), created.get(resource.entity, 0))
        unsettled[resource.entity] = sorted(set(note.get("unsettled", [])))
    if anchor and "events" in notes:
        # What happens while the lists are read may be missing from them: the next sync reads its events again.
        created["events"] = min(anchor, now)
    return {"created": created, "unsettled": unsettled}


def _note_event(note: Object, event: Object) -> None:
    about = (event.get("data") or {}).get("object") or {}
    entity = REFETCHED.get(str(about.get("object")))
    # An upcoming invoice has no id.
    if entity and isinstance(about.get("id"), str):
        note.setdefault("touched", {}).setdefault(entity, set()).add(about["id"])


def _note_prices(note: Object, found: Object) -> None:
    prices = note.setdefault("prices", set())
    for listed in (found.get("lines"), found.get("items")):
        for entry in (listed or {}).get("data", []):
            price = ((entry.get("pricing") or {}).get("price_details") or {}).get("price") or entry.get("price")
            price_id = price.get("id") if isinstance(price, dict) else price
            if isinstance(price_id, str):
                prices.add(price_id)


def _note_coupons(note: Object, found: Object) -> None:
    lines = (found.get("lines") or {}).get("data", [])
    items = (found.get("items") or {}).get("data", [])
    discounts = [found.get("discount"), *(found.get("discounts") or [])]
    for entry in (*lines, *items):
        discounts += entry.get("discounts") or []
    for discount in discounts:
        coupon = coupon_in(discount)
        if isinstance(coupon, dict):
            note.setdefault("coupons", {})[coupon["id"]] = coupon
        elif isinstance(coupon, str):
            note.setdefault("coupon_holders", {})[coupon] = found["id"]


def coupon_in(discount: Any) -> Any:
    """A discount's coupon in either shape: an object, an id, or None."""
    if not isinstance(discount, dict):
        return None
    return (discount.get("source") or {}).get("coupon") or discount.get("coupon")


def _note_cards(note: Object, found: Object) -> None:
    if found.get("object") == "subscription":
        customer = found.get("customer")
        customer = customer.get("id") if isinstance(customer, dict) else customer
        if found.get("status") in ENDED or not customer:
            return
        note.setdefault("live", set()).add(customer)
        cards = [found.get("default_payment_method")]
    else:
        customer = found["id"]
        cards = [(found.get("invoice_settings") or {}).get("default_payment_method"), found.get("default_source")]
    shown = [card for card in cards if isinstance(card, dict) and "id" in card]
    if shown:
        note.setdefault("cards", {}).setdefault(customer, []).extend(shown)
