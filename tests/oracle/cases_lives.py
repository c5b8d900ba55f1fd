"""Cases of beginnings and ends: payment, cancellation, sent invoices, deletion, and what a client makes of them."""

from data.sources.demo import payments, subscriptions
from data.sources.demo.periods import HOUR, instant
from tests.oracle.casebook import JOINED, RECENT, Case, case


@case
def past_due(it: Case) -> None:
    held = it.start(dunning="past_due")
    it.on(2026, 9, 1, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def past_due_and_recovered(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 1, lambda: setattr(held[0].customer.card, "is_declined", True))
    it.on(2025, 9, 12, lambda: setattr(held[0].customer.card, "is_declined", False))


@case
def canceled_for_want_of_payment(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 1, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def unpaid(it: Case) -> None:
    held = it.start(dunning="unpaid")
    it.on(2026, 3, 1, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def unpaid_recently(it: Case) -> None:
    held = it.start(dunning="unpaid")
    it.on(2026, 10, 5, lambda: setattr(held[0].customer.card, "is_declined", True))


@case
def unpaid_and_recovered_recently(it: Case) -> None:
    held = it.start(dunning="unpaid")
    it.on(2026, 10, 5, lambda: setattr(held[0].customer.card, "is_declined", True))

    def recover() -> None:
        held[0].customer.card.is_declined = False
        payments.collect(it.account, held[0].customer.invoices[-1], held[0])

    it.on(2026, 11, 6, recover)


@case
def incomplete_expires(it: Case) -> None:
    def join() -> None:
        who = it.account.customer(it.name, card=False)
        it.account.add_card(who, is_declined=True)
        subscriptions.create(it.account, who, [(it.price, 1)])

    it.account.at(JOINED, join)


@case
def incomplete_becomes_active(it: Case) -> None:
    def join() -> None:
        who = it.account.customer(it.name, card=False)
        card = it.account.add_card(who, is_declined=True)
        held = subscriptions.create(it.account, who, [(it.price, 1)])
        it.account.at(it.account.now + 19 * HOUR, lambda: setattr(card, "is_declined", False))
        it.account.at(it.account.now + 20 * HOUR, lambda: payments.collect(it.account, who.invoices[0], held))

    it.account.at(JOINED, join)


@case
def canceled_at_period_end(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True, feedback="too_expensive"))


@case
def scheduled_to_leave(it: Case) -> None:
    held = it.start()
    it.on(2026, 11, 15, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True))


@case
def cancel_at_a_date(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], at=instant(2026, 1, 5, 7)))


@case
def cancellation_taken_back(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True))
    it.on(2025, 9, 25, lambda: subscriptions.keep(it.account, held[0]))


@case
def canceled_at_once(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0]))


@case
def canceled_at_once_with_credit(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0], prorate=True))


@case
def yearly_canceled_after_three_months(it: Case) -> None:
    held = it.start(it.yearly())
    it.on(2025, 6, 10, lambda: subscriptions.cancel(it.account, held[0]))


@case
def stub_period(it: Case) -> None:
    it.start(anchor=instant(2025, 4, 1, 9))


@case
def stub_period_with_coupon(it: Case) -> None:
    it.start(anchor=instant(2025, 4, 1, 9), coupons=[it.account.coupon(percent=25)])


@case
def scheduled_change(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 25_000)
    it.on(2025, 9, 20, lambda: subscriptions.schedule_change(it.account, held[0], dearer, 1))


@case
def scheduled_change_to_come(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 25_000)
    it.on(2026, 11, 12, lambda: subscriptions.schedule_change(it.account, held[0], dearer, 1))


@case
def backdated_start(it: Case) -> None:
    it.start(start_date=instant(2025, 1, 15))


@case
def send_invoice(it: Case) -> None:
    it.start(collection_method="send_invoice")


@case
def send_invoice_never_paid(it: Case) -> None:
    it.start(collection_method="send_invoice", pays_after_days=None)


@case
def send_invoice_never_finalised(it: Case) -> None:
    it.start(collection_method="send_invoice", keeps_drafts=True)


@case
def void_invoice_in_between(it: Case) -> None:
    held = it.start(collection_method="send_invoice", pays_after_days=None)
    it.on(2025, 8, 20, lambda: payments.void(it.account, held[0].customer.invoices[-1]))


@case
def draft_invoices_in_between(it: Case) -> None:
    held = it.start()
    it.on(2025, 8, 1, lambda: setattr(held[0], "keeps_drafts", True))
    it.on(2025, 10, 1, lambda: setattr(held[0], "keeps_drafts", False))


@case
def uncollectible(it: Case) -> None:
    held = it.start(collection_method="send_invoice", pays_after_days=None)
    it.on(2025, 8, 20, lambda: payments.mark_uncollectible(it.account, held[0].customer.invoices[-1]))


@case
def refund_credit_note_and_dispute(it: Case) -> None:
    held = it.start()

    def undo() -> None:
        bills = held[0].customer.invoices
        first, second = payments.charge_of(it.account, bills[0]), payments.charge_of(it.account, bills[1])
        assert first and second
        payments.refund(it.account, first)
        payments.dispute(it.account, second)
        payments.credit(it.account, bills[2], 2_500)

    it.on(2025, 7, 1, undo)


@case
def customer_deleted(it: Case) -> None:
    held = it.start()
    it.on(2025, 10, 2, lambda: subscriptions.delete_customer(it.account, held[0].customer))


