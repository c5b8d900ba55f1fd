"""Reading an account into the spool: everything, whole, once, whatever shape the server speaks."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from data.errors import PermissionMissing, SourceError
from data.settings import Settings
from data.sources import Progress
from data.sources.stripe import STRIPE
from data.sources.stripe import client as client_module
from data.spool import Run, Spool
from tests.data.loopback import KEY, Asked, Fault, Loopback, agency, bill, serving

Extract = Callable[..., Run]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.005)
    monkeypatch.setattr(client_module, "LONGEST_PAUSE", 0.02)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving(agency(Loopback())) as running:
        yield running


@pytest.fixture
def extract(tmp_path: Path) -> Extract:
    """Read a server into a finished run, going on from a bookmark."""

    def read(
        server: Loopback,
        bookmark: dict[str, Any] | None = None,
        key: str = KEY,
        report: Callable[[Progress], None] | None = None,
    ) -> Run:
        server.key = key
        run = Spool(tmp_path, "stripe").begin(bookmark, full=False)
        STRIPE.extract(
            Settings(home=tmp_path, stripe_api_key=key, stripe_api_base=server.url), run, report or (lambda said: None)
        )
        return run

    return read


def objects(run: Run, entity: str) -> dict[str, dict[str, Any]]:
    """The objects of an entity by id; fails where one was written twice."""
    lines = [json.loads(line) for part in run.slices(entity) for line in part.file.read_text().splitlines()]
    assert len({line["id"] for line in lines}) == len(lines), f"doubles among the {entity}"
    return {line["id"]: line for line in lines}


def finish(run: Run) -> dict[str, Any]:
    assert run.finish_line
    return run.finish_line


def test_every_kind_of_object_comes_with_its_account(server: Loopback, extract: Extract) -> None:
    server.add("refunds", id="re_1", status="succeeded")
    server.add("disputes", id="dp_1", status="lost")
    server.add("credit_notes", id="cn_1", lines={"object": "list", "data": []})
    server.add("invoiceitems", id="ii_1")
    server.add("invoice_payments", id="inpay_1", status="paid")
    server.add("subscription_schedules", id="sub_sched_1")
    server.add("payment_methods", id="pm_1", customer="cus_1", type="card")
    server.add("events", id="evt_1", data={"object": {"object": "customer", "id": "cus_0"}})
    run = extract(server)
    assert {entity: len(objects(run, entity)) for entity in STRIPE.entities} == {
        "account": 1, "customers": 3, "products": 1, "prices": 1, "coupons": 1, "subscriptions": 3, "subscription_schedules": 1,
        "invoices": 6, "invoice_items": 1, "invoice_payments": 1, "charges": 6, "refunds": 1, "credit_notes": 1, "disputes": 1,
        "payment_methods": 1, "events": 1,
    }  # fmt: skip
    assert finish(run)["partial"] == ["events"]


def test_only_get_requests_are_sent(server: Loopback, extract: Extract) -> None:
    extract(server)
    assert {asked.method for asked in server.asked} == {"GET"}


def test_lists_are_read_to_their_end_in_pages_of_100(server: Loopback, extract: Extract) -> None:
    for number in range(950):
        server.add("charges", id=f"ch_{number}", status="succeeded", created=1_650_000_000 + number * number)
    run = extract(server)
    assert len(objects(run, "charges")) == 956
    assert {asked.params["limit"] for asked in server.asked if asked.path == "/v1/charges"} == {"100"}


def test_a_list_with_hundreds_of_objects_in_one_second_is_read_whole(server: Loopback, extract: Extract) -> None:
    for number in range(730):
        server.add("charges", id=f"same_{number}", status="succeeded", created=1_650_000_000)
    assert len(objects(extract(server), "charges")) == 736


def test_a_server_that_turns_no_page_is_not_asked_for_ever(server: Loopback, extract: Extract) -> None:
    for number in range(250):
        server.add("charges", id=f"ch_{number}", status="succeeded")
    answer = server.answer

    def stuck(asked: Asked, key: str) -> tuple[int, dict[str, str], Any]:
        asked.params.pop("starting_after", None)
        return answer(asked, key)

    server.answer = stuck  # type: ignore[method-assign]
    with pytest.raises(SourceError, match="same page of charges again and again"):
        extract(server)


def test_canceled_subscriptions_are_listed_too(server: Loopback, extract: Extract) -> None:
    server.lists["subscriptions"][0]["status"] = "canceled"
    assert objects(extract(server), "subscriptions")["sub_0"]["status"] == "canceled"


def test_archived_prices_and_products_are_read_once_whether_the_plain_list_shows_them_or_not(
    server: Loopback, extract: Extract
) -> None:
    server.add("prices", id="price_old", active=False, product="prod_old")
    server.add("products", id="prod_old", active=False)
    run = extract(server)
    assert objects(run, "prices").keys() == {"price_care", "price_old"}
    assert objects(run, "products").keys() == {"prod_care", "prod_old"}


def test_invoice_lines_beyond_ten_are_read(server: Loopback, extract: Extract) -> None:
    bill(server, 0, 7, lines=230)
    lines = objects(extract(server), "invoices")["in_0_7"]["lines"]
    assert [line["id"] for line in lines["data"]] == [f"il_0_7_{line}" for line in range(230)]
    assert lines["has_more"] is False
    asked = [asked for asked in server.asked if asked.path == "/v1/invoices/in_0_7/lines"]
    assert len(asked) == 3
    assert asked[0].expand == ["data.discounts.source.coupon"]


def test_subscription_items_beyond_ten_are_read(server: Loopback, extract: Extract) -> None:
    item = server.lists["subscriptions"][1]["items"]["data"][0]
    server.lists["subscriptions"][1]["items"]["data"] = [{**item, "id": f"si_many_{number}"} for number in range(25)]
    assert len(objects(extract(server), "subscriptions")["sub_1"]["items"]["data"]) == 25


def test_discounts_come_with_their_coupons_in_the_newest_shape(server: Loopback, extract: Extract) -> None:
    extract(server)
    expanded = {asked.path: set(asked.expand) for asked in server.asked if asked.expand}
    assert "data.discounts.source.coupon" in expanded["/v1/subscriptions"]
    assert "data.items.data.discounts" in expanded["/v1/subscriptions"]
    assert "data.discounts.source.coupon" in expanded["/v1/invoices"]
    assert "data.tiers" in expanded["/v1/prices"]
    assert "data.currency_options" in expanded["/v1/prices"]
    assert "data.applies_to" in expanded["/v1/coupons"]
    assert "data.discount.source.coupon" in expanded["/v1/customers"]


def test_an_older_server_is_read_with_the_paths_it_knows(extract: Extract) -> None:
    with serving(agency(Loopback(is_old=True))) as server:
        bill(server, 0, 7, lines=12)
        run = extract(server)
    assert len(objects(run, "invoices")) == 7
    assert len(objects(run, "invoices")["in_0_7"]["lines"]["data"]) == 12
    taken = {asked.path: set(asked.expand) for asked in server.asked}
    assert "data.tiers" in taken["/v1/prices"]
    assert "data.discount.coupon" in set().union(*(asked.expand for asked in server.asked if asked.path == "/v1/subscriptions"))
    assert finish(run)["missing"] == {}


def test_one_refused_expansion_does_not_cost_the_others(server: Loopback, extract: Extract) -> None:
    answer = server.answer

    def picky(asked: Asked, key: str) -> tuple[int, dict[str, str], Any]:
        if "data.currency_options" in asked.expand:
            return 400, {}, {"error": {"message": "Received unknown expansion."}}
        return answer(asked, key)

    server.answer = picky  # type: ignore[method-assign]
    extract(server)
    last = [asked.expand for asked in server.asked if asked.path == "/v1/prices"][-1]
    assert last == ["data.tiers"]


def test_discounts_that_a_server_leaves_unshown_are_told_in_one_sentence(server: Loopback, extract: Extract) -> None:
    run = extract(server)
    assert not any("discounts" in warning for warning in finish(run)["warnings"])
    for held in (server.lists["subscriptions"][0], server.lists["invoices"][1]):
        held["discounts"] = ["di_1"]
    again = extract(server)
    (told,) = (warning for warning in finish(again)["warnings"] if "discounts" in warning)
    assert told.startswith("The server gave only the ids of discounts on invoices and subscriptions, though it was asked")


def test_a_key_that_may_not_see_cards_still_reads_customers_and_says_so(server: Loopback, extract: Extract) -> None:
    server.forbidden.add("payment_methods")
    run = extract(server)
    assert len(objects(run, "customers")) == 3
    assert "The key lacks read access to payment methods." in finish(run)["missing"].values()
    assert any("payment methods" in warning for warning in finish(run)["warnings"])


def test_a_lacking_optional_permission_is_named_and_the_rest_goes_on(server: Loopback, extract: Extract) -> None:
    server.forbidden |= {"disputes", "credit_notes", "subscription_schedules", "account", "events"}
    run = extract(server)
    assert finish(run)["missing"] == {
        "account": "The key lacks read access to the account.",
        "credit_notes": "The key lacks read access to credit notes.",
        "disputes": "The key lacks read access to disputes.",
        "events": "The key lacks read access to events.",
        "subscription_schedules": "The key lacks read access to subscription schedules.",
    }
    assert len(objects(run, "invoices")) == 6
    assert "disputes" not in finish(run)["complete"]


def test_an_endpoint_that_the_server_does_not_have_is_named(server: Loopback, extract: Extract) -> None:
    server.absent |= {"invoice_payments", "payment_methods"}
    assert finish(extract(server))["missing"] == {
        "invoice_payments": "This server has no invoice payments.",
        "payment_methods": "This server has no payment methods.",
    }


def test_all_lacking_permissions_are_named_at_once(server: Loopback, extract: Extract, tmp_path: Path) -> None:
    server.forbidden |= {"invoices", "prices", "disputes"}
    with pytest.raises(PermissionMissing, match="The key lacks read access to invoices, prices and disputes"):
        extract(server)
    assert not Spool(tmp_path, "stripe").finished


def test_a_server_that_is_no_stripe_at_all_is_no_empty_account(extract: Extract) -> None:
    with serving(Loopback()) as server:
        server.absent |= set(server.lists) | {"account"}
        with pytest.raises(SourceError, match="This server has no"):
            extract(server)


def test_cards_are_asked_for_only_where_no_default_came_along(server: Loopback, extract: Extract) -> None:
    card = {"id": "pm_default", "object": "payment_method", "type": "card", "card": {"exp_month": 3, "exp_year": 2027}}
    server.lists["customers"][0]["invoice_settings"] = {"default_payment_method": card}
    server.lists["subscriptions"][1]["status"] = "canceled"
    server.add("payment_methods", id="pm_listed", customer="cus_2", type="card")
    run = extract(server)
    assert objects(run, "payment_methods").keys() == {"pm_default", "pm_listed"}
    assert [asked.params["customer"] for asked in server.asked if asked.path == "/v1/payment_methods"] == ["cus_2"]


def test_prices_made_for_one_customer_are_fetched_by_the_lines_that_name_them(server: Loopback, extract: Extract) -> None:
    server.add("prices", id="price_inline", is_inline=True, product="prod_care")
    made = bill(server, 0, 9)
    made["lines"]["data"][0]["pricing"]["price_details"]["price"] = "price_inline"
    run = extract(server)
    assert "price_inline" in objects(run, "prices")
    before = len([path for path in server.paths() if path.endswith("price_inline")])
    again = extract(server, finish(run)["bookmark"])
    assert len([path for path in server.paths() if path.endswith("price_inline")]) == before
    assert "prices" in finish(again)["partial"], "it is in no list, and so must not count as gone"


def test_a_deleted_coupon_is_kept_from_the_discounts_that_show_it(server: Loopback, extract: Extract) -> None:
    gone = {"id": "gone", "object": "coupon", "percent_off": 25}
    server.lists["invoices"][0]["discounts"] = [{"id": "di_1", "source": {"type": "coupon", "coupon": gone}}]
    made = bill(server, 1, 9)
    made["lines"]["data"][0]["discounts"] = [{"id": "di_2", "source": {"coupon": "gone_too"}}]
    answer = server.answer

    def deep(asked: Asked, key: str) -> tuple[int, dict[str, str], Any]:
        status, headers, content = answer(asked, key)
        if asked.path == "/v1/invoices/in_1_9/lines":
            shown = {"id": "di_2", "source": {"coupon": {"id": "gone_too", "percent_off": 50}}}
            content = {**content, "data": [{**content["data"][0], "discounts": [shown]}]}
        return status, headers, content

    server.answer = deep  # type: ignore[method-assign]
    run = extract(server)
    assert objects(run, "coupons").keys() == {"ten", "gone", "gone_too"}
    asked = len([path for path in server.paths() if path.endswith("/lines")])
    assert objects(extract(server, finish(run)["bookmark"]), "coupons").keys() == {"ten"}
    assert len([path for path in server.paths() if path.endswith("/lines")]) == asked


def test_a_second_sync_reads_what_is_new_and_what_was_not_settled(server: Loopback, extract: Extract) -> None:
    for month in range(2, 30):
        bill(server, 0, month)
    waiting = bill(server, 1, 2, status="open")
    run = extract(server)
    waiting["status"] = "paid"
    bill(server, 2, 40)
    again = extract(server, finish(run)["bookmark"])
    read = objects(again, "invoices")
    assert {"in_1_2", "in_2_40"} <= read.keys()
    assert read["in_1_2"]["status"] == "paid"
    assert len(read) < 5, "settled invoices are not read again"
    assert len(objects(again, "customers")) == 3
    assert finish(again)["bookmark"]["unsettled"]["invoices"] == []


def test_many_open_invoices_are_read_again_by_their_list(server: Loopback, extract: Extract) -> None:
    waiting = [bill(server, 0, month, status="open") for month in range(2, 32)]
    run = extract(server)
    waiting[0]["status"] = "paid"
    server.asked.clear()
    read = objects(extract(server, finish(run)["bookmark"]), "invoices")
    assert {invoice["id"] for invoice in waiting} <= read.keys()
    assert read[waiting[0]["id"]]["status"] == "paid"
    assert len([path for path in server.paths() if path.startswith("/v1/invoices")]) < 6


def test_events_name_older_objects_to_read_again(server: Loopback, extract: Extract) -> None:
    for month in range(2, 30):
        bill(server, 0, month)
    run = extract(server)
    server.lists["invoices"][0]["status"] = "void"
    server.add("events", id="evt_v", type="invoice.voided", data={"object": {"object": "invoice", "id": "in_0_0"}})
    server.add("events", id="evt_u", type="invoice.upcoming", data={"object": {"object": "invoice"}})
    server.add("events", id="evt_d", type="invoice.deleted", data={"object": {"object": "invoice", "id": "in_deleted"}})
    again = extract(server, finish(run)["bookmark"])
    assert objects(again, "invoices")["in_0_0"]["status"] == "void"


def test_where_events_since_the_last_sync_are_gone_everything_is_read_again(server: Loopback, extract: Extract) -> None:
    for month in range(2, 30):
        bill(server, 0, month)
    server.add("events", id="evt_1", data={"object": {"object": "customer", "id": "cus_0"}}, created=1_750_000_000)
    run = extract(server)
    server.add("events", id="evt_2", data={"object": {"object": "customer", "id": "cus_0"}}, created=1_750_000_000 + 86_400)
    assert "invoices" in finish(extract(server, finish(run)["bookmark"]))["partial"]
    server.add(
        "events", id="evt_3", data={"object": {"object": "customer", "id": "cus_0"}}, created=1_750_000_000 + 40 * 86_400
    )
    again = extract(server, finish(run)["bookmark"])
    assert "invoices" in finish(again)["complete"]
    assert len(objects(again, "invoices")) == 34


def test_what_happens_while_the_lists_are_read_is_read_by_the_next_sync(server: Loopback, extract: Extract) -> None:
    server.add("events", id="evt_1", data={"object": {"object": "customer", "id": "cus_0"}}, created=1_750_000_000)
    old = bill(server, 0, 0, status="open")
    for month in range(2, 30):
        bill(server, 0, month)

    def pay_late(asked: Asked) -> None:
        if asked.path == "/v1/payment_methods" and old["status"] == "open":
            old["status"] = "paid"
            server.add("events", id="evt_2", data={"object": {"object": "invoice", "id": old["id"]}}, created=1_750_000_060)

    server.on_request = pay_late
    run = extract(server)
    again = extract(server, finish(run)["bookmark"])
    assert objects(again, "invoices")[old["id"]]["status"] == "paid"


def test_an_object_dated_in_the_future_does_not_hide_what_comes_meanwhile(server: Loopback, extract: Extract) -> None:
    server.add("charges", id="ch_clock", status="succeeded", created=4_000_000_000)
    run = extract(server)
    server.add("charges", id="ch_new", status="succeeded", created=int(run.started_at.timestamp()) + 5)
    assert "ch_new" in objects(extract(server, finish(run)["bookmark"]), "charges")


def test_a_kind_that_could_not_be_read_before_is_read_from_the_start(server: Loopback, extract: Extract) -> None:
    server.forbidden.add("charges")
    run = extract(server)
    server.forbidden.clear()
    again = extract(server, finish(run)["bookmark"])
    assert len(objects(again, "charges")) == 6
    assert "charges" in finish(again)["complete"]


def test_another_accounts_key_is_refused(server: Loopback, extract: Extract) -> None:
    run = extract(server)
    server.account["id"] = "acct_2"
    with pytest.raises(SourceError, match="another Stripe account"):
        extract(server, finish(run)["bookmark"])


def test_a_secret_key_works_with_a_warning(server: Loopback, extract: Extract) -> None:
    run = extract(server, key="sk_live_abcdef")
    assert any("restricted key" in warning for warning in finish(run)["warnings"])
    assert "sk_live" not in json.dumps(finish(run))


def test_progress_counts_up_to_what_was_read(server: Loopback, extract: Extract) -> None:
    said: list[Progress] = []
    extract(server, report=said.append)
    last = {progress.entity: progress for progress in said}
    assert last["invoices"].done == 6
    assert str(last["payment_methods"]) == "stripe: 0 of 3 payment methods"


def test_a_fault_in_one_list_keeps_the_finished_others_for_the_next_try(server: Loopback, extract: Extract) -> None:
    server.faults.append(Fault("charges", 500, times=99))
    with pytest.raises(SourceError):
        extract(server)
    server.faults.clear()
    read_before = set(server.paths())
    assert "/v1/customers" in read_before
    server.asked.clear()
    run = extract(server)
    assert len(objects(run, "charges")) == 6
    assert "/v1/account" not in server.paths()
    assert "/v1/customers" not in server.paths()
