"""A scenario's draft is the price book with its new prices, everything else as it was written."""

import stat
from pathlib import Path

import pytest

from data import settings
from data.errors import InputError
from data.pricing import price_book
from data.pricing.price_book_draft import draft, write
from data.pricing.what_if import Scenario, Tier


@pytest.fixture
def chosen(tmp_path):
    return settings.load(home=tmp_path)


def changed(lines):
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def test_the_difference_is_the_price_and_the_id_alone(chosen):
    made = draft(chosen, "usd", Scenario(prices_minor={"Growth": 38_500}))
    assert changed(made.diff) == [
        '-id = "wordpress_care"', '+id = "wordpress_care_draft"', "-price = 350", "+price = 385",
    ]  # fmt: skip
    assert made.left_out == ()


def test_the_draft_can_be_used_as_the_price_book_and_no_list_shows_it(chosen):
    path = write(draft(chosen, "usd", Scenario(prices_minor={"Growth": 38_550})), chosen.home)
    book, before = price_book.load(str(path), chosen.home), price_book.load("wordpress_care")
    assert [tier.price_minor for tier in book.tiers] == [15_000, 38_550, 75_000]
    assert [tier.claims for tier in book.tiers] == [tier.claims for tier in before.tiers]
    assert book.services == before.services, "the words by which notes ask for a service, too"
    assert list(price_book.available(chosen.home)) == list(price_book.available())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_new_tier_stands_where_its_price_puts_it_and_contains_the_one_below(chosen):
    made = draft(chosen, "usd", Scenario(new_tiers=(Tier("Shop care", 50_000, 4.5), Tier("Growth!", 90_000))))
    book = price_book.load(str(write(made, chosen.home)), chosen.home)
    assert [(tier.id, tier.price_minor, tier.hours) for tier in book.tiers] == [
        ("essential", 15_000, 1.0), ("growth", 35_000, 3.0), ("shop_care", 50_000, 4.5), ("partner", 75_000, 6.0),
        ("growth_2", 90_000, None),
    ]  # fmt: skip
    assert book.included("shop_care") == book.included("growth")


def test_comments_and_order_stay_and_a_draft_of_a_draft_keeps_its_name(chosen):
    text = price_book.SHIPPED.joinpath("wordpress_care.toml").read_text(encoding="utf-8")
    own = chosen.home / "mine.toml"
    own.write_text("# Our prices, agreed in May\n" + text.replace("price = 350", "price = 350  # since 2024"), encoding="utf-8")
    first = draft(settings.load(home=chosen.home, price_book=str(own)), "usd", Scenario(prices_minor={"Growth": 36_000}))
    assert first.text.startswith("# Our prices, agreed in May\n") and "price = 360  # since 2024" in first.text
    path = write(first, chosen.home)
    second = draft(settings.load(home=chosen.home, price_book=str(path)), "usd", Scenario(prices_minor={"Growth": 37_000}))
    assert second.id == first.id
    assert changed(second.diff) == ["-price = 360  # since 2024", "+price = 370  # since 2024"]
    assert write(second, chosen.home) == path and "370" in Path(path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("currency", "levers", "says"),
    [
        ("eur", {"prices_minor": {"Growth": 38_500}}, "price book is in USD, this scenario in EUR"),
        ("usd", {"prices_minor": {"Growth": 80_000}}, "Prices must rise"),
        ("usd", {"prices_minor": {"Care 2019": 100}}, "Care 2019 is not in it"),
        ("usd", {}, "No tier of the price book changes"),
        ("usd", {"new_tiers": (Tier("Twin", 35_000),)}, "Prices must rise"),
    ],
)
def test_what_makes_no_price_book_is_refused_in_words(chosen, currency, levers, says):
    with pytest.raises(InputError) as refused:
        draft(chosen, currency, Scenario(**levers))
    assert says in str(refused.value)


def test_a_tier_that_the_price_book_lacks_is_named(chosen):
    assert draft(chosen, "usd", Scenario(prices_minor={"Growth": 38_500, "Care 2019": 100})).left_out == ("Care 2019",)
