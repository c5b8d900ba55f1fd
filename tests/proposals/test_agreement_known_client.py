"""An agreement for a client who is billed already begins with what it is billed (F4)."""

from data.pricing import price_book
from proposals.agreement.known import Known, known_client
from proposals.agreement.terms import Party
from tests.pages.homes import land, many_clients, own


def test_f4_an_agreement_begins_with_the_fee_that_is_billed_unless_another_tier_is_chosen(tmp_path):
    opened = own(tmp_path)
    land(opened, many_clients(["Brutăria Șerban"], "eur"))
    book = price_book.load("wordpress_care", tmp_path)
    met = known_client(opened, "cus_many000001")
    assert met.party.name == "Brutăria Șerban"
    assert met.fee("growth", book) == met.fee(None, book) == {"monthly_minor": 10_000, "currency": "eur"}
    growth = Known(Party(), "en", (("Growth", "eur", 30_000),))
    assert growth.fee("growth", book) == {"monthly_minor": 30_000, "currency": "eur"}
    assert growth.fee("partner", book) == {}
    assert Known(Party(), "en", (("Growth", "eur", 30_000), ("Growth", "usd", 1_000))).fee("growth", book) == {}
