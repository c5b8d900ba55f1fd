"""Payments: charges and their retries, refunds, credit notes, disputes, and what becomes of a bill nobody pays."""

from functools import partial
from typing import TYPE_CHECKING, Any

from data.sources.demo import account as clock
from data.sources.demo import events, shapes
from data.sources.demo.ledger import Charge, Invoice, Subscription
from data.sources.demo.periods import DAY, HOUR

if TYPE_CHECKING:
    from data.sources.demo.account import Account

RETRY_DAYS = (3, 5, 7)  # after the attempt before


def collect(account: "Account", invoice: Invoice, subscription: Subscription | None) -> None:
    """Try to charge an open invoice; a failure is retried, and after the last one the subscription's dunning rules."""
    if invoice.status != "open" or (subscription and subscription.is_over and invoice.attempts):
        return
    if invoice.due == 0:
        _settle(account, invoice)
        return
    invoice.attempts += 1
    if _charge(account, invoice):
        invoice.amount_paid = invoice.due
        _settle(account, invoice)
        if subscription and subscription.status in ("past_due", "incomplete", "unpaid") and not _owes(subscription):
            with account.changing(subscription, "payment"):
                subscription.status = "active"
        return
    _miss(account, invoice, subscription)


def _retry(account: "Account", invoice: Invoice, subscription: Subscription) -> None:
    """The planned next attempt; none is made for a subscription that was given up already."""
    if subscription.status != "unpaid":
        collect(account, invoice, subscription)


def _charge(account: "Account", invoice: Invoice) -> bool:
    card = invoice.customer.card
    charge = Charge(
        id=account.new_id("ch"),
        customer=invoice.customer.id,
        amount=invoice.due,
        currency=invoice.currency,
        created=account.now,
        payment_intent=invoice.payment_intent or "",
        invoice=invoice.id,
        card=card,
        is_ok=card is not None and not card.is_declined,
        description="Subscription update" if invoice.subscription else invoice.description,
    )
    if card is not None:
        account.records.charges[charge.id] = charge
        kind = "charge.succeeded" if charge.is_ok else "charge.failed"
        who = invoice.customer
        events.emit(account, kind, lambda: shapes.charge(charge, who.name, who.email))
    return charge.is_ok


def _miss(account: "Account", invoice: Invoice, subscription: Subscription | None) -> None:
    tries = invoice.attempts
    invoice.next_attempt = None
    if subscription is None or subscription.is_over:
        pass
    elif invoice.billing_reason == "subscription_create":
        if tries == 1:
            with account.changing(subscription, "first payment failed"):
                subscription.status = "incomplete"
            account.at(account.now + 23 * HOUR, partial(expire, account, invoice, subscription), clock.EXPIRY)
    elif tries <= len(RETRY_DAYS):
        invoice.next_attempt = account.now + RETRY_DAYS[tries - 1] * DAY
        account.at(invoice.next_attempt, partial(_retry, account, invoice, subscription), clock.PAYMENT)
        if subscription.status == "active":
            with account.changing(subscription, "payment failed"):
                subscription.status = "past_due"
    else:
        _give_up(account, subscription)
    events.invoice(account, invoice, "invoice.payment_failed")


def _give_up(account: "Account", subscription: Subscription) -> None:
    if subscription.status not in ("past_due", "active"):
        return
    if subscription.dunning == "cancel":
        with account.changing(subscription, "last payment failed", "customer.subscription.deleted"):
            subscription.status = "canceled"
            subscription.canceled_at = subscription.ended_at = account.now
            subscription.cancel_reason = "payment_failed"
    elif subscription.dunning == "unpaid":
        with account.changing(subscription, "last payment failed"):
            subscription.status = "unpaid"


def _owes(subscription: Subscription) -> bool:
    own = [bill for bill in subscription.customer.invoices if bill.subscription == subscription.id]
    return any(bill.status == "open" and bill.attempts for bill in own)


def expire(account: "Account", invoice: Invoice, subscription: Subscription) -> None:
    """A first payment that never came: the subscription never was."""
    if subscription.status != "incomplete":
        return
    with account.changing(subscription, "first payment never came"):
        subscription.status = "incomplete_expired"
        subscription.canceled_at = subscription.ended_at = account.now
    void(account, invoice)


