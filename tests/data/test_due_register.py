"""What the user says of due items is kept, and what the data settle closes with its reason."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from data import calendar
from data.due import register
from data.errors import InputError
from data.settings import Settings
from data.warehouse import Warehouse
from tests.data.billing_account import NOW, BillingAccount, at


def unpaid() -> BillingAccount:
    account = BillingAccount()
    account.customer("a")
    account.subscription("a", "a")
    account.invoice("a1", "a", created="2026-11-18", attempt_count=1)
    account.charge("c1", "a", "2026-11-18", pays="a1")
    return account


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That account's warehouse, made once."""
    opened = unpaid().land(tmp_path_factory.mktemp("unpaid"))
    opened.close()
    return opened.path


@pytest.fixture
def warehouse(landed: Path, tmp_path: Path) -> Iterator[Warehouse]:
    """A copy of it in a home of its own."""
    shutil.copy(landed, tmp_path)
    with closing(Warehouse(tmp_path / landed.name, Settings(home=tmp_path, show="own"))) as opened:
        yield opened


ITEM = "payment:in_a1:notice"


def ids(found: calendar.Due) -> list[str]:
    return [item.id for item in found.now if item.kind == "failed_payment"]


@pytest.mark.parametrize("what", ["done", "dismissed"])
def test_what_was_settled_does_not_come_back_after_a_restart_and_a_sync(warehouse, tmp_path, what):
    assert ids(calendar.due(warehouse)) == [ITEM]
    register.mark(warehouse, ITEM, what, by="ann@x.example")
    warehouse.close()
    opened = unpaid().land(tmp_path)  # restarted and synced again
    found = calendar.due(opened)
    opened.close()
    assert ids(found) == []
    ((item, mark),) = found.aside
    assert (item.id, mark.mark, mark.marked_by) == (ITEM, what, "ann@x.example")


def test_undo_brings_it_back(warehouse):
    register.mark(warehouse, ITEM, "done")
    assert ids(calendar.due(warehouse)) == []
    register.undo(warehouse, ITEM)
    assert ids(calendar.due(warehouse)) == [ITEM]


def test_a_snoozed_item_comes_back_on_its_day(warehouse):
    register.mark(warehouse, ITEM, "snoozed", until_on=date(2026, 11, 21))
    assert ids(calendar.due(warehouse)) == []
    warehouse.build(NOW + timedelta(days=1))
    assert ids(calendar.due(warehouse)) == ["payment:in_a1:reminder"]  # it has come to the next step
    warehouse.settings = Settings(home=warehouse.settings.home, reminder_days=5)
    assert ids(calendar.due(warehouse)) == [ITEM]


def test_the_next_step_of_the_policy_is_due_although_the_one_before_was_dismissed(warehouse):
    calendar.due(warehouse)
    register.mark(warehouse, ITEM, "dismissed")
    warehouse.build(NOW + timedelta(days=1))
    assert ids(calendar.due(warehouse)) == ["payment:in_a1:reminder"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "paid", "amount_paid": 10_000, "amount_remaining": 0, "attempt_count": 2}, "The money came in."),
        ({"status": "uncollectible"}, "The invoice was given up as uncollectible."),
        ({"status": "void"}, "The invoice was paid or voided."),
    ],
)
def test_what_the_data_settle_closes_itself_and_says_why(warehouse, tmp_path, change, why):
    account = unpaid()
    calendar.due(warehouse)
    register.mark(warehouse, ITEM, "done")
    warehouse.close()
    account.rows["invoices"][-1].update(change)
    account.rows["invoices"][-1]["status_transitions"]["paid_at"] = at("2026-11-19")
    opened = account.land(tmp_path)
    found = calendar.due(opened)
    assert (ids(found), found.aside) == ([], ())
    assert [(one.item.id, one.why) for one in found.closed if one.item.kind == "failed_payment"] == [(ITEM, why)]
    opened.close()


def test_what_falls_due_again_after_it_was_settled_is_due_again(warehouse, tmp_path):
    account = unpaid()
    calendar.due(warehouse)
    register.mark(warehouse, ITEM, "dismissed")
    warehouse.close()
    for status in ("void", "open"):
        account.rows["invoices"][-1]["status"] = status
        opened = account.land(tmp_path)
        found = calendar.due(opened)
        opened.close()
    assert ids(found) == [ITEM] and not [one for one in found.closed if one.item.id == ITEM]


def test_a_snooze_needs_its_day_and_a_mark_is_one_of_three(warehouse):
    for what, until_on in (("snoozed", None), ("done", date(2026, 12, 1)), ("gone", None)):
        with pytest.raises(InputError):
            register.mark(warehouse, ITEM, what, until_on=until_on)


def test_looking_twice_writes_once(warehouse):
    calendar.due(warehouse)
    with warehouse.cursor() as cursor:
        before = cursor.execute("from due_items").fetchall()
    calendar.due(warehouse)
    with warehouse.cursor() as cursor:
        assert cursor.execute("from due_items").fetchall() == before
