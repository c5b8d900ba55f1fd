"""Billing: invoices, their lines, prorations and renewals."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from data.sources.demo import account as clock
from data.sources.demo import discounting, events, payments
from data.sources.demo import lines as lines_of
from data.sources.demo.catalogue import rounded
from data.sources.demo.ledger import Customer, Invoice, Item, Line, PendingItem, Subscription
from data.sources.demo.periods import DAY, HOUR, moment
from data.sources.demo.timeline import Billed

if TYPE_CHECKING:
    from data.sources.demo.account import Account


def plan_renewal(account: "Account", subscription: Subscription) -> None:
    """Plan the next renewal, or the end of the trial."""
    due = min(item.period_end for item in subscription.items)
    account.at(due, partial(renew, account, subscription, due), clock.RENEWAL)


def renew(account: "Account", subscription: Subscription, due: int) -> None:
    """Bill the items whose period ends now; a renewal that was planned under other terms does nothing."""
    if subscription.is_over or subscription.status in ("paused", "incomplete"):
        return
    if min(item.period_end for item in subscription.items) != due:
        return
    if subscription.status == "trialing" and _end_trial(account, subscription):
        return
    with account.changing(subscription, "renewal"):
        if subscription.status == "trialing":
            subscription.status = "active"
            subscription.anchor = due
        items = [item for item in subscription.items if item.period_end == due]
        for item in items:
            lines_of.set_period(subscription, item, due)
    bill_items(account, subscription, items, "subscription_cycle")
    plan_renewal(account, subscription)


def _end_trial(account: "Account", subscription: Subscription) -> bool:
    """Whether the subscription goes no further, for want of a payment method."""
    if subscription.customer.card or subscription.trial_end_behavior == "create_invoice":
        return False
    if subscription.trial_end_behavior == "pause":
        with account.changing(subscription, "trial ended without a payment method", "customer.subscription.paused"):
            subscription.status = "paused"
            subscription.paused_at, subscription.paused_type = account.now, "trial_end_without_payment_method"
    else:
        with account.changing(subscription, "trial ended without a payment method", "customer.subscription.deleted"):
            subscription.status = "canceled"
            subscription.canceled_at = subscription.ended_at = account.now
            subscription.cancel_reason = "payment_failed"
    return True


def bill_items(
    account: "Account", subscription: Subscription, items: Sequence[Item], reason: str, *, at_once: bool = False
) -> Invoice:
    """An invoice for a whole period of these items, with all that waits for one; finalised at once or in an hour."""
    lines = [line for item in items for line in lines_of.recurring_lines(account, subscription, item)]
    if reason == "subscription_create" and subscription.start_date < subscription.created:
        lines = [lines_of.backdated_line(account, subscription, item) for item in items if not item.price.is_metered] + lines
    invoice = open_invoice(account, subscription.customer, subscription.currency, lines, reason, subscription)
    _count_billed(account, subscription, items, invoice)
    _release(account, subscription, invoice, at_once)
    return invoice


def bill_pending(account: "Account", subscription: Subscription) -> Invoice:
    """An invoice for what waits for one, finalised at once."""
    invoice = open_invoice(account, subscription.customer, subscription.currency, [], "subscription_update", subscription)
    _release(account, subscription, invoice, at_once=True)
    return invoice


def _release(account: "Account", subscription: Subscription, invoice: Invoice, at_once: bool) -> None:
    if subscription.pause_behavior == "keep_as_draft" or subscription.keeps_drafts or subscription.status == "unpaid":
        invoice.auto_advance = False
    elif subscription.pause_behavior == "void":
        finalise(account, invoice, subscription, collect=False)
        payments.void(account, invoice)
    elif subscription.pause_behavior == "mark_uncollectible":
        finalise(account, invoice, subscription, collect=False)
        payments.mark_uncollectible(account, invoice)
    elif at_once:
        finalise(account, invoice, subscription)
    else:
        account.at(account.now + HOUR, partial(finalise, account, invoice, subscription), clock.PAYMENT)


def open_invoice(
    account: "Account",
    customer: Customer,
    currency: str,
    lines: list[Line],
    reason: str,
    subscription: Subscription | None = None,
) -> Invoice:
    """A draft with these lines and all that waits for the customer (or the subscription), discounted and taxed."""
    waiting = _take_waiting(account, customer, currency, subscription)
    customer.currency = customer.currency or currency
    invoice = Invoice(
        id=account.new_id("in"),
        customer=customer,
        currency=currency,
        created=account.now,
        billing_reason=reason,
        period_start=min((line.start for line in lines), default=account.now),
        period_end=account.now if reason == "subscription_cycle" else max((line.end for line in lines), default=account.now),
        lines=[pending.line for pending in waiting] + lines,
        subscription=subscription.id if subscription else None,
        collection_method=subscription.collection_method if subscription else "charge_automatically",
    )
    for pending in waiting:
        pending.invoice = invoice.id
    if subscription:
        invoice.discounts = discounting.reduce_lines(subscription, invoice.lines)
        _tax(subscription, invoice)
        subscription.latest_invoice = invoice.id
        discounting.use_up(account, invoice.discounts)
    account.records.invoices[invoice.id] = invoice
    customer.invoices.append(invoice)
    events.invoice(account, invoice, "invoice.created")
    return invoice


def _take_waiting(
    account: "Account", customer: Customer, currency: str, subscription: Subscription | None
) -> list[PendingItem]:
    mine = {None, subscription.id if subscription else None}
    waiting = account.pending_of(customer)
    found = [pending for pending in waiting if pending.currency == currency and pending.line.subscription in mine]
    waiting[:] = [pending for pending in waiting if pending not in found]
    return found


def _tax(subscription: Subscription, invoice: Invoice) -> None:
    for line in invoice.lines:
        net = line.amount - sum(amount for _, amount in line.discount_amounts)
        for rate in subscription.tax_rates:
            share = rate.percent / 100
            tax = rounded(net * share / (1 + share)) if rate.is_inclusive else rounded(net * share)
            line.taxes.append((rate, tax, net - tax if rate.is_inclusive else net))


def _count_billed(account: "Account", subscription: Subscription, items: Sequence[Item], invoice: Invoice) -> None:
    for item in items:
        own = [line for line in invoice.lines if line.item == item.id and line.invoice_item is None]
        discounts = frozenset(given for line in own for given, _ in line.discount_amounts)
        account.timeline.billed.append(
            Billed(item.id, subscription.id, item.period_start, item.period_end, discounts, subscription.status != "trialing")
        )


def finalise(account: "Account", invoice: Invoice, subscription: Subscription | None = None, *, collect: bool = True) -> None:
    """Turn a draft into a bill that counts, and collect it, or wait for the payment that was asked for."""
    if invoice.status != "draft":
        return
    invoice.status, invoice.finalized_at = "open", account.now
    invoice.number = f"{invoice.customer.id[-6:]}-{len(invoice.customer.invoices):04d}"
    if subscription:
        account.timeline.finalised.setdefault(subscription.id, account.now)
    if invoice.due:
        invoice.payment_intent = account.new_id("pi")
    events.invoice(account, invoice, "invoice.finalized", {"status": "draft"})
    if not collect:
        return
    if invoice.collection_method == "send_invoice" and invoice.due:
        days = subscription.days_until_due if subscription else 30
        invoice.due_date = account.now + (days or 30) * DAY
        wait = subscription.pays_after_days if subscription else 9
        if wait is not None:
            account.at(account.now + wait * DAY, partial(payments.pay, account, invoice), clock.PAYMENT)
    else:
        payments.collect(account, invoice, subscription)


def prorate(
    account: "Account", subscription: Subscription, item: Item, amount: Fraction, quantity: int, *, is_credit: bool
) -> PendingItem:
    """A pending invoice item for the rest of an item's period: its share of `amount` (minor units a period)."""
    start, end = item.period_start, item.period_end
    share = Fraction(max(0, end - account.now), end - start)
    day = moment(account.now).strftime("%d %b %Y")
    name = f"{quantity} × {item.price.product.name}"
    line = Line(
        id=account.new_id("il"),
        amount=-rounded(amount * share) if is_credit else rounded(amount * share),
        quantity=quantity,
        start=account.now,
        end=end,
        description=f"{'Unused' if is_credit else 'Remaining'} time on {name} after {day}",
        price=item.price,
        subscription=subscription.id,
        item=item.id,
        is_proration=True,
        is_discountable=False,
        credited=_credited(subscription, item) if is_credit else None,
    )
    return add_pending(account, subscription.customer, subscription.currency, line)


def add_pending(account: "Account", customer: Customer, currency: str, line: Line) -> PendingItem:
    """Let a line wait for the customer's next invoice."""
    pending = PendingItem(account.new_id("ii"), customer.id, currency, account.now, line)
    line.invoice_item = pending.id
    account.records.pending[pending.id] = pending
    account.pending_of(customer).append(pending)
    return pending


def one_off(
    account: "Account",
    customer: Customer,
    amount: int,
    description: str,
    currency: str | None = None,
    *,
    method: str = "charge_automatically",
) -> Invoice:
    """A finalised invoice for one amount in minor units, outside any subscription."""
    currency = currency or customer.currency or account.currency
    add_pending(account, customer, currency, lines_of.one_off_line(account, amount, description))
    invoice = open_invoice(account, customer, currency, [], "manual")
    invoice.collection_method = method
    invoice.description = description
    finalise(account, invoice)
    return invoice


def _credited(subscription: Subscription, item: Item) -> tuple[str, str] | None:
    for invoice in reversed(subscription.customer.invoices):
        for line in invoice.lines:
            if line.item == item.id and line.amount >= 0 and line.end == item.period_end:
                return invoice.id, line.id
    return None
