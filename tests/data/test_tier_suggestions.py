"""Products that no tier of the price book claims, each with the tier that fits it."""

import pytest

from data.pricing import price_book
from data.pricing.tier_suggestions import suggest

BOOK = price_book.load("wordpress_care")  # Essential 150, Growth 350, Partner 750, in dollars


def row(
    name, amount=None, *, interval="month", count=1, currency="usd", clients=1, mrr=None, product="prod_1", price="price_1"
):
    paid = mrr if mrr is not None else (amount or 0)
    return {
        **{"price_id": price, "product_id": product, "product_name": name, "currency": currency, "unit_amount_minor": amount},
        **{"interval": interval, "interval_count": count, "clients": clients, "mrr_minor": paid, "clients_ever": clients},
    }


@pytest.mark.parametrize(
    ("product", "tier"),
    [
        (row("Growth plan 2024", 99_00), "Growth"),
        (row("Formule Croissance", 99_00, currency="eur"), "Growth"),
        (row("Pachet ESENTIAL", 99_00), "Essential"),
        (row("Site care", 350_00), "Growth"),
        (row("Site care", 4_200_00, interval="year"), "Growth"),
        (row("Site care", 1_050_00, count=3), "Growth"),
        (row("Site care", 160_00), "Essential"),
        (row("Site care", None, clients=2, mrr=1_500_00), "Partner"),
        (row("Site care", 250_00), ""),
        (row("Site care", 350_00, currency="eur"), ""),
        (row("Outgrowth", 20_00), ""),
        (row("Site care", None, clients=0, mrr=0), ""),
    ],
)
def test_a_product_is_suggested_a_tier_by_a_whole_word_of_its_name_else_by_its_monthly_price(product, tier):
    assert [one.tier for one in suggest([product], BOOK)] == [tier]


def test_prices_of_one_product_are_one_suggestion_and_the_most_mrr_stands_first():
    rows = [
        row("Small", 10_00, product="prod_small"),
        row("Care", 340_00, mrr=680_00, clients=2, price="price_a"),
        row("Care", 20_00, price="price_b"),
        row("Alone", 30_00, product=None, price="price_alone"),
    ]
    found = suggest(rows, BOOK)
    assert [(one.stripe_id, one.clients, one.mrr_minor, one.tier) for one in found] == [
        ("prod_1", 3, 700_00, "Growth"),
        ("price_alone", 1, 30_00, ""),
        ("prod_small", 1, 10_00, ""),
    ]
