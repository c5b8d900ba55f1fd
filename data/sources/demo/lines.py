"""Invoice lines: what is billed for an item and period, and which period that is."""

from fractions import Fraction
from typing import TYPE_CHECKING

from data.sources.demo.catalogue import Price, rounded
from data.sources.demo.ledger import Item, Line, Subscription
from data.sources.demo.periods import period_at

if TYPE_CHECKING:
    from data.sources.demo.account import Account


def set_period(subscription: Subscription, item: Item, at: int) -> None:
    """Put an item into the period of the subscription's grid that holds `at`."""
    price = item.price
    item.period_start, item.period_end = period_at(subscription.anchor, price.interval or "month", price.interval_count, at)


def recurring_lines(account: "Account", subscription: Subscription, item: Item) -> list[Line]:
    """The lines for an item's current period: one, or one for each tier reached; 0 in a trial; usage of the last one."""
    if item.price.is_metered:
        return [usage_line(account, subscription, item)]
    start, end = item.period_start, item.period_end
    in_trial = subscription.status == "trialing"
    full_start, full_end = period_at(
        subscription.anchor, item.price.interval or "month", item.price.interval_count, max(start, end - 1)
    )
    share = Fraction(1) if in_trial or start <= full_start else Fraction(end - start, full_end - full_start)
    parts = [(item.quantity, Fraction(0))] if in_trial else item.price.parts(item.quantity, subscription.currency)
    name = item.price.product.name
    return [
        Line(
            id=account.new_id("il"),
            amount=rounded(amount * share),
            quantity=quantity,
            start=start,
            end=end,
            description=f"Trial period for {name}" if in_trial else f"{quantity} × {name}",
            price=item.price,
            subscription=subscription.id,
            item=item.id,
            is_proration=share != 1,
        )
        for quantity, amount in parts
    ]


def usage_line(account: "Account", subscription: Subscription, item: Item) -> Line:
    """The line for a metered item: what was used in the period before, nothing in the first one."""
    start, end, used = item.period_start, item.period_end, 0
    if start > subscription.start_date and subscription.status != "trialing":
        start, end = period_at(subscription.anchor, item.price.interval or "month", item.price.interval_count, start - 1)
        used = item.quantity
    return Line(
        id=account.new_id("il"),
        amount=rounded(item.price.amount(used, subscription.currency)),
        quantity=used,
        start=start,
        end=end,
        description=f"{used} × {item.price.product.name}",
        price=item.price,
        subscription=subscription.id,
        item=item.id,
    )


def backdated_line(account: "Account", subscription: Subscription, item: Item) -> Line:
    """The line for the time between a backdated start and the first period."""
    span = item.period_end - item.period_start
    share = Fraction(item.period_start - subscription.start_date, span)
    return Line(
        id=account.new_id("il"),
        amount=rounded(item.price.amount(item.quantity, subscription.currency) * share),
        quantity=item.quantity,
        start=subscription.start_date,
        end=item.period_start,
        description=f"Time on {item.quantity} × {item.price.product.name}",
        price=item.price,
        subscription=subscription.id,
        item=item.id,
        is_proration=True,
        is_discountable=False,
    )


def one_off_line(account: "Account", amount: int, description: str, price: Price | None = None, quantity: int = 1) -> Line:
    """A line that belongs to no subscription, in minor units."""
    return Line(account.new_id("il"), amount, quantity, account.now, account.now, description, price)
