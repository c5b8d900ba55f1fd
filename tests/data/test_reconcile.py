"""Reconcile: our own figures agree with themselves however written, and each other rule is found where it is followed."""

from datetime import date
from itertools import product

import pandas as pd
import pytest

from data import metrics, reconcile
from data.errors import InputError
from data.money import to_major
from data.reconcile.comparison import compare
from data.reconcile.matching import match
from data.reconcile.rules import Facts, facts
from data.settings import Settings
from data.sources.demo.account import Account
from data.warehouse import Warehouse
from tests.oracle import cases_coupons, cases_lives, cases_pauses, cases_prices
from tests.oracle.casebook import NOW, START, Case
from tests.oracle.differential import Reader

FOLLOWED = {
    "discounts_ignored": cases_coupons.coupon_forever,
    "once_coupon_counted": cases_coupons.coupon_once,
    "tax_added": cases_coupons.tax_exclusive,
    "tax_included": cases_coupons.tax_inclusive,
    "trial_counted": cases_pauses.trial_converts,
    "free_period_left_out": cases_pauses.free_period_given_later,
    "past_due_left_out": cases_lives.past_due,
    "unpaid_counted": cases_lives.unpaid,
    "paused_counted": cases_pauses.paused_long_ago,
    "left_at_request": cases_lives.canceled_at_period_end,
    "counted_to_period_end": cases_lives.yearly_canceled_after_three_months,
    "weeks_and_days_otherwise": cases_prices.interval_week,
    "whole_when_billed": cases_lives.yearly_on_leap_day,
    "usage_included": cases_prices.metered_usage,
    "prorated_start": cases_lives.stub_period,
    "cut_elsewhere": cases_lives.starts_in_the_last_second_of_a_month,
}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    """An account in which each case that other tools count otherwise is one client, named by the rule, and one without any."""
    account = Account(start=START, name="Cases", tag="rec")
    price = account.price(account.product("Care"), 10_000)
    for rule, build in FOLLOWED.items():
        build(Case(rule, account, price))
    Case("plain", account, price).start()
    account.advance(NOW)
    reader = Reader(tmp_path_factory.mktemp("reconcile"), account)
    reader.sync()
    opened = Warehouse(reader.home / "retainer.duckdb", Settings(home=reader.home, show="own"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ours(warehouse) -> dict[tuple[str, str], int]:
    """Our figures: (client's name, month) → minor units."""
    frame = metrics.read(warehouse, "client_mrr")
    return {(row.client_name, row.month): int(row.mrr_minor) for row in frame.itertuples()}


def written(figures: dict[tuple[str, str], int]) -> bytes:
    """Another tool's file of these figures, a line for each client and month."""
    lines = [f"{name},{month},{amount / 100:.2f}" for (name, month), amount in sorted(figures.items())]
    return "\n".join(["Customer name,Month,MRR (USD)", *lines]).encode()


def compared(warehouse, content: bytes, **said) -> pd.DataFrame:
    table = reconcile.read_table(content, "theirs.csv")
    columns = reconcile.recognise(table, ["usd"])
    if said:
        columns = reconcile.Columns(**{**columns.__dict__, **said})
    return reconcile.reconcile(warehouse, reconcile.read_statement(table, columns)).rows


def different(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    found = rows[rows["difference_minor"] != 0]
    return list(zip(found["client_name"], found["month"], found["rule"], strict=True))


HEADINGS = ["%Y-%m", "%b %Y", "%Y-%m-%d", "%m/%Y", "%B %Y"]
AMOUNTS = {
    "plain": lambda minor: str(to_major(minor, "usd")),
    "english": lambda minor: f"${to_major(minor, 'usd'):,.2f}",
    "french": lambda minor: f"{to_major(minor, 'usd'):,.2f}".replace(",", " ").replace(".", ",") + " $",
    "cents": str,
}


@pytest.mark.parametrize(("heading", "habit", "is_wide"), [*product(HEADINGS, AMOUNTS, [True, False])])
def test_our_own_figures_written_by_another_tool_have_no_difference(warehouse, heading, habit, is_wide):
    frame = metrics.read(warehouse, "client_mrr").sort_values(["client_id", "month"])
    frame = frame[frame["mrr_minor"] > 0]
    when = [pd.Period(month).end_time.strftime(heading) for month in frame["month"]]
    amounts = [AMOUNTS[habit](int(minor)) for minor in frame["mrr_minor"]]
    long = pd.DataFrame({"Customer ID": frame["client_id"], "Month": when, "MRR": amounts, "Name": frame["client_name"]})
    if is_wide:
        long = long.pivot(index=["Customer ID", "Name"], columns="Month", values="MRR").reset_index()
    separator = ";" if habit == "french" else ","
    content = long.to_csv(index=False, sep=separator).encode("utf-16" if habit == "french" else "utf-8")
    rows = compared(warehouse, content, **({"unit": "minor"} if habit == "cents" else {}))
    assert different(rows) == []
    assert len(rows) == len(frame) and rows["theirs_minor"].sum() == frame["mrr_minor"].sum()


OTHERWISE = {
    "discounts_ignored": {"2025-03": 10_000, "2026-10": 10_000},
    "once_coupon_counted": {"2025-03": 100},
    "tax_added": {"2025-05": 12_000},
    "tax_included": {"2025-05": 12_000},
    "trial_counted": {"2025-03": 10_000},
    "free_period_left_out": {"2025-07": 0, "2025-08": 0},
    "past_due_left_out": {"2026-09": 0, "2026-10": 0},
    "unpaid_counted": {"2026-10": 10_000},
    "paused_counted": {"2026-05": 10_000},
    "left_at_request": {"2025-09": 0},
    "counted_to_period_end": {"2025-06": 10_000, "2026-02": 10_000},
    "whole_when_billed": None,
    "weeks_and_days_otherwise": None,
    "usage_included": {"2025-06": 45_000},
    "prorated_start": {"2025-03": 7_097},
    "cut_elsewhere": None,
}


def test_every_rule_is_tried_here_or_below():
    assert set(reconcile.rules()) == set(OTHERWISE) | {"once_coupon_ignored", "agreements_left_out", "grace_left_out"}


@pytest.mark.parametrize(("rule", "months"), [(rule, months) for rule, months in OTHERWISE.items() if months])
def test_a_difference_is_laid_to_the_rule_that_the_other_tool_follows(warehouse, ours, rule, months):
    theirs = {**ours, **{(rule, month): amount for month, amount in months.items()}}
    assert different(compared(warehouse, written(theirs))) == [(rule, month, rule) for month in sorted(months)]


@pytest.mark.parametrize("rule", sorted(OTHERWISE))
def test_a_rule_followed_throughout_takes_every_difference(warehouse, rule):
    frame = metrics.read(warehouse, "client_mrr")
    theirs = {(row.month, row.client_id, row.currency): int(row.mrr_minor) for row in frame.itertuples()}
    changes = facts(warehouse, frame["month"]).changes
    changes = changes[changes["rule"] == rule].drop_duplicates(["month", "client_id", "currency"])
    assert len(changes)
    for row in changes.itertuples():
        key = (row.month, row.client_id, row.currency)
        theirs[key] = theirs.get(key, 0) + int(row.delta_minor)
    lines = [f"{client},{month},{currency},{amount / 100:.2f}" for (month, client, currency), amount in theirs.items()]
    rows = compared(warehouse, "\n".join(["Customer ID,Month,Currency,MRR", *lines]).encode())
    found = rows[rows["difference_minor"] != 0]
    assert len(found) == len(changes)
    assert set(found["rule"]) == {rule}


def test_a_week_counted_four_times_a_month_is_said_with_its_factor(warehouse, ours):
    name = "weeks_and_days_otherwise"
    weekly = round(ours[name, "2025-06"] * 12 / 52)
    for factor, said in ((4, "A week counts 4 times a month there"), (4.33, "A week counts 4.33 times a month there")):
        rows = compared(warehouse, written({**ours, (name, "2025-06"): round(weekly * factor)}))
        assert list(rows[rows["difference_minor"] != 0]["reason"]) == [said]


def test_a_yearly_price_counted_when_billed_is_0_in_the_other_months(warehouse, ours):
    name = "whole_when_billed"
    billed = {"2025-03": 120_000, "2025-04": 0, "2025-05": 0, "2026-03": 120_000}
    theirs = {**ours, **{(name, month): amount for month, amount in billed.items()}}
    assert different(compared(warehouse, written(theirs))) == [(name, month, name) for month in billed]


def test_a_difference_that_no_rule_makes_is_not_explained(warehouse, ours):
    rows = compared(warehouse, written({**ours, ("plain", "2025-08"): 12_345}))
    assert different(rows) == [("plain", "2025-08", "unexplained")]


def test_churn_and_starts_dated_a_month_otherwise_are_seen(warehouse, ours):
    name = "left_at_request"
    last, first = max(month for who, month in ours if who == name and ours[who, month]), "2025-03"
    later = f"{pd.Period(last) + 1}"
    found = different(compared(warehouse, written({**ours, (name, later): 10_000, ("plain", first): 0})))
    assert found == [("plain", first, "start_later"), (name, later, "churn_later")]


def test_a_client_missing_on_one_side_is_named_once_a_month(warehouse, ours):
    theirs = {key: amount for key, amount in ours.items() if key[0] != "plain" and key[1] == "2026-10"}
    rows = compared(warehouse, written({**theirs, ("Nobody", "2026-10"): 500}))
    assert different(rows) == [("Nobody", "2026-10", "unknown_client"), ("plain", "2026-10", "missing_there")]


def test_amounts_rounded_to_whole_units_are_rounding(warehouse, ours):
    whole = {key: round(amount / 100) * 100 for key, amount in ours.items()}
    lines = [f"{name},{month},{amount // 100}" for (name, month), amount in whole.items()]
    rows = compared(warehouse, "\n".join(["Customer,Month,MRR", *lines]).encode(), unit="major")
    assert {rule for _, _, rule in different(rows)} == {"rounding"}


def test_cents_or_units_are_asked_for_where_the_file_does_not_tell():
    columns = reconcile.recognise(reconcile.read_table(b"Customer,2026-01,2026-02\nAnn,100,100\n", "x.csv"), ["usd"])
    assert (columns.unit, columns.open_questions) == ("", ["unit"])
    assert reconcile.recognise(reconcile.read_table(b"Customer,Month,MRR (cents)\nAnn,2026-01,100\n", "x.csv")).unit == "minor"


def test_a_date_that_may_be_two_months_is_asked_for_and_told_by_its_neighbours():
    unclear = reconcile.read_table(b"Customer,Date,MRR\nAnn,02/03/2026,1.50\n", "x.csv")
    assert reconcile.recognise(unclear).day_first is None
    told = reconcile.read_table(b"Customer,Date,MRR\nAnn,02/03/2026,1.50\nAnn,28/04/2026,1.50\n", "x.csv")
    assert reconcile.recognise(told).day_first is True


def test_headings_with_accents_or_underscores_are_read_and_months_are_told_by_their_cells():
    french = reconcile.read_table("Abonné;Période;Montant récurrent;Devise\nAnn;03/2026;1,50;EUR\n".encode(), "x.csv")
    columns = reconcile.recognise(french)
    assert (columns.month, columns.amount, columns.currency) == ("Période", "Montant récurrent", "Devise")
    assert not columns.open_questions
    odd = reconcile.read_table(b"who,zeitraum,mrr_cents,ccy\nAnn,2026-03,100,eur\nBen,2026-04,100,eur\n", "x.csv")
    assert (reconcile.recognise(odd).month, reconcile.recognise(odd).unit) == ("zeitraum", "minor")


def test_a_file_without_a_table_is_refused_with_what_it_should_hold():
    with pytest.raises(InputError) as refused:
        reconcile.read_table(b"", "x.csv")
    assert "template" not in refused.value.hint and "a column a month" in refused.value.hint


def test_a_line_that_stands_several_times_there_is_said_as_such(warehouse, ours):
    content = written({key: minor for key, minor in ours.items() if key[0] == "plain"})
    rows = compared(warehouse, content + b"\n" + content.split(b"\n", 1)[1])
    assert {rule for who, _, rule in different(rows) if who == "plain"} == {"listed_again"}


def statement(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    names = ["name", "month", "currency", "amount_minor"]
    return pd.DataFrame(rows, columns=names).assign(line=1, party_id="", email="", is_whole=False)


def test_an_amount_in_another_currency_and_a_name_of_two_clients_are_said_as_such():
    known = {"party_id": {}, "email": {}, "name": {"ann": frozenset({"cus_1"}), "twin": frozenset({"cus_2", "cus_3"})}}
    our = pd.DataFrame(
        [("2026-01", "cus_1", "Ann", "eur", 10_000)], columns=["month", "client_id", "client_name", "currency", "mrr_minor"]
    )
    changes = pd.DataFrame(columns=["rule", "variant", "month", "client_id", "currency", "delta_minor"])
    matched = match(statement(("Ann", "2026-01", "usd", 10_800), ("Twin", "2026-01", "usd", 100)), known)
    rows = compare(matched, Facts(our, changes, "2026-01", {"cus_1": "Ann"})).rows
    assert [(row.client_name, row.currency, row.rule) for row in rows.itertuples()] == [
        ("Ann", "eur", "currency"), ("Ann", "usd", "currency"), ("Twin", "usd", "several_fit"),
    ]  # fmt: skip


def test_two_rules_together_are_found_where_neither_does_alone():
    our = pd.DataFrame(
        [("2026-01", "cus_1", "Ann", "usd", 10_000)], columns=["month", "client_id", "client_name", "currency", "mrr_minor"]
    )
    changes = pd.DataFrame(
        [("tax_added", "", "2026-01", "cus_1", "usd", 2_000), ("discounts_ignored", "", "2026-01", "cus_1", "usd", 3_000)],
        columns=["rule", "variant", "month", "client_id", "currency", "delta_minor"],
    )
    matched = match(
        statement(("Ann", "2026-01", "usd", 15_000)), {"party_id": {}, "email": {}, "name": {"ann": frozenset({"cus_1"})}}
    )
    row = compare(matched, Facts(our, changes, "2026-01", {"cus_1": "Ann"})).rows.iloc[0]
    assert row["reason"] == "Lasting coupons are not taken off there · Tax on top of the price is counted there"


def test_agreements_and_their_grace_are_told_from_a_missing_client(tmp_path):
    from data.sources import agreements

    file = tmp_path / "agreements.csv"
    paid = date(2026, 10, 31)
    file.write_text(f"{','.join(agreements.COLUMNS)}\nAnn,Care,300,usd,3,2026-08-01,,{paid},\n", encoding="utf-8")
    with_grace = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    agreements.import_file(file, with_grace)
    with_grace.build(pd.Timestamp("2026-11-10").to_pydatetime())
    rows = compared(with_grace, b"Customer,2026-09,2026-10,2026-11\nAnn,$100.00,$100.00,$0.00\n")
    assert different(rows) == [("Ann", "2026-11", "grace_left_out")]
    rows = compared(with_grace, b"Customer,2026-09,2026-10\nBob,$10.00,$10.00\n")
    assert [rule for who, _, rule in different(rows) if who == "Ann"] == ["agreements_left_out"] * 2
    with_grace.close()


def test_the_once_coupon_rule_turns_round_with_the_setting(warehouse, ours):
    counted = Settings(home=warehouse.settings.home, show="own", once_coupons="count")
    before = warehouse.settings
    warehouse.settings = counted
    as_of = warehouse.as_of
    try:
        warehouse.build(as_of)
        assert metrics.read(warehouse, "client_mrr").query("client_name == 'once_coupon_counted'")["mrr_minor"].min() == 100
        rows = compared(warehouse, written(ours))
        assert ("once_coupon_counted", "2025-03", "once_coupon_ignored") in different(rows)
    finally:
        warehouse.settings = before
        warehouse.build(as_of)


def test_hours_around_midnight_of_a_months_end_are_another_time_zone(warehouse, ours):
    name = "cut_elsewhere"
    first = min(month for who, month in ours if who == name and ours[who, month])
    found = different(compared(warehouse, written({**ours, (name, first): 0})))
    assert found == [(name, first, "cut_elsewhere")]


def test_the_reader_of_files_knows_no_month_of_a_plain_number():
    from data.reconcile.months import heading_month

    assert [heading_month(text) for text in ("Tier 10", "100", "2026", "Customer 12", "00/2026", "2026-13")] == [None] * 6
