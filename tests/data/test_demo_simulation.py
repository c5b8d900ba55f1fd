"""The simulated account bills, prorates, discounts and retries as Stripe does."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from data.sources.demo import discounting, payments, snapshot, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Price, Tier, rounded
from data.sources.demo.ledger import Subscription
from data.sources.demo.periods import DAY, HOUR, instant, period_at, step

START = instant(2025, 1, 31, 9)


@pytest.fixture
def account() -> Account:
    return Account(start=START)


@pytest.fixture
def price(account: Account) -> Price:
    return account.price(account.product("Care"), 10_000)


def begin(account: Account, *items: tuple[Price, int], **terms: object) -> Subscription:
    return subscriptions.create(account, account.customer("Ada"), items, **terms)  # type: ignore[arg-type]


def lines(account: Account) -> list[list[tuple[int, int]]]:
    return [[(line.amount, line.quantity) for line in bill.lines] for bill in account.records.invoices.values()]


def test_a_month_that_lacks_the_anchors_day_uses_its_last_one_and_the_next_goes_back() -> None:
    assert step(START, "month", 1) == instant(2025, 2, 28, 9)
    assert step(START, "month", 2) == instant(2025, 3, 31, 9)
    assert step(instant(2024, 2, 29), "year", 1) == instant(2025, 2, 28)


@pytest.mark.parametrize("interval", ["day", "week", "month", "year"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_periods_follow_one_another_without_gap(interval: str, count: int) -> None:
    at = START
    for _ in range(40):
        start, end = period_at(START, interval, count, at)
        assert start <= at < end
        at = end


def test_a_change_of_quantity_is_credited_and_charged_for_the_rest_of_the_period(account: Account, price: Price) -> None:
    held = begin(account, (price, 1))
    account.advance(instant(2025, 2, 14, 9))
    subscriptions.change(account, held, held.items[0], quantity=3)
    account.advance(instant(2025, 2, 28, 12))
    assert lines(account)[-1] == [(-5_000, 1), (15_000, 3), (30_000, 3)]


def test_another_interval_starts_a_new_period_that_is_billed_in_full_at_once(account: Account, price: Price) -> None:
    held = begin(account, (price, 1))
    yearly = account.price(price.product, 120_000, "year")
    account.advance(instant(2025, 2, 14, 9))
    subscriptions.change(account, held, held.items[0], price=yearly)
    assert lines(account)[-1] == [(-5_000, 1), (120_000, 1)]
    assert held.items[0].period_end == instant(2026, 2, 14, 9)


def test_a_graduated_price_bills_one_line_for_each_tier_reached(account: Account) -> None:
    tiers = [Tier(5, Fraction(1_000)), Tier(10, Fraction(800)), Tier(None, Fraction("0.5"))]
    begin(account, (account.tiered_price(account.product("Seats"), "graduated", tiers), 13))
    assert lines(account) == [[(5_000, 5), (4_000, 5), (2, 3)]]


def test_an_amount_off_is_spread_over_the_lines_to_the_last_cent(account: Account, price: Price) -> None:
    other = account.price(account.product("Extra"), 3_333)
    begin(account, (price, 1), (other, 1), coupons=[account.coupon(amount_off=1_000, currency="usd")])
    bill = next(iter(account.records.invoices.values()))
    assert sum(amount for line in bill.lines for _, amount in line.discount_amounts) == 1_000
    assert bill.total == 12_333


def test_a_coupon_for_one_invoice_is_gone_after_it(account: Account, price: Price) -> None:
    held = begin(account, (price, 1), coupons=[account.coupon(percent=50, duration="once")])
    assert held.discounts == []
    account.advance(instant(2025, 3, 1))
    assert [bill.total for bill in account.records.invoices.values()] == [5_000, 10_000]


def test_a_repeating_coupon_leaves_the_renewal_at_its_end_alone(account: Account, price: Price) -> None:
    begin(account, (price, 1), coupons=[account.coupon(percent=50, duration="repeating", months=2)])
    account.advance(instant(2025, 5, 1))
    assert [bill.total for bill in account.records.invoices.values()] == [5_000, 5_000, 10_000, 10_000]


@pytest.mark.parametrize(("inclusive", "total", "tax"), [(True, 10_000, 1_667), (False, 12_000, 2_000)])
def test_tax_is_inside_or_on_top(account: Account, price: Price, inclusive: bool, total: int, tax: int) -> None:
    begin(account, (price, 1), tax_rates=[account.tax_rate(20, inclusive=inclusive)])
    bill = snapshot.take(account).lists["invoices"][0]
    assert bill["total"] == total
    assert [part["amount"] for part in bill["total_taxes"]] == [tax]


@pytest.mark.parametrize(("dunning", "end"), [("cancel", "canceled"), ("unpaid", "unpaid"), ("past_due", "past_due")])
def test_a_failing_card_is_tried_four_times_before_the_account_gives_up(
    account: Account, price: Price, dunning: str, end: str
) -> None:
    held = begin(account, (price, 1), dunning=dunning)
    card = held.customer.card
    assert card
    card.is_declined = True
    account.advance(instant(2025, 2, 28, 9) + HOUR)
    assert held.status == "past_due"
    account.advance(instant(2025, 3, 20))
    assert held.status == end
    failed = [charge.created for charge in account.records.charges.values() if not charge.is_ok]
    assert [(at - failed[0]) // DAY for at in failed] == [0, 3, 8, 15]


def test_a_first_payment_that_never_comes_leaves_nothing_but_a_void_invoice(account: Account, price: Price) -> None:
    who = account.customer("Ada", card=False)
    account.add_card(who, is_declined=True)
    held = subscriptions.create(account, who, [(price, 1)])
    assert held.status == "incomplete"
    account.advance(START + DAY)
    assert held.status == "incomplete_expired"
    assert who.invoices[0].status == "void"


def test_a_trial_bills_nothing_until_it_ends(account: Account, price: Price) -> None:
    held = begin(account, (price, 1), trial_end=START + 14 * DAY)
    account.advance(START + 20 * DAY)
    assert [bill.total for bill in account.records.invoices.values()] == [0, 10_000]
    assert held.status == "active"


def test_a_pause_bills_nothing_and_a_resumption_starts_a_new_period(account: Account, price: Price) -> None:
    held = begin(account, (price, 1))
    account.advance(START + 5 * DAY)
    subscriptions.pause(account, held)
    shown = snapshot.take(account).lists["subscriptions"][0]
    assert shown["status_details"]["paused"]["transitioned_at"] == START + 5 * DAY
    account.advance(START + 100 * DAY)
    assert len(account.records.invoices) == 1
    subscriptions.resume(account, held)
    assert held.items[0].period_start == START + 100 * DAY
    assert snapshot.take(account).lists["subscriptions"][0]["status_details"] is None


@pytest.mark.parametrize(
    ("behavior", "status"), [("void", "void"), ("keep_as_draft", "draft"), ("mark_uncollectible", "uncollectible")]
)
def test_while_collection_is_paused_bills_are_made_but_not_collected(
    account: Account, price: Price, behavior: str, status: str
) -> None:
    held = begin(account, (price, 1))
    subscriptions.pause_collection(account, held, behavior)
    account.advance(instant(2025, 3, 1))
    assert [bill.status for bill in account.records.invoices.values()] == ["paid", status]
    assert held.status == "active"


def test_an_event_tells_what_a_subscription_was_before(account: Account, price: Price) -> None:
    held = begin(account, (price, 1))
    account.advance(START + DAY)
    subscriptions.change(account, held, held.items[0], quantity=4, proration="none")
    event = account.records.events[-1]
    assert event["type"] == "customer.subscription.updated"
    assert event["data"]["object"]["items"]["data"][0]["quantity"] == 4
    assert event["data"]["previous_attributes"]["items"]["data"][0]["quantity"] == 1
    assert set(event["data"]["previous_attributes"]) == {"items"}


def test_a_discount_on_a_customer_reduces_each_subscription(account: Account, price: Price) -> None:
    held = begin(account, (price, 1))
    discounting.give_customer(account, account.coupon(percent=10), held.customer)
    subscriptions.create(account, held.customer, [(price, 2)])
    account.advance(instant(2025, 3, 1))
    assert [bill.total for bill in account.records.invoices.values()] == [10_000, 18_000, 9_000, 18_000]


def test_deleting_a_customer_ends_its_subscriptions_and_hides_it(account: Account, price: Price) -> None:
    held = begin(account, (price, 1))
    account.advance(START + DAY)
    subscriptions.delete_customer(account, held.customer)
    shown = snapshot.take(account).lists
    assert shown["customers"] == []
    assert shown["subscriptions"][0]["status"] == "canceled"
    assert shown["invoices"][0]["customer"] == held.customer.id


def test_a_refund_and_a_credit_note_leave_the_invoice_paid(account: Account, price: Price) -> None:
    held = begin(account, (price, 1))
    bill = held.customer.invoices[0]
    charge = payments.charge_of(account, bill)
    assert charge
    payments.refund(account, charge)
    payments.credit(account, bill, 500)
    shown = snapshot.take(account).lists
    assert shown["charges"][0]["refunded"]
    assert shown["credit_notes"][0]["amount"] == 500
    assert shown["invoices"][0]["status"] == "paid"


@pytest.mark.parametrize(("amount", "whole"), [("0.5", 1), ("-0.5", -1), ("2.49", 2), ("-2.51", -3)])
def test_halves_are_rounded_away_from_zero(amount: str, whole: int) -> None:
    assert rounded(Fraction(amount)) == whole


def test_the_same_script_gives_the_same_objects() -> None:
    def play() -> object:
        account = Account(start=START)
        care = account.price(account.product("Care"), 10_000)
        script: Callable[[], object] = lambda: begin(account, (care, 2))  # noqa: E731
        account.at(START + DAY, script)
        return snapshot.take(account.advance(START + 90 * DAY)).lists

    assert play() == play()
