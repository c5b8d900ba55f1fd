"""Discounts: who has which in force, and what they take off amounts and invoice lines."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from data.sources.demo import account as clock
from data.sources.demo import events, shapes
from data.sources.demo.catalogue import Coupon, rounded
from data.sources.demo.ledger import Customer, Discount, Item, Line, Subscription
from data.sources.demo.periods import step

if TYPE_CHECKING:
    from data.sources.demo.account import Account


def give_customer(account: "Account", coupon: Coupon, customer: Customer) -> Discount:
    """Give a coupon to a customer: it reduces all its subscriptions from now on."""
    discount = draw(account, coupon, customer)
    customer.discount = discount
    events.emit(account, "customer.discount.created", lambda: shapes.discount(discount))
    return discount


def give(account: "Account", coupon: Coupon, subscription: Subscription, item: Item | None = None) -> Discount:
    """Give a coupon to a subscription, or to one item of it, in force from now."""
    discount = draw(account, coupon, subscription.customer, subscription, item)
    with account.changing(subscription, f"coupon {coupon.id}"):
        (item or subscription).discounts.append(discount)
    if item is None:
        events.emit(account, "customer.discount.created", lambda: shapes.discount(discount))
    return discount


def draw(
    account: "Account", coupon: Coupon, customer: Customer, subscription: Subscription | None = None, item: Item | None = None
) -> Discount:
    """A discount that starts now and ends as its coupon says; whoever gets it still has to be given it."""
    discount = Discount(
        id=account.new_id("di"),
        coupon=coupon,
        start=account.now,
        customer=customer.id,
        end=step(account.now, "month", coupon.months or 0) if coupon.duration == "repeating" else None,
        subscription=subscription.id if subscription and not item else None,
        item=item.id if item else None,
    )
    account.records.discounts[discount.id] = discount
    if discount.end is not None:
        account.at(discount.end, partial(remove, account, discount, is_expiry=True), clock.EXPIRY)
    return discount


def remove(account: "Account", discount: Discount, *, is_expiry: bool = False) -> None:
    """Take a discount away from whoever has it; nothing happens if it's gone already."""
    if discount.removed_at is not None or discount.used_up:
        return
    if not is_expiry:
        discount.removed_at = account.now
    _detach(account, discount, f"coupon {discount.coupon.id} {'ended' if is_expiry else 'removed'}")
    if discount.item is None:
        events.emit(account, "customer.discount.deleted", lambda: shapes.discount(discount))


def use_up(account: "Account", discounts: Sequence[Discount]) -> None:
    """Coupons for one invoice are gone once they have reduced one."""
    for discount in discounts:
        if discount.coupon.duration == "once" and not discount.used_up:
            discount.used_up = True
            discount.end = account.now
            _detach(account, discount, f"coupon {discount.coupon.id} used up")


def _detach(account: "Account", discount: Discount, cause: str) -> None:
    customer = account.records.customers[discount.customer]
    if customer.discount is discount:
        customer.discount = None
    for subscription in account.records.subscriptions.values():
        owners: list[Item | Subscription] = [subscription, *subscription.items]
        for owner in owners:
            if discount in owner.discounts:
                with account.changing(subscription, cause):
                    owner.discounts.remove(discount)
                return


def in_order(subscription: Subscription, item: Item) -> list[Discount]:
    """The discounts of an item in the order in which they are taken: its own, its subscription's, its customer's."""
    own = subscription.customer.discount
    return [*item.discounts, *subscription.discounts, *([own] if own else [])]


def reduce_lines(subscription: Subscription, lines: Sequence[Line]) -> list[Discount]:
    """Write onto lines what each discount takes off; the discounts that took something, or could have, come back."""
    items = {item.id: item for item in subscription.items}
    billed = [line for line in lines if line.is_discountable and line.item in items and line.amount > 0]
    left = {line.id: Fraction(line.amount) for line in billed}
    given: list[Discount] = []
    for item in subscription.items:
        given += [discount for discount in item.discounts if discount not in given]
    own = subscription.customer.discount
    given += [*subscription.discounts, *([own] if own else [])]
    for discount in given:
        reach = [line for line in billed if _covers(discount, line)]
        for line, amount in zip(reach, _shares(discount.coupon, [left[line.id] for line in reach]), strict=True):
            if amount:
                line.discount_amounts.append((discount.id, amount))
                left[line.id] -= amount
    for line in billed:
        line.discounts = [discount.id for discount in items[line.item or ""].discounts]
    return given


def net_amounts(subscription: Subscription) -> dict[str, Fraction]:
    """What a period of each item costs after all its discounts but those for one invoice, exact, by item id."""
    left = {item.id: item.price.amount(item.quantity, subscription.currency) for item in subscription.items}
    given: list[Discount] = []
    for item in subscription.items:
        given += [discount for discount in in_order(subscription, item) if discount not in given]
    given.sort(key=lambda discount: (discount.item is None, discount.item is None and discount.subscription is None))
    for discount in given:
        if discount.coupon.duration == "once":
            continue
        reach = [item for item in subscription.items if _covers_item(discount, item)]
        total = sum((left[item.id] for item in reach), Fraction(0))
        for item in reach:
            if discount.coupon.percent_off is not None:
                left[item.id] *= 1 - discount.coupon.percent_off / 100
            elif total:
                left[item.id] -= min(Fraction(discount.coupon.amount_off or 0), total) * left[item.id] / total
    return left


def _covers(discount: Discount, line: Line) -> bool:
    of_item = discount.item is None or discount.item == line.item
    return of_item and line.price is not None and discount.coupon.covers(line.price.product)


def _covers_item(discount: Discount, item: Item) -> bool:
    return (discount.item is None or discount.item == item.id) and discount.coupon.covers(item.price.product)


def _shares(coupon: Coupon, amounts: list[Fraction]) -> list[int]:
    if coupon.percent_off is not None:
        return [rounded(amount * coupon.percent_off / 100) for amount in amounts]
    total = sum(amounts, Fraction(0))
    off = min(Fraction(coupon.amount_off or 0), total)
    exact = [off * amount / total if total else Fraction(0) for amount in amounts]
    shares = [int(share) for share in exact]
    rest = sorted(range(len(exact)), key=lambda index: shares[index] - exact[index])
    for index in rest[: int(off) - sum(shares)]:
        shares[index] += 1
    return shares
