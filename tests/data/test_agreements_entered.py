"""Agreements entered one by one follow the rules of the file: same checks, same ids, same MRR (definitions.md, Agreements)."""

from datetime import UTC, date, datetime

import pytest

from data import metrics
from data.errors import InputError
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse

FIELDS = {"client": "Ann", "tier": "Growth", "amount": "1050.00", "currency": "EUR", "months": "3", "starts_on": "2026-01-01"}


@pytest.fixture
def warehouse(tmp_path):
    opened = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    yield opened
    opened.close()


def listed(warehouse, day: datetime) -> list[list]:
    frame = metrics.read(warehouse, "outside_stripe", as_of=day)
    return frame[["client_name", "mrr_minor", "state"]].values.tolist()


def test_an_agreement_entered_counts_as_one_of_a_file(warehouse):
    agreements.save(warehouse, FIELDS)
    frame = metrics.read(warehouse, "client_mrr", as_of=datetime(2026, 1, 31, tzinfo=UTC))
    assert frame[["client_name", "currency", "mrr_minor"]].values.tolist() == [["Ann", "eur", 35_000]]


def test_the_same_agreement_imported_later_is_updated_not_doubled(warehouse, tmp_path):
    kept = agreements.save(warehouse, FIELDS)
    file = tmp_path / "agreements.csv"
    file.write_text(f"{','.join(agreements.COLUMNS)}\nAnn,Growth,1200,eur,3,2026-01-01,,,\n", encoding="utf-8")
    agreements.import_file(file, warehouse)
    frame = metrics.read(warehouse, "outside_stripe")
    assert frame[["agreement_id", "amount_minor"]].values.tolist() == [[kept, 120_000]]


def test_f38_an_import_names_who_goes_on_paying_by_the_month_outside_stripe(warehouse, tmp_path):
    file = tmp_path / "agreements.csv"
    rows = [
        "Ann,growth,300,eur,1,2026-01-01,,2026-02-01,",
        "Ben,Growth,300,eur,1,2026-01-01,,,",
        "Cy,Growth,900,eur,3,2026-01-01,,,",
    ]
    file.write_text("\n".join([",".join(agreements.COLUMNS), *rows]), encoding="utf-8")
    report = agreements.import_file(file, warehouse)
    assert report.monthly == ("Ben",)
    assert "Paid by the month: Ben." in "\n".join(report.lines())


def test_an_agreement_s_tier_is_the_price_book_s_in_whatever_letters(warehouse):
    agreements.save(warehouse, {**FIELDS, "tier": "growth"})
    frame = metrics.read(warehouse, "tier_mix", start=date(2026, 1, 1), as_of=datetime(2026, 1, 31, tzinfo=UTC))
    assert frame[["tier", "mrr_minor"]].values.tolist() == [["Growth", 35_000]]


def test_a_changed_agreement_keeps_its_id(warehouse):
    kept = agreements.save(warehouse, FIELDS)
    assert agreements.save(warehouse, {**FIELDS, "starts_on": "2026-02-01", "amount": "900"}, kept) == kept
    frame = metrics.read(warehouse, "outside_stripe")
    assert frame[["agreement_id", "starts_on", "amount_minor"]].values.tolist() == [[kept, "2026-02-01", 90_000]]


def test_a_second_agreement_of_the_same_client_tier_and_start_is_refused(warehouse):
    agreements.save(warehouse, FIELDS)
    with pytest.raises(InputError, match="already"):
        agreements.save(warehouse, FIELDS)


@pytest.mark.parametrize(
    ("field", "value"),
    [("client", ""), ("amount", "1,250"), ("amount", "-1"), ("amount", "1.005"), ("currency", "euro"), ("months", "0"),
     ("starts_on", "1/2/2026"), ("ends_on", "2025-12-31")],
)  # fmt: skip
def test_what_the_file_would_leave_out_is_refused_in_a_sentence_and_nothing_kept(warehouse, field, value):
    with pytest.raises(InputError):
        agreements.save(warehouse, {**FIELDS, field: value})
    assert metrics.read(warehouse, "outside_stripe").empty


def test_the_list_says_when_a_renewal_is_due_overdue_or_an_agreement_has_ended(warehouse):
    agreements.save(warehouse, {**FIELDS, "paid_until": "2026-04-01"})
    for day, state in ((1, "renewal due"), (31, "renewal due")):
        assert listed(warehouse, datetime(2026, 3, max(day, 2), tzinfo=UTC)) == [["Ann", 35_000, state]]
    assert listed(warehouse, datetime(2025, 12, 1, tzinfo=UTC)) == [["Ann", 35_000, "not begun"]]
    assert listed(warehouse, datetime(2026, 2, 1, tzinfo=UTC)) == [["Ann", 35_000, "in force"]]
    assert listed(warehouse, datetime(2026, 4, 1, tzinfo=UTC)) == [["Ann", 35_000, "renewal overdue"]]
    assert listed(warehouse, datetime(2026, 5, 1, tzinfo=UTC)) == [["Ann", 35_000, "ended"]]


def test_an_ended_agreement_leaves_mrr_on_its_day_and_one_ended_on_its_first_day_never_was(warehouse):
    kept = agreements.save(warehouse, FIELDS)
    agreements.end(warehouse, kept, date(2026, 3, 10))
    moves = metrics.read(warehouse, "movements", as_of=datetime(2026, 6, 1, tzinfo=UTC))
    assert moves[["date", "kind"]].values.tolist() == [["2026-01-01", "new"], ["2026-03-10", "churn"]]
    with pytest.raises(InputError, match="before it starts"):
        agreements.end(warehouse, kept, date(2025, 3, 10))
    agreements.end(warehouse, kept, date(2026, 1, 1))
    assert metrics.read(warehouse, "movements", as_of=datetime(2026, 6, 1, tzinfo=UTC)).empty


def test_an_agreement_with_a_stripe_customer_leaves_the_client_its_name(warehouse, tmp_path):
    import json

    file = tmp_path / "customers.ndjson"
    file.write_text(json.dumps({"id": "cus_1", "name": "Acme", "email": "a@acme.example", "created": 1_700_000_000}) + "\n")
    with warehouse.transaction() as cursor:
        warehouse.load_raw(cursor, "stripe", "customers", [file], seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    agreements.save(warehouse, {**FIELDS, "client": "cus_1"})
    frame = metrics.read(warehouse, "client_mrr", as_of=datetime(2026, 1, 31, tzinfo=UTC))
    assert frame[["client_id", "client_name"]].values.tolist() == [["cus_1", "Acme"]]
