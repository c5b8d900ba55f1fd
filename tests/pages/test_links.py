"""Where a row leads in Stripe's dashboard."""

import pytest

from data.stripe_address import account_address
from pages.ui import links, warehouse
from tests.pages.homes import land, one_client, own


@pytest.fixture
def landed(tmp_path, monkeypatch):
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path))
    monkeypatch.setenv("RETAINER_SHOW", "own")
    opened = own(tmp_path)
    land(opened, one_client())
    with opened.transaction() as cursor:
        cursor.execute("insert into raw_stripe__account (id, payload) values ('acct_one', '{}')")
    monkeypatch.setattr(warehouse, "shown", lambda: opened)
    yield opened
    opened.close()


def test_an_address_names_the_account_and_says_test_mode(landed):
    assert account_address(landed) == "https://dashboard.stripe.com/acct_one/test"
    assert links.stripe("cus_1") == "https://dashboard.stripe.com/acct_one/test/customers/cus_1"


def test_objects_of_live_mode_lead_into_live_mode(landed):
    with landed.transaction() as cursor:
        cursor.execute("update raw_stripe__customers set payload = json_merge_patch(payload, '{\"livemode\": true}')")
    assert links.stripe("in_1") == "https://dashboard.stripe.com/acct_one/invoices/in_1"


@pytest.mark.parametrize(
    ("ids", "ends"),
    [
        (("di_1", "sub_2"), "/subscriptions/sub_2"),  # a discount has no page of its own
        (("sub_sched_1",), "/subscription_schedules/sub_sched_1"),
        (("prod_1",), "/products/prod_1"),
        (("pi_1",), "/payments/pi_1"),
    ],
)
def test_each_object_leads_to_its_own_page_or_to_what_it_belongs_to(landed, ids, ends):
    assert links.stripe(*ids).endswith(ends)


@pytest.mark.parametrize("ids", [(None,), ("agr_1",), ("sub_1/../x",), ()])
def test_what_is_not_stripe_s_leads_nowhere(landed, ids):
    assert links.stripe(*ids) is None
