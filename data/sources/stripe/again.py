"""The second pass: what the lists don't show, but what they name, or what the last sync or an event names."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial

from data.errors import PermissionMissing
from data.sources.stripe import changes
from data.sources.stripe.client import NotThere, Refused
from data.sources.stripe.lists import Object
from data.sources.stripe.resources import BY_ENTITY, INVOICE_LINES, ITEMS, LISTED, PAYMENT_METHODS, Resource
from data.sources.stripe.work import Work
from data.spool import UNLISTED

# So many objects are read sooner by listing those in their state than one by one.
WORTH_A_LIST = 5
Notes = Mapping[str, Object]


def changed(work: Work, notes: Notes) -> list[Callable[[], None]]:
    """Tasks that read known objects again: those that were not settled at the last sync, and those that events name."""
    tasks: list[Callable[[], None]] = []
    touched = notes.get("events", {}).get("touched", {})
    unsettled = (work.run.bookmark or {}).get("unsettled", {})
    for resource in LISTED:
        entity = resource.entity
        if entity not in notes or not work.since(resource) or work.has(entity, "changed"):
            continue
        named = {*unsettled.get(entity, []), *touched.get(entity, [])}
        if ids := named - set(notes[entity].get("ids", [])):
            read = partial(_read_again, work, resource, ids, set(notes[entity].get("ids", [])))
            tasks.append(partial(work.optional, resource, read))
    return tasks


def _read_again(work: Work, resource: Resource, ids: set[str], read: set[str]) -> None:
    with work.run.slice(resource.entity, "changed") as writer:

        def take(objects: Iterable[Object]) -> None:
            fresh = [found for found in objects if found["id"] not in read]
            read.update(found["id"] for found in fresh)
            writer.write(fresh)
            changes.note_objects(writer.note, resource, fresh, is_new_only=True)
            work.count(resource.entity, len(fresh))

        if resource.lists_by_status and len(ids) > WORTH_A_LIST:
            # An older server that knows no such list has them asked for one by one.
            with suppress(Refused):
                for status in sorted(resource.unsettled):
                    for page in work.lists.pages(resource, status=status):
                        take(page)
        for found in work.one_by_one.map(partial(work.lists.one, resource), sorted(ids - read)):
            take([found] if found else [])


def unlisted_prices(work: Work, notes: Notes) -> None:
    """Read prices made for one customer: no list shows them, only the lines and items that use them."""
    used = changes.together(notes.get(entity, {}) for entity in ("invoices", "subscriptions"))
    known = work.run.before.get("known", {}).get("prices", [])
    prices = set(used.get("prices", [])) - set(notes["prices"].get("ids", [])) - set(known)
    if prices and not work.has("prices", UNLISTED):
        with work.run.slice("prices", UNLISTED) as writer:
            writer.write(filter(None, work.one_by_one.map(partial(work.lists.one, BY_ENTITY["prices"]), sorted(prices))))
            writer.note["tried"] = sorted(prices)


def unlisted_coupons(work: Work, notes: Notes) -> None:
    """Keep deleted coupons: no list shows them, but every discount that they gave still does."""
    used = changes.together(notes.get(entity, {}) for entity in ("invoices", "subscriptions", "customers"))
    listed = {*notes.get("coupons", {}).get("ids", []), *work.run.before.get("known", {}).get("coupons", [])}
    coupons = {key: coupon for key, coupon in used.get("coupons", {}).items() if key not in listed}
    hidden = {key: holder for key, holder in used.get("coupon_holders", {}).items() if key not in listed | coupons.keys()}
    if (coupons or hidden) and not work.has("coupons", UNLISTED):
        with work.run.slice("coupons", UNLISTED) as writer:
            for holder in sorted(set(hidden.values())):
                coupons |= {key: coupon for key, coupon in _coupons_of(work, holder).items() if key in hidden}
            writer.write(coupon for _, coupon in sorted(coupons.items()))
            writer.note["tried"] = sorted({*coupons, *hidden})


def _coupons_of(work: Work, holder: str) -> dict[str, Object]:
    """The coupons on an invoice's lines or a subscription's items, which only their own lists show whole."""
    found: dict[str, Object] = {}
    with suppress(NotThere, Refused, PermissionMissing):
        for entry in work.lists.entries(holder, ITEMS if holder.startswith("sub_") else INVOICE_LINES, "coupons"):
            for discount in entry.get("discounts") or []:
                coupon = changes.coupon_in(discount)
                if isinstance(coupon, dict):
                    found[coupon["id"]] = coupon
    return found


def cards(work: Work, notes: Notes) -> None:
    """Payment methods of the customers who subscribe: the default ones came with them; who has none there is asked for."""
    if work.has("payment_methods", "all"):
        return
    noted = changes.together(notes.get(entity, {}) for entity in ("subscriptions", "customers"))
    live = sorted(set(noted.get("live", [])) & set(noted.get("ids", [])))
    shown = noted.get("cards", {})
    asked = [customer for customer in live if customer not in shown]
    with work.run.slice("payment_methods") as writer:
        defaults = {card["id"]: card for customer in live for card in shown.get(customer, [])}
        writer.write(defaults.values())
        work.count("payment_methods", len(defaults), len(live))
        try:
            is_known = not asked
            for found in work.one_by_one.map(partial(_cards_of, work), asked):
                is_known = is_known or found is not None
                writer.write(card for card in found or [] if card["id"] not in defaults)
                work.count("payment_methods", len(found or []), len(live))
            if not is_known:
                raise NotThere(PAYMENT_METHODS.words)
        except (PermissionMissing, NotThere) as error:
            work.miss(PAYMENT_METHODS, error)


def _cards_of(work: Work, customer: str) -> list[Object] | None:
    """A customer's payment methods; None where the server has no such list, or no such customer any more."""
    # Until 2022 the kind of payment method had to be named.
    for kind in ({}, {"type": "card"}):
        try:
            return [card for page in work.lists.pages(PAYMENT_METHODS, customer=customer, **kind) for card in page]
        except Refused:
            continue
        except NotThere:
            return None
    return []
