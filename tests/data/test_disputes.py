"""Disputes and credit notes: no effect on MRR, shown in cash and in collections (definitions.md, MRR; F37)."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data import closings, metrics
from data.due import disputes
from data.warehouse import Warehouse
from tests.data.billing_account import BillingAccount, at


def disputed(
    account: BillingAccount,
    key: str,
    status: str,
    created: str = "2026-11-05",
    *,
    moved: tuple[tuple[int, str], ...] = (),
    amount: int = 10_000,
) -> None:
    """A client with a paid invoice whose charge is disputed."""
    account.customer(key)
    account.subscription(key, key)
    account.invoice(key, key, status="paid")
    account.charge(key, key, "2026-11-01", "succeeded", pays=key)
    account.add("disputes", id=f"du_{key}", object="dispute", charge=f"ch_{key}", amount=amount, currency="usd", status=status,
                reason="product_not_received", created=at(created), evidence_details={"due_by": at("2026-11-28")},
                balance_transactions=[{"amount": minor, "created": at(day)} for minor, day in moved])  # fmt: skip


@pytest.fixture(params=["new", "old"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    account = BillingAccount(is_old=request.param == "old")
    disputed(account, "asked", "needs_response", moved=((-11_500, "2026-11-06"),))
    disputed(account, "judged", "under_review")
    disputed(account, "lost", "lost", amount=4_000)
    disputed(account, "won", "won", "2026-10-07", moved=((-10_000, "2026-10-07"), (10_000, "2026-11-11")))
    disputed(account, "inquiry", "warning_needs_response")
    disputed(account, "over", "warning_closed")
    disputed(account, "given", "charge_refunded")
    account.add("credit_notes", id="cn_1", object="credit_note", invoice="in_won", currency="usd", status="issued",
                created=at("2026-11-12"), out_of_band_amount=700)  # fmt: skip
    account.add("credit_notes", id="cn_2", object="credit_note", invoice="in_won", currency="usd", status="void",
                created=at("2026-11-12"), out_of_band_amount=900)  # fmt: skip
    account.add("refunds", id="re_1", object="refund", charge="ch_won", currency="usd", amount=300, status="succeeded",
                created=at("2026-11-13"))  # fmt: skip
    warehouse = account.land(tmp_path)
    yield warehouse
    warehouse.close()


def states(warehouse: Warehouse, name: str, key: str, **asked: Any) -> dict[str, str]:
    found = metrics.read(warehouse, name, **asked)
    return dict(zip(found[key], found["state"], strict=True))


def test_a_dispute_stands_in_collections_with_what_became_of_it(opened: Warehouse):
    assert states(opened, "collections", "invoice") == {
        "ASKED": "disputed", "JUDGED": "disputed", "LOST": "charged_back", "WON": "recovered", "INQUIRY": "disputed",
    }  # fmt: skip
    found = metrics.read(opened, "collections").set_index("invoice")
    assert (found.loc["LOST", "amount_due_minor"], found.loc["LOST", "since_on"]) == (4_000, "2026-11-05")
    assert (found.loc["WON", "recovered_on"], found.loc["WON", "age_days"]) == ("2026-11-11", 35)


def test_what_a_dispute_took_leaves_cash_on_its_day_and_comes_back_on_the_day_it_was_won(opened: Warehouse):
    cash = metrics.read(opened, "cash").set_index("month")
    assert cash.loc["2026-10", "disputed_minor"] == 10_000  # taken from the one that was won later
    assert cash.loc["2026-11", "disputed_minor"] == 10_000 + 10_000 + 4_000 - 10_000  # an inquiry takes nothing
    assert (cash.loc["2026-11", "refunded_minor"], cash.loc["2026-11", "credited_outside_minor"]) == (300, 700)


def test_neither_disputes_nor_credit_notes_move_mrr(opened: Warehouse):
    moved = metrics.read(opened, "movements")
    assert set(moved["kind"]) == {"new"} and moved["amount_minor"].sum() == 70_000


def test_each_dispute_says_whether_it_can_still_be_answered(opened: Warehouse):
    assert states(opened, "disputes", "dispute_id") == {
        "du_asked": "to answer", "du_inquiry": "to answer", "du_judged": "under review", "du_won": "won", "du_lost": "lost",
        "du_over": "closed", "du_given": "closed",
    }  # fmt: skip
    after = states(opened, "disputes", "dispute_id", as_of=datetime(2026, 11, 29, tzinfo=UTC))
    assert after["du_asked"] == "under review", "the day for answering is over"
    before = states(opened, "disputes", "dispute_id", as_of=datetime(2026, 10, 20, tzinfo=UTC))
    assert before == {"du_won": "under review"}


def test_before_a_dispute_was_decided_it_stands_under_review(tmp_path: Path):
    account = BillingAccount()
    disputed(account, "lost", "lost", moved=((-10_000, "2026-11-06"),))
    disputed(account, "over", "warning_closed")
    disputed(account, "won", "won", moved=((-10_000, "2026-11-06"),))
    for key in ("lost", "over", "won"):
        account.add("events", id=f"evt_{key}", object="event", type="charge.dispute.closed", created=at("2026-11-15"),
                    data={"object": {"object": "dispute", "id": f"du_{key}", "charge": f"ch_{key}"}})  # fmt: skip
    warehouse = account.land(tmp_path)
    now = states(warehouse, "disputes", "dispute_id")
    before = states(warehouse, "disputes", "dispute_id", as_of=datetime(2026, 11, 14, tzinfo=UTC))
    found = metrics.read(warehouse, "disputes").set_index("dispute_id")
    warehouse.close()
    assert now == {"du_lost": "lost", "du_over": "closed", "du_won": "won"}
    assert set(before.values()) == {"under review"}
    assert found.loc["du_won", "returned_on"] == "2026-11-15", "Stripe tells no transfer back: the day it was decided"


def test_a_dispute_to_answer_is_due_a_week_before_its_last_day(opened: Warehouse):
    found = {item.stripe_id: item for item in disputes.to_answer(metrics.read(opened, "disputes"), date(2026, 11, 20))}
    assert set(found) == {"du_asked", "du_inquiry"}
    item = found["du_asked"]
    assert (item.due_on, item.amount_minor, item.opens) == (date(2026, 11, 21), 10_000, {"invoice": "in_asked"})
    assert (
        item.detail == "Invoice ASKED: the bank disputes it, saying “product not received”. Answer in Stripe until 28 Nov 2026."
    )


def test_a_payment_without_invoice_is_disputed_too(tmp_path: Path):
    account = BillingAccount()
    account.customer("a")
    account.charge("one", "a", "2026-11-01", "succeeded")
    account.add("disputes", id="du_1", charge="ch_one", amount=10_000, currency="usd", status="needs_response",
                created=at("2026-11-05"))  # fmt: skip
    warehouse = account.land(tmp_path)
    frame, cash = metrics.read(warehouse, "disputes"), metrics.read(warehouse, "cash")
    warehouse.close()
    (item,) = disputes.to_answer(frame, date(2026, 11, 20))
    assert (item.subject, item.due_on, item.opens) == ("A", date(2026, 11, 5), {})
    assert item.detail.startswith("A payment: the bank disputes it, saying “general”. Answer in Stripe.")
    assert list(cash["disputed_minor"]) == [10_000]


def test_what_a_bank_only_holds_ready_is_no_cash(tmp_path: Path):
    account = BillingAccount()
    account.customer("a")
    account.charge("held", "a", "2026-11-01", "succeeded")
    account.rows["charges"][-1] |= {"captured": False, "amount_captured": 0}
    account.charge("part", "a", "2026-11-02", "succeeded")
    account.rows["charges"][-1] |= {"captured": True, "amount_captured": 6_000}
    warehouse = account.land(tmp_path)
    cash: pd.DataFrame = metrics.read(warehouse, "cash")
    warehouse.close()
    assert list(cash["collected_minor"]) == [6_000]


def test_a_refund_in_a_later_month_is_no_restatement_of_the_month_of_its_charge(tmp_path: Path):
    account = BillingAccount()
    account.customer("a")
    account.subscription("a", "a", since="2026-09-01")
    account.charge("a1", "a", "2026-10-01", "succeeded", pays="a0")
    account.rows["charges"][-1]["amount_refunded"] = 2_500
    account.add("refunds", id="re_1", object="refund", charge="ch_a1", currency="usd", amount=2_500, status="succeeded",
                created=at("2026-11-03"))  # fmt: skip
    warehouse = account.land(tmp_path)
    closings.close_month(warehouse, "2026-10")
    restated = metrics.read(warehouse, "restated_figures")
    warehouse.close()
    assert restated.empty
