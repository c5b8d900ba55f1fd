"""Site health: late only against a stated rule, and no data is neither good nor bad (F22–F26)."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data import metrics, settings
from data.warehouse import Warehouse

NOW = datetime.fromisoformat("2025-03-31T12:00:00")
TODAY = NOW.date()


class Care:
    """A warehouse that is told care records, and asked how a site stands."""

    def __init__(self, home: Path) -> None:
        self.home = home / "home"
        self.warehouse = Warehouse(self.home / "retainer.duckdb", settings.load(home=str(self.home)))
        self.spool = home / "spool.ndjson"
        self.built_for: datetime | None = None

    def land(self, entity: str, *rows: dict[str, Any], seen_at: datetime = NOW) -> None:
        lines = [json.dumps({"id": f"{row['site']}-{row.get('at')}-{row.get('component')}", **row}) for row in rows]
        self.spool.write_text("\n".join(lines), encoding="utf-8")
        self.built_for = None
        with self.warehouse.transaction() as cursor:
            self.warehouse.load_raw(cursor, "maintenance", entity, [self.spool], seen_at=seen_at)

    def backups(self, *days: date | str, seen_at: datetime = NOW, **more: Any) -> None:
        self.land("backups", *[{"site": "x.com", "at": str(day), "is_off_site": True, **more} for day in days], seen_at=seen_at)

    def read(self, metric: str, as_of: datetime = NOW) -> Any:
        if self.built_for != as_of:
            self.warehouse.build(as_of)
            self.built_for = as_of
        return metrics.read(self.warehouse, metric)

    def health(self, rule: str, as_of: datetime = NOW, site: str = "x.com") -> tuple[str, str | None, str]:
        frame = self.read("site_health", as_of)
        row = frame[(frame.site == site) & (frame.rule == rule)].iloc[0]
        return row.state, row.since if isinstance(row.since, str) else None, row.detail


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Care]:
    care = Care(tmp_path_factory.mktemp("care"))
    with closing(care.warehouse):
        yield care


@pytest.fixture
def care(opened: Care) -> Care:
    with opened.warehouse.transaction() as cursor:
        for entity in ("sites", "updates", "backups", "incidents", "hours"):
            cursor.execute(f"delete from raw_maintenance__{entity}")
    opened.built_for = None
    return opened


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_full_backup_of_today_or_yesterday_is_in_time(care: Care) -> None:
    care.backups(ago(1))
    assert care.health("backup_daily")[:2] == ("ok", str(ago(1)))


def test_a_backup_older_than_a_day_is_late_from_the_first_day_without_one(care: Care) -> None:
    care.backups(ago(4), ago(3))
    state, since, detail = care.health("backup_daily")
    assert (state, since) == ("late", str(ago(1)))
    assert detail == f"The last full backup was made on {ago(3)}, 3 days ago. Rule: a full backup every day."


@pytest.mark.parametrize(("at", "state"), [("2025-03-30T12:00:01Z", "ok"), ("2025-03-30T11:59:00Z", "late")])
def test_where_the_time_is_known_a_day_is_24_hours(care: Care, at: str, state: str) -> None:
    care.backups(at)
    assert care.health("backup_daily")[0] == state


@pytest.mark.parametrize("flaw", [{"status": "failed"}, {"contents": "database"}, {"contents": "files"}])
def test_a_backup_that_failed_or_is_not_complete_does_not_count(care: Care, flaw: dict[str, str]) -> None:
    care.backups(ago(5))
    care.backups(ago(0), **flaw)
    assert care.health("backup_daily")[0] == "late"
    assert care.health("backup_kept_30_days")[2].startswith(f"The oldest full backup kept is of {ago(5)}")


def test_tries_without_any_success_are_late_and_no_record_at_all_is_no_data(care: Care) -> None:
    care.land("sites", {"site": "bare.com"})
    care.backups(ago(1), status="failed")
    assert care.health("backup_daily")[0] == "late"
    for rule in ("backup_daily", "backup_off_site", "backup_kept_30_days", "updates_weekly", "restore_test", "uptime"):
        state, since, _ = care.health(rule, site="bare.com")
        assert (rule, state, since) == (rule, "no_data", None)


def test_after_the_last_import_a_backup_gets_neither_late_nor_stays_in_time(care: Care) -> None:
    care.backups(ago(0))
    assert care.health("backup_daily")[0] == "ok"
    state, since, detail = care.health("backup_daily", as_of=NOW + timedelta(days=5))
    assert (state, since) == ("no_data", None)
    assert "nothing newer has been imported" in detail


def test_what_is_dated_after_the_instant_seen_from_does_not_count(care: Care) -> None:
    care.backups(ago(9), ago(0))
    assert care.health("backup_daily", as_of=NOW - timedelta(days=5))[0] == "late"
    assert care.health("backup_daily", as_of=NOW - timedelta(days=8, hours=3))[0] == "ok"


@pytest.mark.parametrize(("off_site", "state"), [(True, "ok"), (False, "late"), (None, "no_data")])
def test_off_site_is_what_the_last_full_backup_says(care: Care, off_site: bool | None, state: str) -> None:
    care.backups(ago(2))
    care.backups(ago(1), is_off_site=off_site)
    found = care.health("backup_off_site")
    assert found[0] == state
    if state == "late":
        assert found[1] == str(ago(1))
        assert found[2].startswith(
            f"The last full backup ({ago(1)}) is not stored off-site; the last off-site one is of {ago(2)}."
        )


@pytest.mark.parametrize(("oldest", "state"), [(29, "late"), (30, "ok"), (31, "ok")])
def test_backups_are_kept_for_at_least_30_days(care: Care, oldest: int, state: str) -> None:
    care.backups(*[ago(days) for days in range(oldest + 1)])
    assert care.health("backup_kept_30_days")[0] == state


def test_a_backup_that_was_removed_is_not_kept(care: Care) -> None:
    care.backups(*[ago(days) for days in range(20)])
    care.backups(ago(40), is_kept=False)
    assert care.health("backup_kept_30_days")[:2] == ("late", str(ago(19)))


def test_an_old_backup_that_the_newest_import_does_not_list_proves_nothing(care: Care) -> None:
    care.backups(*[ago(days) for days in range(20, 60)], seen_at=NOW - timedelta(days=20))
    care.backups(*[ago(days) for days in range(20)])
    state, _, detail = care.health("backup_kept_30_days")
    assert state == "no_data"
    assert "does not list it" in detail


def test_a_site_in_care_for_less_than_30_days_can_not_be_late_with_them(care: Care) -> None:
    care.backups(ago(0), ago(10))
    care.land("sites", {"site": "x.com", "since_on": str(ago(11))})
    assert care.health("backup_kept_30_days")[0] == "no_data"
    care.land("sites", {"site": "x.com", "since_on": str(ago(90))})
    assert care.health("backup_kept_30_days")[0] == "late"


def test_a_site_without_a_list_of_backups_may_state_its_last_and_oldest(care: Care) -> None:
    stated = {"last_backup_at": str(ago(1)), "last_backup_off_site": False, "oldest_backup_on": str(ago(45))}
    care.land("sites", {"site": "x.com", **stated})
    found = [care.health(rule)[0] for rule in ("backup_daily", "backup_off_site", "backup_kept_30_days")]
    assert found == ["ok", "late", "ok"]


def test_updates_within_a_week_are_in_time_and_older_ones_late(care: Care) -> None:
    care.land(
        "updates",
        {"site": "x.com", "at": str(ago(7)), "component": "A"},
        {"site": "y.com", "at": str(ago(8)), "component": "A"},
    )
    assert care.health("updates_weekly")[:2] == ("ok", str(ago(7)))
    assert care.health("updates_weekly", site="y.com")[:2] == ("late", str(TODAY))


def test_a_check_that_found_nothing_to_update_is_as_good_as_an_update(care: Care) -> None:
    care.land("updates", {"site": "x.com", "at": str(ago(20)), "component": "A"})
    checked = {"site": "x.com", "checked_at": str(ago(1)), "core_updates": 0, "theme_updates": 0}
    care.land("sites", {**checked, "plugin_updates": 0})
    assert care.health("updates_weekly")[:2] == ("ok", str(ago(1)))
    care.land("sites", {**checked, "plugin_updates": 3})
    state, _, detail = care.health("updates_weekly")
    assert state == "late"
    assert "3 wait." in detail


def test_an_update_that_failed_is_none(care: Care) -> None:
    care.land("updates", {"site": "x.com", "at": str(ago(2)), "component": "A", "status": "failed"})
    assert care.health("updates_weekly")[0] == "late"


@pytest.mark.parametrize(("days", "state"), [(365, "ok"), (366, "late")])
def test_a_restore_is_tested_once_a_year(care: Care, days: int, state: str) -> None:
    care.land("sites", {"site": "x.com", "restore_tested_on": str(ago(days))})
    assert care.health("restore_test")[0] == state


@pytest.mark.parametrize(
    ("up", "promised", "state"),
    [(0.9991, 0.999, "ok"), (0.9989, 0.999, "late"), (None, 0.999, "no_data"), (0.5, None, "no_data")],
)
def test_an_uptime_is_held_only_against_the_one_that_was_promised(care: Care, up: Any, promised: Any, state: str) -> None:
    care.land("sites", {"site": "x.com", "uptime_30d": up, "uptime_promised": promised, "checked_at": str(ago(1))})
    assert care.health("uptime")[0] == state


def test_an_uptime_checked_more_than_a_week_ago_is_no_data(care: Care) -> None:
    care.land("sites", {"site": "x.com", "uptime_30d": 0.9, "uptime_promised": 0.999, "checked_at": str(ago(8))})
    assert care.health("uptime")[0] == "no_data"


def test_every_site_that_a_record_names_is_listed_until_it_leaves_care(care: Care) -> None:
    care.land(
        "sites", {"site": "x.com"}, {"site": "left.com", "until_on": str(TODAY)}, {"site": "next.com", "since_on": "2025-04-01"}
    )
    care.land("incidents", {"site": "seen.com", "at": str(ago(3))})
    sites = care.read("sites").set_index("site")
    assert dict(sites.is_in_care) == {"seen.com": True, "x.com": True, "left.com": False, "next.com": False}
    assert set(care.read("site_health").site) == {"x.com", "seen.com"}


def test_what_no_record_tells_is_empty_and_not_zero(care: Care) -> None:
    care.land("sites", {"site": "x.com"})
    row = care.read("sites").iloc[0]
    told = ["pending_updates", "is_off_site", "uptime_30d", "incidents_30d", "updates_this_month", "hours_this_month"]
    assert row[told].isna().all()


def test_days_are_cut_in_the_accounts_time_zone(tmp_path: Path) -> None:
    chosen = settings.load(home=str(tmp_path), time_zone="Europe/Paris")
    spool = tmp_path / "updates.ndjson"
    at = {"utc": "2025-03-31T22:30:00Z", "local": "2025-03-31T22:30:00"}
    spool.write_text(
        "\n".join(json.dumps({"id": name, "site": name, "at": text, "component": "A"}) for name, text in at.items())
    )
    with closing(Warehouse(chosen.own_warehouse, chosen)) as warehouse:
        with warehouse.transaction() as cursor:
            warehouse.load_raw(cursor, "maintenance", "updates", [spool], seen_at=NOW + timedelta(days=9))
        warehouse.build()
        frame = metrics.read(warehouse, "care_months", as_of=NOW + timedelta(days=9))
    assert dict(zip(frame.site, frame.month, strict=True)) == {"utc": "2025-04", "local": "2025-03"}
