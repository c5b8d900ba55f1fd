"""What is done with subscriptions: start, change, pause, cancel, as the API's operations do it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from data.sources.demo import account as clock
from data.sources.demo import billing, discounting, events, lines
from data.sources.demo.catalogue import Coupon, Price
from data.sources.demo.ledger import Customer, Item, Schedule, Subscription
from data.sources.demo.periods import DAY, period_at

if TYPE_CHECKING:
    from data.sources.demo.account import Account


def create(
    account: "Account",
    customer: Customer,
    items: Sequence[tuple[Price, int]],
    *,
    start_date: int | None = None,
    anchor: int | None = None,
    trial_end: int | None = None,
    currency: str | None = None,
    coupons: Sequence[Coupon] = (),
    item_coupons: Sequence[Coupon] = (),
    **more: Any,
) -> Subscription:
    """A new subscription, billed at once; `item_coupons` go to its first item, `more` holds fields of Subscription.

    An `anchor` in the future makes the first period a prorated stub; a `start_date` in the past backdates it.
    """
    now = account.now
    subscription = Subscription(
        id=account.new_id("sub"),
        customer=customer,
        currency=currency or items[0][0].currency,
        created=now,
        start_date=now if start_date is None else start_date,
        anchor=trial_end or anchor or now,
        items=[Item(account.new_id("si"), price, quantity, now) for price, quantity in items],
        status="trialing" if trial_end else "active",
        trial_start=now if trial_end else None,
        trial_end=trial_end,
        **more,
    )
    if subscription.collection_method == "send_invoice" and subscription.days_until_due is None:
        subscription.days_until_due = 30
    account.records.subscriptions[subscription.id] = subscription
    customer.currency = customer.currency or subscription.currency
    for item in subscription.items:
        _first_period(subscription, item, now)
    first = subscription.items[0]
    subscription.discounts = [discounting.draw(account, coupon, customer, subscription) for coupon in coupons]
    first.discounts = [discounting.draw(account, coupon, customer, subscription, first) for coupon in item_coupons]
    events.subscription_created(account, subscription)
    account.timeline.note(subscription, now, "subscription created")
    billing.bill_items(account, subscription, subscription.items, "subscription_create", at_once=not _is_sent(subscription))
    billing.plan_renewal(account, subscription)
    return subscription


def _is_sent(subscription: Subscription) -> bool:
    return subscription.collection_method == "send_invoice"


def _first_period(subscription: Subscription, item: Item, now: int) -> None:
    if subscription.trial_end:
        item.period_start, item.period_end = now, subscription.trial_end
    elif subscription.anchor > now:
        item.period_start = now
        item.period_end = period_at(subscription.anchor, item.price.interval or "month", item.price.interval_count, now)[1]
    else:
        lines.set_period(subscription, item, now)


def change(
    account: "Account",
    subscription: Subscription,
    item: Item,
    *,
    price: Price | None = None,
    quantity: int | None = None,
    proration: str = "create_prorations",
) -> None:
    """Give an item another price or quantity now; another interval starts a new period, billed at once."""
    new_price, new_quantity = price or item.price, item.quantity if quantity is None else quantity
    is_new_interval = (new_price.interval, new_price.interval_count) != (item.price.interval, item.price.interval_count)
    is_prorated = proration != "none" and subscription.status in ("active", "past_due")
    if is_prorated:
        before = discounting.net_amounts(subscription)[item.id]
        billing.prorate(account, subscription, item, before, item.quantity, is_credit=True)
    with account.changing(subscription, "changed"):
        item.price, item.quantity = new_price, new_quantity
        if is_new_interval and subscription.status != "trialing":
            subscription.anchor = account.now
            lines.set_period(subscription, item, account.now)
    if is_new_interval and subscription.status != "trialing":
        billing.bill_items(account, subscription, [item], "subscription_update", at_once=True)
        billing.plan_renewal(account, subscription)
    elif is_prorated:
        after = discounting.net_amounts(subscription)[item.id]
        billing.prorate(account, subscription, item, after, item.quantity, is_credit=False)
        if proration == "always_invoice":
            billing.bill_pending(account, subscription)


def add_item(
    account: "Account", subscription: Subscription, price: Price, quantity: int = 1, *, proration: str = "create_prorations"
) -> Item:
    """Add an item to a running subscription, prorated for the rest of its period."""
    item = Item(account.new_id("si"), price, quantity, account.now)
    with account.changing(subscription, "item added"):
        subscription.items.append(item)
        lines.set_period(subscription, item, account.now)
    if proration != "none" and subscription.status in ("active", "past_due"):
        amount = discounting.net_amounts(subscription)[item.id]
        billing.prorate(account, subscription, item, amount, quantity, is_credit=False)
        if proration == "always_invoice":
            billing.bill_pending(account, subscription)
    billing.plan_renewal(account, subscription)
    return item


def remove_item(account: "Account", subscription: Subscription, item: Item, *, proration: str = "create_prorations") -> None:
    """Take an item out of a running subscription, with a credit for the rest of its period."""
    if proration != "none" and subscription.status in ("active", "past_due"):
        amount = discounting.net_amounts(subscription)[item.id]
        billing.prorate(account, subscription, item, amount, item.quantity, is_credit=True)
    with account.changing(subscription, "item removed"):
        subscription.items.remove(item)
    if proration == "always_invoice":
        billing.bill_pending(account, subscription)
    billing.plan_renewal(account, subscription)


def schedule_change(account: "Account", subscription: Subscription, price: Price, quantity: int) -> Schedule:
    """Plan another price and quantity for the first item from its next period on, by a schedule of two phases."""
    item = subscription.items[0]
    edge = item.period_end
    after = period_at(edge, price.interval or "month", price.interval_count, edge)[1]
    phases = [(item.period_start, edge, item.price, item.quantity), (edge, after, price, quantity)]
    schedule = Schedule(account.new_id("sub_sched"), subscription.customer.id, subscription.id, account.now, phases)
    account.records.schedules[schedule.id] = schedule
    with account.changing(subscription, "change scheduled"):
        subscription.schedule = schedule.id

    def enter() -> None:
        if subscription.is_over or subscription.schedule != schedule.id:
            return
        change(account, subscription, item, price=price, quantity=quantity, proration="none")
        schedule.status, schedule.released_at = "released", account.now
        with account.changing(subscription, "schedule released"):
            subscription.schedule = None

    account.at(edge, enter, clock.EXPIRY)
    return schedule


def cancel(
    account: "Account",
    subscription: Subscription,
    *,
    at_period_end: bool = False,
    at: int | None = None,
    prorate: bool = False,
    feedback: str | None = None,
    comment: str | None = None,
) -> None:
    """Cancel now, at the end of what is paid for, or at an instant; feedback and comment are the client's."""
    if subscription.is_over:
        return
    if at_period_end:
        at = max(item.period_end for item in subscription.items)
    if at is None and prorate and subscription.status in ("active", "past_due"):
        for item in subscription.items:
            amount = discounting.net_amounts(subscription)[item.id]
            billing.prorate(account, subscription, item, amount, item.quantity, is_credit=True)
    with account.changing(subscription, "canceled", None if at else "customer.subscription.deleted"):
        subscription.canceled_at = account.now
        subscription.cancel_reason = "cancellation_requested"
        subscription.cancel_feedback, subscription.cancel_comment = feedback, comment
        subscription.cancel_at, subscription.cancel_at_period_end = at, at_period_end
        if at is None:
            subscription.status, subscription.ended_at = "canceled", account.now
    if at is not None:
        account.at(at, partial(_end, account, subscription, at), clock.EXPIRY)