@case
def product_deleted(it: Case) -> None:
    gone = it.account.price(it.account.product("Old care"), 9_900)
    it.start(gone)
    it.on(2025, 10, 2, lambda: it.account.delete_product(gone.product))


@case
def canceled_and_created_again_on_one_day(it: Case) -> None:
    held, dearer = it.start(), it.account.price(it.price.product, 15_000)
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0]), 8)
    it.on(2025, 9, 20, lambda: subscriptions.create(it.account, held[0].customer, [(dearer, 1)]), 16)


@case
def comes_back_after_months(it: Case) -> None:
    held = it.start()
    it.on(2025, 6, 15, lambda: subscriptions.cancel(it.account, held[0]))
    it.on(2025, 12, 3, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 2)]))


@case
def comes_and_goes_within_a_month(it: Case) -> None:
    held = it.start(at=instant(2025, 4, 3))
    it.on(2025, 4, 21, lambda: subscriptions.cancel(it.account, held[0]))


@case
def one_of_three_subscriptions_ended(it: Case) -> None:
    held = it.start()
    it.on(2025, 4, 2, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 2)]))
    it.on(2025, 4, 2, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 3)]), 11)
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0]))


@case
def two_currencies(it: Case) -> None:
    held, euros = it.start(), it.account.price(it.price.product, 9_000, currency="eur")
    it.on(2025, 6, 15, lambda: subscriptions.cancel(it.account, held[0]))
    it.on(2025, 6, 15, lambda: subscriptions.create(it.account, held[0].customer, [(euros, 1)]), 12)


@case
def zero_decimal_currency(it: Case) -> None:
    it.start(it.account.price(it.price.product, 98_765, "year", currency="jpy"))


@case
def ends_on_the_first_instant_of_a_month(it: Case) -> None:
    held = it.start(at=instant(2025, 3, 1))
    it.on(2025, 6, 12, lambda: subscriptions.cancel(it.account, held[0], at_period_end=True))


@case
def first_payment_late_at_the_end_of_a_month(it: Case) -> None:
    def join() -> None:
        who = it.account.customer(it.name, card=False)
        card = it.account.add_card(who, is_declined=True)
        held = subscriptions.create(it.account, who, [(it.price, 1)])
        it.account.at(it.account.now + 3 * HOUR, lambda: setattr(card, "is_declined", False))
        it.account.at(it.account.now + 4 * HOUR, lambda: payments.collect(it.account, who.invoices[0], held))

    it.account.at(instant(2025, 3, 31, 22), join)


@case
def sent_invoice_finalised_in_the_next_month(it: Case) -> None:
    it.start(at=instant(2025, 3, 31, 23, 30), collection_method="send_invoice")


@case
def past_due_and_canceled(it: Case) -> None:
    held = it.start(dunning="past_due")
    it.on(2026, 9, 1, lambda: setattr(held[0].customer.card, "is_declined", True))
    it.account.at(RECENT, lambda: subscriptions.cancel(it.account, held[0]))


@case
def canceled_and_created_again_at_the_same_price(it: Case) -> None:
    held = it.start()
    it.on(2025, 9, 20, lambda: subscriptions.cancel(it.account, held[0]), 8)
    it.on(2025, 9, 20, lambda: subscriptions.create(it.account, held[0].customer, [(it.price, 1)]), 16)


@case
def comes_and_goes_twice(it: Case) -> None:
    held = it.start()
    for month in (6, 10):
        it.on(2025, month, 15, lambda: subscriptions.cancel(it.account, held[-1]))
        it.on(2025, month + 2, 3, lambda: held.append(subscriptions.create(it.account, held[0].customer, [(it.price, 1)])))


@case
def two_currencies_at_once(it: Case) -> None:
    held, euros = it.start(), it.account.price(it.price.product, 9_000, currency="eur")
    it.on(2025, 6, 15, lambda: subscriptions.create(it.account, held[0].customer, [(euros, 1)]))


@case
def customer_deleted_recently(it: Case) -> None:
    held = it.start()
    it.account.at(RECENT, lambda: subscriptions.delete_customer(it.account, held[0].customer))


@case
def starts_in_the_last_second_of_a_month(it: Case) -> None:
    it.start(at=instant(2025, 3, 31, 23, 59, 59))


@case
def starts_in_the_first_second_of_a_month(it: Case) -> None:
    it.start(at=instant(2025, 4, 1))


@case
def starts_and_ends_around_clock_changes(it: Case) -> None:
    held = it.start(at=instant(2025, 3, 30, 0, 30))
    it.account.at(instant(2025, 10, 25, 22, 30), lambda: subscriptions.cancel(it.account, held[0]))


@case
def yearly_on_leap_day(it: Case) -> None:
    it.start(it.yearly(), at=instant(2025, 2, 28, 12), anchor=instant(2025, 3, 1))


@case
def renewal_on_the_day_it_is_seen(it: Case) -> None:
    it.start(at=instant(2025, 3, 21, 11, 30))


@case
def backdated_over_a_year(it: Case) -> None:
    it.start(at=instant(2026, 6, 3), start_date=instant(2025, 2, 11))


@case
def canceled_in_the_stub(it: Case) -> None:
    held = it.start(anchor=instant(2025, 4, 1, 9))
    it.on(2025, 3, 20, lambda: subscriptions.cancel(it.account, held[0]))