def pay(account: "Account", invoice: Invoice, *, outside: bool = False) -> None:
    """The customer pays an open invoice: through Stripe, or outside it."""
    if invoice.status not in ("open", "draft"):
        return
    if outside:
        invoice.paid_outside = invoice.due
        _settle(account, invoice)
        return
    invoice.attempts += 1
    _charge(account, invoice)
    invoice.amount_paid = invoice.due
    _settle(account, invoice)


def _settle(account: "Account", invoice: Invoice) -> None:
    invoice.status, invoice.paid_at, invoice.next_attempt = "paid", account.now, None
    events.invoice(account, invoice, "invoice.paid", {"status": "open"})


def void(account: "Account", invoice: Invoice) -> None:
    """Declare a bill a mistake."""
    if invoice.status in ("open", "uncollectible"):
        invoice.status, invoice.voided_at, invoice.next_attempt = "void", account.now, None
        events.invoice(account, invoice, "invoice.voided", {"status": "open"})


def mark_uncollectible(account: "Account", invoice: Invoice) -> None:
    """Give up on a bill without calling it a mistake."""
    if invoice.status == "open":
        invoice.status, invoice.uncollectible_at, invoice.next_attempt = "uncollectible", account.now, None
        events.invoice(account, invoice, "invoice.marked_uncollectible", {"status": "open"})


def charge_of(account: "Account", invoice: Invoice) -> Charge | None:
    """The charge that paid an invoice."""
    return next((one for one in account.records.charges.values() if one.invoice == invoice.id and one.is_ok), None)


def refund(account: "Account", charge: Charge, amount: int | None = None, reason: str = "requested_by_customer") -> None:
    """Give back a charge, or an amount of it in minor units."""
    amount = charge.amount - charge.refunded if amount is None else amount
    charge.refunded += amount
    account.records.refunds.append(
        {
            "id": account.new_id("re"),
            "object": "refund",
            "amount": amount,
            "balance_transaction": None,
            "charge": charge.id,
            "created": account.now,
            "currency": charge.currency,
            "customer": charge.customer,
            "metadata": {},
            "payment_intent": charge.payment_intent,
            "reason": reason,
            "receipt_number": None,
            "status": "succeeded",
        }
    )


def credit(account: "Account", invoice: Invoice, amount: int, reason: str = "order_change") -> None:
    """A credit note on a finalised invoice, in minor units."""
    invoice.credited += amount
    is_paid = invoice.status == "paid"
    note_id = account.new_id("cn")
    account.records.credit_notes.append(
        {
            "id": note_id,
            "object": "credit_note",
            "amount": amount,
            "amount_shipping": 0,
            "created": account.now,
            "currency": invoice.currency,
            "customer": invoice.customer.id,
            "discount_amount": 0,
            "discount_amounts": [],
            "effective_at": account.now,
            "invoice": invoice.id,
            "lines": shapes.listing(f"/v1/credit_notes/{note_id}/lines", []),
            "livemode": False,
            "memo": None,
            "metadata": {},
            "number": f"{invoice.number}-CN-{len(account.records.credit_notes) + 1:02d}",
            "out_of_band_amount": None,
            "post_payment_amount": amount if is_paid else 0,
            "pre_payment_amount": 0 if is_paid else amount,
            "reason": reason,
            "refunds": [],
            "status": "issued",
            "subtotal": amount,
            "total": amount,
            "type": "post_payment" if is_paid else "pre_payment",
            "voided_at": None,
        }
    )


def dispute(account: "Account", charge: Charge, status: str = "lost", reason: str = "fraudulent") -> None:
    """The cardholder's bank takes a charge back."""
    charge.is_disputed = True
    record: dict[str, Any] = {
        "id": account.new_id("du"),
        "object": "dispute",
        "amount": charge.amount,
        "balance_transactions": [],
        "charge": charge.id,
        "created": account.now,
        "currency": charge.currency,
        "evidence_details": {"due_by": account.now + 9 * DAY, "has_evidence": False, "past_due": False, "submission_count": 0},
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge.payment_intent,
        "reason": reason,
        "status": status,
    }
    account.records.disputes.append(record)
    events.emit(account, "charge.dispute.created", lambda: dict(record))