def keep(account: "Account", subscription: Subscription) -> None:
    """Take a planned cancellation back."""
    with account.changing(subscription, "cancellation taken back"):
        subscription.cancel_at, subscription.cancel_at_period_end = None, False
        subscription.canceled_at = subscription.cancel_reason = None
        subscription.cancel_feedback = subscription.cancel_comment = None


def _end(account: "Account", subscription: Subscription, at: int) -> None:
    if subscription.is_over or subscription.cancel_at != at:
        return
    with account.changing(subscription, "ended", "customer.subscription.deleted"):
        subscription.status, subscription.ended_at = "canceled", account.now
    if any(pending.line.subscription for pending in account.pending_of(subscription.customer)):
        billing.bill_pending(account, subscription)


def pause(account: "Account", subscription: Subscription) -> None:
    """Pause: no service, no bills, until it is resumed."""
    with account.changing(subscription, "paused", "customer.subscription.paused"):
        subscription.status = "paused"
        subscription.paused_at, subscription.paused_type = account.now, "pause_requested"


def resume(account: "Account", subscription: Subscription) -> None:
    """Go on after a pause: a new period begins now, and is billed."""
    if subscription.status != "paused":
        return
    with account.changing(subscription, "resumed", "customer.subscription.resumed"):
        subscription.status, subscription.paused_at, subscription.paused_type = "active", None, None
        subscription.anchor = account.now
        for item in subscription.items:
            lines.set_period(subscription, item, account.now)
    billing.bill_items(account, subscription, subscription.items, "subscription_update", at_once=True)
    billing.plan_renewal(account, subscription)


def pause_collection(
    account: "Account", subscription: Subscription, behavior: str = "void", resumes_at: int | None = None
) -> None:
    """Go on serving, but collect nothing: bills are voided, kept as drafts or marked uncollectible."""
    with account.changing(subscription, "collection paused"):
        subscription.pause_behavior, subscription.pause_resumes_at = behavior, resumes_at
    if resumes_at is not None:
        account.at(resumes_at, partial(resume_collection, account, subscription), clock.EXPIRY)


def resume_collection(account: "Account", subscription: Subscription) -> None:
    """Collect again from the next bill on."""
    if subscription.pause_behavior is None:
        return
    with account.changing(subscription, "collection resumed"):
        subscription.pause_behavior = subscription.pause_resumes_at = None


def give_free_period(account: "Account", subscription: Subscription, days: int) -> None:
    """Some free days from now: Stripe shows a trial, credits the rest of a paid period and moves the anchor."""
    for item in subscription.items if subscription.status != "trialing" else ():
        amount = discounting.net_amounts(subscription)[item.id]
        billing.prorate(account, subscription, item, amount, item.quantity, is_credit=True)
    with account.changing(subscription, "free period given"):
        subscription.status = "trialing"
        subscription.trial_start, subscription.trial_end = account.now, account.now + days * DAY
        subscription.anchor = subscription.trial_end
        for item in subscription.items:
            item.period_start, item.period_end = account.now, subscription.trial_end
    billing.bill_items(account, subscription, subscription.items, "subscription_update", at_once=True)
    billing.plan_renewal(account, subscription)


def delete_customer(account: "Account", customer: Customer) -> None:
    """Delete a customer: its subscriptions end now, and it is in no list any more."""
    for subscription in account.records.subscriptions.values():
        if subscription.customer is customer:
            cancel(account, subscription)
    customer.deleted_at = account.now
    for card in customer.cards:
        card.detached_at = account.now
    events.customer(account, customer, "customer.deleted")
