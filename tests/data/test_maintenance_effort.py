"""Whose site it is, and what an hour of work for a client brings in (F1)."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas
import pytest

from data import metrics, settings
from data.warehouse import Warehouse

NOW = datetime.fromisoformat("2025-03-31T12:00:00")
JANUARY = int(datetime(2025, 1, 1, tzinfo=UTC).timestamp())
CUSTOMERS = [
    ("cus_studio", "Atelier Dupont S.A.R.L.", "marie@atelier-dupont.fr"),
    ("cus_bakery", "Pâtisserie Ô Délice", "delice@gmail.com"),
    ("cus_twin_a", "Twin Ltd", "office@twins.example"),
    ("cus_twin_b", "TWIN, LLC", "office@twins.example"),
    ("cus_holding", "SC Alba Construct SRL", "ana@alba.ro"),
]


class Books:
    """A warehouse with customers and, where a test sells something, subscriptions; asked for sites and effort."""

    def __init__(self, home: Path) -> None:
        chosen = settings.load(home=str(home / "home"))
        self.warehouse = Warehouse(chosen.own_warehouse, chosen)
        self.spool = home / "spool.ndjson"
        customers = [{"id": key, "name": name, "email": email, "created": JANUARY} for key, name, email in CUSTOMERS]
        self.land("stripe", "customers", *customers)

    def land(self, source: str, entity: str, *rows: dict[str, Any]) -> None:
        self.spool.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        with self.warehouse.transaction() as cursor:
            self.warehouse.load_raw(cursor, source, entity, [self.spool], seen_at=NOW)

    def care(self, entity: str, *rows: dict[str, Any]) -> None:
        self.land("maintenance", entity, *[{"id": row.get("site") if entity == "sites" else str(row), **row} for row in rows])

    def months(self, *rows: tuple[str, str, str, int]) -> None:
        """MRR at the ends of months, as agreements of one month each."""
        self.land(
            "agreements",
            "agreements",
            *[
                {
                    "id": f"{client}-{month}-{currency}", "client": client, "amount_minor": minor, "currency": currency,
                    "months": 1, "starts_on": f"{month}-01", "ends_on": _next(month),
                }
                for client, month, currency, minor in rows
            ],
        )  # fmt: skip

    def read(self, metric: str, **more: Any) -> pandas.DataFrame:
        self.warehouse.build(NOW)
        return metrics.read(self.warehouse, metric, **more)

    def owners(self) -> dict[str, tuple[str | None, str | None]]:
        frame = self.read("sites").astype(object).where(lambda cell: cell.notna(), None)
        return {row.site: (row.client_id, row.matched_by) for row in frame.itertuples()}


def _next(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02}-01"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    books = Books(tmp_path_factory.mktemp("books"))
    with closing(books.warehouse):
        yield books


@pytest.fixture
def books(opened: Books) -> Books:
    with opened.warehouse.transaction() as cursor:
        for table in ("maintenance__sites", "maintenance__updates", "maintenance__hours", "agreements__agreements"):
            cursor.execute(f"delete from raw_{table}")
        cursor.execute("delete from client_links")
    return opened


def test_a_site_finds_its_client_by_stripe_id_then_email_then_name_then_domain(books: Books) -> None:
    books.care(
        "sites",
        {"site": "one.com", "stripe_customer": "cus_bakery", "client_email": "marie@atelier-dupont.fr"},
        {"site": "two.com", "client_email": "marie@atelier-dupont.fr", "client": "Patisserie o delice"},
        {"site": "three.com", "client": "patisserie o délice"},
        {"site": "four.com", "client": "ATELIER DUPONT"},
        {"site": "five.ro", "client": "Alba Construct S.R.L."},
        {"site": "shop.atelier-dupont.fr/fr"},
        {"site": "six.com", "stripe_customer": "cus_gone", "client": "Alba Construct"},
    )
    assert books.owners() == {
        "one.com": ("cus_bakery", "stripe"),
        "two.com": ("cus_studio", "email"),
        "three.com": ("cus_bakery", "name"),
        "four.com": ("cus_studio", "name"),
        "five.ro": ("cus_holding", "name"),
        "shop.atelier-dupont.fr/fr": ("cus_studio", "domain"),
        "six.com": ("cus_holding", "name"),
    }


def test_what_fits_nobody_or_two_clients_stays_unmatched_and_is_listed(books: Books) -> None:
    books.care(
        "sites",
        {"site": "gmail.com"},
        {"site": "twin.com", "client": "Twin"},
        {"site": "twins.example"},
        {"site": "no.com", "client": "No"},
    )
    books.care(
        "hours", {"site": "no.com", "at": "2025-03-03", "hours": 2}, {"client": "Nobody", "at": "2025-03-03", "hours": 1.5}
    )
    assert set(books.owners().values()) == {(None, None)}
    unmatched = books.read("care_unmatched")
    assert set(unmatched.site.dropna()) == {"gmail.com", "twin.com", "twins.example", "no.com"}
    assert dict(zip(unmatched.stated_client, unmatched.hours, strict=True))["Nobody"] == 1.5


def test_a_site_that_only_a_log_names_is_matched_by_its_domain(books: Books) -> None:
    books.care("updates", {"site": "alba.ro", "at": "2025-03-03", "component": "A"})
    assert books.owners() == {"alba.ro": ("cus_holding", "domain")}


def test_customers_linked_to_one_client_are_one_also_for_their_sites(books: Books) -> None:
    with books.warehouse.transaction() as cursor:
        cursor.execute("insert into client_links values ('cus_twin_b', 'cus_twin_a', now()::timestamp)")
    books.care(
        "sites",
        {"site": "a.com", "stripe_customer": "cus_twin_b"},
        {"site": "b.com", "client": "Twin"},
        {"site": "twins.example"},
    )
    assert {owner for owner, _ in books.owners().values()} == {"cus_twin_a"}


def test_hours_of_the_client_and_of_its_sites_add_up_and_give_the_hourly_rate(books: Books) -> None:
    books.months(("Dupont", "2025-02", "eur", 35_000), ("Dupont", "2025-03", "eur", 35_000))
    books.care("sites", {"site": "x.com", "client": "Dupont"})
    books.care(
        "hours",
        {"site": "x.com", "at": "2025-03-03", "hours": 1.5},
        {"client": "dupont", "at": "2025-03-31", "hours": 2.5},
        {"site": "x.com", "client": "Nobody at all", "at": "2025-03-30", "hours": 1},
        {"site": "x.com", "at": "2025-04-01", "hours": 8},
    )
    frame = books.read("client_effort").set_index("month")
    assert (frame.loc["2025-03", "hours"], frame.loc["2025-03", "hourly_rate_minor"]) == (5.0, 7_000)
    assert frame.loc["2025-02", ["hours", "costs_minor", "hourly_rate_minor"]].isna().all()
    assert frame.loc["2025-02", "mrr_minor"] == 35_000


def test_costs_are_those_recorded_and_the_monthly_cost_of_each_site_in_care(books: Books) -> None:
    books.months(*[("Dupont", f"2025-0{month}", "eur", 35_000) for month in (1, 2, 3)])
    books.care(
        "sites",
        {"site": "x.com", "client": "Dupont", "since_on": "2025-02-10", "monthly_cost_minor": 1_250, "currency": "eur"},
        {"site": "y.com", "client": "Dupont", "monthly_cost_minor": 250, "currency": "eur", "until_on": "2025-02-20"},
    )
    books.care("hours", {"client": "Dupont", "at": "2025-03-05", "hours": 3, "cost_minor": 4_900, "currency": "eur"})
    frame = books.read("client_effort").set_index("month")
    assert list(frame.costs_minor) == [250, 1_500, 6_150]
    assert frame.loc["2025-03", "hourly_rate_minor"] == round((35_000 - 6_150) / 3)


def test_currencies_are_never_added_and_two_of_them_give_no_rate(books: Books) -> None:
    books.months(
        ("Dupont", "2025-03", "eur", 30_000), ("Dupont", "2025-02", "eur", 30_000), ("Dupont", "2025-02", "usd", 10_000)
    )
    books.care(
        "hours",
        {"client": "Dupont", "at": "2025-02-05", "hours": 2},
        {"client": "Dupont", "at": "2025-03-05", "hours": 2},
        {"client": "Dupont", "at": "2025-03-06", "cost_minor": 4_900, "currency": "usd"},
    )
    rows = books.read("client_effort").set_index(["month", "currency"])
    assert rows.loc[("2025-03", "eur"), ["hours", "hourly_rate_minor"]].tolist() == [2.0, 15_000]
    assert rows.loc[("2025-03", "usd"), ["mrr_minor", "costs_minor"]].tolist() == [0, 4_900]
    assert rows.loc[("2025-03", "usd"), ["hours", "hourly_rate_minor"]].isna().all()
    assert rows.loc["2025-02", "hours"].tolist() == [2.0, 2.0]
    assert rows.loc["2025-02", "hourly_rate_minor"].isna().all()
    assert set(books.read("client_effort", currency="usd").currency) == {"usd"}


def test_work_for_a_client_that_pays_nothing_that_month_is_shown_with_an_mrr_of_0(books: Books) -> None:
    books.months(("Dupont", "2025-01", "eur", 30_000))
    books.care("hours", {"client": "Dupont", "at": "2025-03-05", "hours": 2})
    row = books.read("client_effort").set_index("month").loc["2025-03"]
    assert (row.currency, row.mrr_minor, row.hours, row.hourly_rate_minor) == ("eur", 0, 2.0, 0)


def test_no_hours_and_0_hours_give_no_rate_and_are_told_apart(books: Books) -> None:
    books.months(("Dupont", "2025-03", "eur", 30_000))
    books.care("hours", {"client": "Dupont", "at": "2025-03-05", "hours": 0})
    row = books.read("client_effort").iloc[0]
    assert (row.hours, pandas.isna(row.hourly_rate_minor)) == (0.0, True)


def test_months_wanted_are_the_only_ones_shown(books: Books) -> None:
    books.months(*[("Dupont", f"2025-0{month}", "eur", 35_000) for month in (1, 2, 3)])
    frame = books.read(
        "client_effort", start=datetime(2025, 2, 1, tzinfo=UTC).date(), end=datetime(2025, 2, 1, tzinfo=UTC).date()
    )
    assert list(frame.month) == ["2025-02"]


def test_a_client_whose_costs_exceed_what_it_pays_is_listed_with_the_loss_of_the_last_full_months(books: Books) -> None:
    books.months(*[("cus_bakery", month, "eur", 5_000) for month in ("2025-01", "2025-02", "2025-03")])
    books.months(*[("cus_studio", month, "eur", 5_000) for month in ("2025-01", "2025-02", "2025-03")])
    cost = {"at": "2025-02-03", "currency": "eur"}
    books.care(
        "hours",
        {**cost, "stripe_customer": "cus_bakery", "cost_minor": 12_000},
        {**cost, "stripe_customer": "cus_studio", "cost_minor": 9_000},
        {**cost, "stripe_customer": "cus_studio", "at": "2025-03-03", "cost_minor": 90_000},  # the month still runs
    )
    found = books.read("costs_over_mrr")
    assert found[["client_id", "mrr_minor", "costs_minor", "loss_minor"]].to_numpy().tolist() == [
        ["cus_bakery", 10_000, 12_000, 2_000]
    ]
