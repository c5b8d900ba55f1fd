"""A subscription's own coupon goes before its customer's in Stripe: invoices tell whether the latter still lowers anything."""

import pytest

from data.sources.demo import discounting
from data.sources.demo.account import Account
from data.sources.demo.ledger import Discount
from tests.oracle.casebook import NOW, START, Case
from tests.oracle.differential import Reader


@pytest.mark.parametrize(("is_named_on_lines", "closing"), [(True, 7_200), (False, 8_000)])
def test_a_customers_coupon_lowers_nothing_where_lines_name_the_subscriptions_own_alone(tmp_path, is_named_on_lines, closing):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    it = Case("both", account, account.price(account.product("Care"), 10_000))
    held = it.start()
    given: list[Discount] = []
    it.on(2025, 5, 20, lambda: discounting.give(account, account.coupon(percent=20), held[0]))
    it.on(2025, 6, 20, lambda: given.append(discounting.give_customer(account, account.coupon(percent=10), held[0].customer)))
    account.advance(NOW)
    if not is_named_on_lines:
        for invoice in account.records.invoices.values():
            for line in invoice.lines:
                line.discount_amounts = [(name, amount) for name, amount in line.discount_amounts if name != given[0].id]
    reader = Reader(tmp_path, account)
    reader.sync()
    months = reader.frames()["client_mrr"].set_index("month")["mrr_minor"]
    assert (months["2025-04"], months["2025-05"], months["2026-10"]) == (10_000, 8_000, closing)


def test_the_customers_coupon_lowers_again_when_the_subscriptions_own_has_ended(tmp_path):
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    it = Case("after", account, account.price(account.product("Care"), 10_000))
    held = it.start()
    own: list[Discount] = []
    it.on(
        2025,
        5,
        9,
        lambda: own.append(discounting.give(account, account.coupon(percent=20, duration="repeating", months=3), held[0])),
    )
    it.on(2025, 5, 9, lambda: discounting.give_customer(account, account.coupon(percent=10), held[0].customer))
    account.advance(NOW)
    for invoice in account.records.invoices.values():
        for line in invoice.lines:
            if own[0].id in [name for name, _ in line.discount_amounts]:
                line.discount_amounts = [(name, amount) for name, amount in line.discount_amounts if name == own[0].id]
    reader = Reader(tmp_path, account)
    reader.sync()
    months = reader.frames()["client_mrr"].set_index("month")["mrr_minor"]
    assert (months["2025-06"], months["2025-08"], months["2026-10"]) == (8_000, 9_000, 9_000)
