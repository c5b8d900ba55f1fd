"""Tools list the backups kept today: of months that a list doesn't reach back over a least number is told (F22–F26)."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import metrics
from data.reporting import period
from data.settings import Settings
from data.warehouse import Warehouse
from proposals import care_report
from proposals.care_report.addressee import Addressee
from proposals.care_report.agreed import agreed
from proposals.sender import Sender

TODAY = date(2026, 11, 22)


class Store:
    """A warehouse in which lists of backups land, each seen on a day."""

    def __init__(self, home: Path) -> None:
        settings = Settings(home=home, show="own")
        self.warehouse = Warehouse(settings.own_warehouse, settings)
        self.spool = home / "spool.ndjson"

    def sees(self, on: date, *days: date, site: str = "shop.example") -> None:
        rows = [
            {"id": f"{site}|{day}", "site": site, "at": f"{day}T03:00:00Z", "parts": ["db"], "services": ["s3"]} for day in days
        ]
        self.spool.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        seen_at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        with self.warehouse.transaction() as cursor:
            self.warehouse.load_raw(cursor, "updraft", "backups", [self.spool], seen_at=seen_at, touch=True)

    def months(self, site: str = "shop.example") -> dict[str, tuple[int, bool]]:
        self.warehouse.build(datetime(2026, 11, 22, 18, tzinfo=UTC))
        frame = metrics.read(self.warehouse, "care_months")
        of_site = frame[frame["site"] == site]
        return {row.month: (row.backups_done, bool(row.is_backups_floor)) for row in of_site.itertuples()}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    with closing(made.warehouse):
        yield made


def daily(first: date, last: date, every: int = 1) -> list[date]:
    return [first + timedelta(days=number) for number in range(0, (last - first).days + 1, every)]


def test_the_month_in_which_the_first_list_begins_has_a_least_number(store: Store) -> None:
    store.sees(TODAY, *daily(date(2026, 10, 23), TODAY))
    store.sees(TODAY, *daily(date(2026, 9, 30), TODAY), site="long.example")
    store.sees(TODAY, *daily(date(2026, 10, 4), TODAY, every=7), site="weekly.example")
    assert store.months() == {"2026-10": (9, True), "2026-11": (22, False)}
    assert store.months("long.example")["2026-10"] == (31, False)
    assert store.months("weekly.example")["2026-10"] == (4, False)  # the one before was September's


def test_lists_that_overlap_make_whole_months_and_a_hole_between_them_does_not(store: Store) -> None:
    for on in (date(2026, 9, 1), date(2026, 9, 20), date(2026, 10, 10)):
        store.sees(on, *daily(on - timedelta(days=29), on))
    store.sees(TODAY, *daily(TODAY - timedelta(days=29), TODAY))
    assert store.months() == {
        "2026-08": (29, True),
        "2026-09": (30, False),
        "2026-10": (10 + 8, True),
        "2026-11": (22, False),
    }


def test_a_report_says_at_least_and_holds_no_line_missed_on_that_ground(store: Store) -> None:
    store.sees(TODAY, *daily(date(2026, 10, 23), TODAY))
    with store.warehouse.transaction() as cursor:
        store.spool.write_text(json.dumps({"id": "cus_shop", "name": "Shop Ltd", "created": 1735689600}))
        store.warehouse.load_raw(cursor, "stripe", "customers", [store.spool], seen_at=datetime(2026, 11, 22, tzinfo=UTC))
        cursor.execute("insert into client_links values ('site:shop.example', 'cus_shop', '2026-11-22')")
    store.months()
    read = lambda name: metrics.read(store.warehouse, name)  # noqa: E731
    told = care_report.read(read, "cus_shop", period("2026-10"), TODAY)
    assert told.is_backups_floor and "at least" in told.missing[-1]
    assert care_report.read(read, "cus_shop", period("2026-Q4"), TODAY).is_backups_floor
    assert not care_report.read(read, "cus_shop", period("2026-11"), TODAY).is_backups_floor
    for code, words in (("en", "at least 9 backups"), ("fr", "au moins 9 sauvegardes"), ("ro", "cel puțin 9 copii")):
        report = care_report.compose(
            told, Addressee("cus_shop", "Shop Ltd"), Sender("Ana Pop", email="ana@agency.example"), code
        )
        assert words in report.email.text and report.tiles[0].value == "≥ 9"


def test_a_least_number_can_show_that_a_line_was_met_but_not_that_it_was_missed() -> None:
    rows = [
        {
            "promise_id": number, "kind": "kpi", "name": "Backups", "measure": "backups", "unit": "", "target": target,
            "is_at_most": is_at_most, "from_month": None, "until_month": None, "starts_on": None, "ends_on": None,
        }
        for number, (target, is_at_most) in enumerate([(5.0, False), (31.0, False), (5.0, True), (31.0, True)])
    ]  # fmt: skip
    lines = agreed(rows, {"backups_done": 9.0}, period("2026-10"), frozenset({"backups"}))
    assert [line.is_met for line in lines] == [True, None, False, None]
