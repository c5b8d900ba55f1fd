"""The server that tests sync from answers as Stripe does; otherwise those tests would prove nothing."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import stripe

from data.sources.demo import billing, discounting, snapshot, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Tier
from data.sources.demo.periods import DAY, instant
from tests.stripe_server.server import StripeServer

NOW = instant(2026, 5, 10)


def filled() -> Account:
    account = Account(start=instant(2025, 1, 1), events_from=NOW - 40 * DAY)
    care, extra = account.product("Care"), account.product("Extra")
    price = account.price(care, 10_000)
    seats = account.tiered_price(extra, "graduated", [Tier(3, 1_000), Tier(None, 500)])  # type: ignore[arg-type]
    for number in range(12):
        who = account.customer(f"Client {number}")
        many = [(account.price(extra, 100 + one), 1) for one in range(11)] if number == 0 else []
        coupons = [account.coupon(percent=10, products=(care.id,))] if number < 2 else []
        held = subscriptions.create(account, who, [(price, 1), *many], coupons=coupons)
        account.advance(account.now + DAY)
        if number == 5:
            subscriptions.cancel(account, held)
        if number == 6:
            subscriptions.create(account, who, [(seats, 5)])
            discounting.give_customer(account, account.coupon(percent=5), who)
    account.advance(instant(2026, 5, 1))
    subscriptions.change(account, held, held.items[0], quantity=2)
    billing.one_off(account, who, 5_000, "New page")
    return account.advance(NOW)


@pytest.fixture(scope="module")
def shown() -> snapshot.Snapshot:
    return snapshot.take(filled())


@pytest.fixture(params=["new", "old"])
def either(request: pytest.FixtureRequest, shown: snapshot.Snapshot) -> Iterator[StripeServer]:
    with StripeServer(shown, shape=request.param) as server:
        yield server


@pytest.fixture
def server(shown: snapshot.Snapshot) -> Iterator[StripeServer]:
    with StripeServer(shown) as server:
        yield server


@pytest.fixture
def old(shown: snapshot.Snapshot) -> Iterator[StripeServer]:
    with StripeServer(shown, shape="old") as server:
        yield server


def ask(
    server: StripeServer, path: str, method: str = "GET", key: str = "sk_test_x", **query: Any
) -> tuple[int, Any, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        address = f"{path}?{urlencode(query, doseq=True)}" if query else path
        connection.request(method, address, headers={"Authorization": f"Bearer {key}"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read()), dict(answer.getheaders())
    finally:
        connection.close()


def get(server: StripeServer, path: str, **query: Any) -> Any:
    status, body, _ = ask(server, path, **query)
    assert status == 200, body
    return body


def refused(server: StripeServer, path: str, **query: Any) -> tuple[int, Any]:
    status, body, _ = ask(server, path, **query)
    return status, body["error"]


def test_a_page_holds_ten_unless_told_newest_first_and_says_whether_there_are_more(either: StripeServer) -> None:
    page = get(either, "/v1/invoices")
    assert (page["object"], page["url"], len(page["data"]), page["has_more"]) == ("list", "/v1/invoices", 10, True)
    created = [row["created"] for row in page["data"]]
    assert created == sorted(created, reverse=True)


def test_pages_follow_one_another_without_gap_or_double(either: StripeServer) -> None:
    found: list[str] = []
    more: dict[str, str] = {}
    while True:
        page = get(either, "/v1/invoices", limit=7, **more)
        found += [row["id"] for row in page["data"]]
        if not page["has_more"]:
            break
        more = {"starting_after": found[-1]}
    assert found == [row["id"] for row in either.snapshot.lists["invoices"]]
    assert get(either, "/v1/invoices", limit=7, ending_before=found[7])["data"][0]["id"] == found[0]


def test_lists_can_be_cut_by_creation(server: StripeServer) -> None:
    at = server.snapshot.lists["invoices"][20]["created"]
    rows = get(server, "/v1/invoices", limit=100, **{"created[gte]": at, "created[lt]": at + 40 * DAY})["data"]
    assert rows
    assert all(at <= row["created"] < at + 40 * DAY for row in rows)


def test_the_plain_list_of_subscriptions_leaves_out_canceled_ones(server: StripeServer) -> None:
    assert {row["status"] for row in get(server, "/v1/subscriptions", limit=100)["data"]} == {"active"}
    every = get(server, "/v1/subscriptions", limit=100, status="all")["data"]
    assert {row["status"] for row in every} == {"active", "canceled"}
    assert len(get(server, "/v1/subscriptions", status="canceled")["data"]) == 1


def test_only_waiting_invoice_items_are_pending(server: StripeServer) -> None:
    pending = get(server, "/v1/invoiceitems", pending="true")["data"]
    assert len(pending) == 2
    assert all(row["invoice"] is None and row["proration"] for row in pending)
    assert pending[0]["parent"]["subscription_details"]["subscription_item"].startswith("si_")


def test_nested_lists_hold_ten_rows_and_can_be_paged(either: StripeServer) -> None:
    wide = next(row for row in either.snapshot.lists["subscriptions"] if len(row["items"]["data"]) > 10)
    shown = get(either, f"/v1/subscriptions/{wide['id']}")["items"]
    assert (len(shown["data"]), shown["has_more"]) == (10, True)
    rest = get(either, "/v1/subscription_items", subscription=wide["id"], starting_after=shown["data"][-1]["id"])
    assert (len(rest["data"]), rest["has_more"]) == (2, False)
    bill = get(either, "/v1/invoices", subscription=wide["id"])["data"][0]
    assert (len(bill["lines"]["data"]), bill["lines"]["has_more"]) == (10, True)
    assert len(get(either, f"/v1/invoices/{bill['id']}/lines", limit=100)["data"]) == 12


def test_what_is_not_expanded_is_an_id_or_left_out(server: StripeServer) -> None:
    bill = next(row for row in get(server, "/v1/invoices", limit=100)["data"] if row["discounts"])
    assert bill["discounts"][0].startswith("di_")
    assert "tiers" not in next(row for row in get(server, "/v1/prices", limit=100)["data"] if row["billing_scheme"] == "tiered")
    assert "applies_to" not in get(server, "/v1/coupons")["data"][0]
    assert isinstance(get(server, "/v1/subscriptions")["data"][0]["customer"], str)


def test_expansion_goes_four_levels_deep_and_no_further(server: StripeServer) -> None:
    rows = get(server, "/v1/invoices", limit=100, **{"expand[]": "data.discounts.source.coupon"})["data"]
    reduced = next(row for row in rows if row["discounts"])
    assert reduced["discounts"][0]["source"]["coupon"]["percent_off"] in (10.0, 5.0)
    assert "applies_to" not in reduced["discounts"][0]["source"]["coupon"]
    assert get(server, "/v1/prices", **{"expand[]": "data.tiers"})["data"][0].keys() >= {"tiers"}
    status, error = refused(server, "/v1/subscriptions", **{"expand[]": "data.items.data.price.tiers"})
    assert status == 400
    assert "4 levels" in error["message"]
    assert refused(server, "/v1/invoices", **{"expand[]": "data.nonsense"})[0] == 400


def test_a_deleted_coupon_is_a_404_but_still_comes_expanded() -> None:
    account = filled()
    coupon = next(iter(account.catalogue.coupons.values()))
    account.delete_coupon(coupon)
    with StripeServer(snapshot.take(account)) as server:
        assert refused(server, f"/v1/coupons/{coupon.id}")[0] == 404
        rows = get(server, "/v1/subscriptions", limit=100, **{"expand[]": "data.discounts.source.coupon"})["data"]
        assert coupon.id in {one["source"]["coupon"]["id"] for row in rows for one in row["discounts"]}


def test_a_wrong_key_is_a_401_and_a_missing_permission_a_403(server: StripeServer) -> None:
    status, body, _ = ask(server, "/v1/invoices", key="sk_test_nobody")
    assert (status, body["error"]["type"]) == (401, "invalid_request_error")
    assert "nobody" not in body["error"]["message"]
    server.denied.add("invoices")
    status, error = refused(server, "/v1/invoices")
    assert status == 403
    assert "rak_invoice_read" in error["message"]
    assert ask(server, "/v1/customers")[0] == 200


def test_what_is_not_there_is_a_404(server: StripeServer) -> None:
    status, error = refused(server, "/v1/invoices/in_nobody")
    assert (status, error["code"]) == (404, "resource_missing")
    server.missing.add("disputes")
    assert refused(server, "/v1/disputes")[0] == 404
    assert refused(server, "/v1/nonsense")[0] == 404


def test_payment_methods_are_listed_for_a_customer_only(server: StripeServer) -> None:
    assert refused(server, "/v1/payment_methods")[0] == 400
    who = server.snapshot.lists["customers"][0]["id"]
    card = get(server, f"/v1/customers/{who}/payment_methods")["data"][0]
    assert (card["customer"], card["type"], card["card"]["exp_year"]) == (who, "card", 2031)


def test_writing_is_refused_and_remembered(server: StripeServer) -> None:
    assert server.is_read_only
    assert ask(server, "/v1/customers", method="POST")[0] == 405
    assert not server.is_read_only


def test_a_burst_of_429_names_its_wait_and_passes(server: StripeServer) -> None:
    server.faults.add(path="/v1/charges", status=429, times=2, retry_after="1")
    first = ask(server, "/v1/charges")
    assert (first[0], first[1]["error"]["code"], first[2]["Retry-After"]) == (429, "rate_limit", "1")
    assert [ask(server, "/v1/charges")[0], ask(server, "/v1/charges")[0]] == [429, 200]


def test_a_connection_can_be_dropped_and_an_answer_be_slow(server: StripeServer) -> None:
    server.faults.add(path="/v1/charges", is_dropped=True)
    with pytest.raises((http.client.HTTPException, OSError)):
        ask(server, "/v1/charges")
    server.faults.add(path="/v1/charges", delay=0.2, after=1)
    assert ask(server, "/v1/charges")[0] == 200
    began = time.monotonic()
    assert ask(server, "/v1/charges")[0] == 200
    assert time.monotonic() - began >= 0.2


def test_many_can_ask_at_once(server: StripeServer) -> None:
    answers: list[int] = []
    threads = [threading.Thread(target=lambda: answers.append(ask(server, "/v1/invoices", limit=100)[0])) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 12


def test_the_newest_shape_has_periods_on_items_and_prices_as_ids_on_lines(server: StripeServer) -> None:
    held = get(server, "/v1/subscriptions")["data"][0]
    assert "current_period_end" not in held
    assert held["items"]["data"][0]["current_period_end"] > NOW
    bill = get(server, "/v1/invoices", subscription=held["id"])["data"][-1]
    assert "subscription" not in bill
    assert bill["parent"]["subscription_details"]["subscription"] == held["id"]
    line = bill["lines"]["data"][0]
    assert line["pricing"]["price_details"]["price"] == held["items"]["data"][0]["price"]["id"]
    assert line["parent"]["subscription_item_details"]["proration"] is False


def test_the_older_shape_has_them_where_they_were(old: StripeServer) -> None:
    held = get(old, "/v1/subscriptions")["data"][0]
    assert held["current_period_end"] > NOW
    assert "current_period_end" not in held["items"]["data"][0]
    bill = get(old, "/v1/invoices", subscription=held["id"])["data"][-1]
    assert (bill["subscription"], bill["paid"], bill["charge"][:3]) == (held["id"], True, "ch_")
    assert "parent" not in bill
    line = bill["lines"]["data"][0]
    assert line["price"]["id"] == line["plan"]["id"] == held["items"]["data"][0]["price"]["id"]
    assert (line["subscription"], line["proration"], line["type"]) == (held["id"], False, "subscription")
    reduced = next(row for row in get(old, "/v1/subscriptions", limit=100)["data"] if row["discount"])
    assert reduced["discount"]["coupon"]["percent_off"] == 10.0
    assert get(old, "/v1/charges")["data"][0]["invoice"].startswith("in_")
    assert refused(old, "/v1/invoices", **{"expand[]": "data.discounts.source.coupon"})[0] == 400


def test_events_show_what_was_before_in_both_shapes(server: StripeServer, old: StripeServer) -> None:
    for one in (server, old):
        rows = get(one, "/v1/events", limit=100, type="customer.subscription.updated")["data"]
        change = next(row for row in rows if row["data"]["object"]["items"]["data"][0]["quantity"] == 2)
        assert change["data"]["previous_attributes"]["items"]["data"][0]["quantity"] == 1
    renewed = next(row for row in rows if "current_period_end" in row["data"]["previous_attributes"])
    assert renewed["data"]["previous_attributes"]["current_period_end"] < renewed["data"]["object"]["current_period_end"]


def test_stripes_own_library_reads_it(either: StripeServer) -> None:
    client = stripe.StripeClient("sk_test_x", base_addresses={"api": either.url})
    bills = list(client.v1.invoices.list({"limit": 40}).auto_paging_iter())
    assert len(bills) == len(either.snapshot.lists["invoices"])
    assert client.v1.accounts.retrieve_current().id == either.snapshot.account["id"]
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_methods.list()
