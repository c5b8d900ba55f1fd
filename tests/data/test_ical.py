"""The calendar as iCalendar: parses, stays the same without change, keeps its ids, and gives nobody away (F36–F39)."""

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from data import ical, settings
from data.calendar_entries import Entry
from data.due import register
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse
from tests.data.billing_account import NOW, BillingAccount, at

TERM = {"client": "Bank", "tier": "", "amount": "600", "currency": "usd", "months": "6", "starts_on": "2026-07-01",
        "paid_until": "2027-01-01", "ends_on": "", "paid_by": ""}  # fmt: skip


def account(next_try: str = "2026-11-24") -> BillingAccount:
    made = BillingAccount()
    made.customer("ann", card="pm_a")
    made.card("a", "ann", "2026-12")
    made.subscription("ann", "ann")
    made.invoice("a1", "ann", created="2026-11-18", attempt_count=1, next_payment_attempt=at(next_try))
    made.charge("c1", "ann", "2026-11-18", pays="a1")
    made.customer("nameless", name="", email="secret@person.example")
    made.subscription("nameless", "nameless", cancel_at=at("2026-12-15"))
    return made


Landed = Callable[..., Warehouse]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def landed(shelf: Path, tmp_path: Path) -> Landed:
    """Opens that account's warehouse with an agreement: a copy of one made before, or landed on what is there."""

    def of(next_try: str = "2026-11-24", details: str = "hide", **terms: str) -> Warehouse:
        kept, own = shelf / f"{next_try[:10]}{terms}", Settings(home=tmp_path, show="own", calendar_details=details)
        if own.own_warehouse.exists():
            return landed_in(tmp_path, next_try, details, **terms)
        if not kept.exists():
            landed_in(kept, next_try, **terms).close()
        shutil.copy(kept / own.own_warehouse.name, tmp_path)
        return Warehouse(own.own_warehouse, own)

    return of


def landed_in(home: Path, next_try: str, details: str = "hide", **terms: str) -> Warehouse:
    opened = account(next_try).land(home, calendar_details=details)
    with opened.cursor() as cursor:
        known = cursor.execute("select id from raw_agreements__agreements").fetchone()
    agreements.save(opened, {**TERM, **terms}, known[0] if known else "")
    opened.build(NOW)
    return opened


def events(content: bytes) -> dict[str, object]:
    return {str(event["summary"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_it_parses_and_every_entry_has_what_the_standard_asks_for(landed):
    opened = landed()
    content = ical.of(opened)
    opened.close()
    read = Calendar.from_ical(content)
    assert read["version"] == "2.0" and read["prodid"]
    found = list(read.walk("VEVENT"))
    assert len({str(event["uid"]) for event in found}) == len(found) >= 9
    for event in found:
        assert not event.errors and event["dtstamp"].dt.tzinfo is not None
        assert event["dtstart"].params["VALUE"] == "DATE" and event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
    assert content.endswith(b"END:VCALENDAR\r\n") and all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_reminders_stand_as_alarms_and_as_entries(landed):
    opened = landed()
    found = events(ical.of(opened))
    opened.close()
    card = found["Card of Ann ending in 0000 expires"]
    assert card["dtstart"].dt == date(2026, 12, 31)
    assert [alarm["trigger"].dt for alarm in card.walk("VALARM")] == [timedelta(days=-30), timedelta(days=-14)]
    assert found["Remind Ann: card expires in 30 days"]["dtstart"].dt == date(2026, 12, 1)
    assert found["Remind Ann: card expires in 14 days"]["dtstart"].dt == date(2026, 12, 17)
    assert found["Term of Bank runs out"]["dtstart"].dt == date(2027, 1, 1)
    assert found["Renew the term of Bank, paid for 14 more days"]["dtstart"].dt == date(2026, 12, 18)


def test_the_3rd_and_the_1st_recur(landed):
    opened = landed()
    found = events(ical.of(opened))
    opened.close()
    assert found["Check the month’s failed charges"]["rrule"].to_ical() == b"FREQ=MONTHLY;BYMONTHDAY=3"
    assert found["Check the month’s failed charges"]["dtstart"].dt == date(2026, 1, 3)
    assert found["Send the month’s invoices"]["rrule"].to_ical() == b"FREQ=MONTHLY;BYMONTHDAY=1"


def test_two_readings_without_change_are_the_same_bytes_also_after_a_restart(landed):
    opened = landed()
    first = ical.of(opened)
    assert ical.of(opened) == first
    opened.close()
    opened = landed()
    assert ical.of(opened) == first
    opened.close()


def test_a_moved_date_keeps_its_uid_and_raises_the_sequence(landed):
    opened = landed()
    before = events(ical.of(opened))
    opened.close()
    opened = landed(next_try="2026-11-20T23:00", paid_until="2027-01-15")
    after = events(ical.of(opened))
    opened.close()
    for title in ("Term of Bank runs out", "Renew the term of Bank, paid for 30 more days", "Collect payments: Ann"):
        assert after[title]["uid"] == before[title]["uid"] and after[title]["dtstart"].dt != before[title]["dtstart"].dt
        assert (before[title]["sequence"], after[title]["sequence"]) == (0, 1)
    card = "Card of Ann ending in 0000 expires"
    assert after[card].to_ical() == before[card].to_ical()


def test_a_snoozed_item_moves_and_a_dismissed_one_leaves_the_calendar(landed):
    opened = landed()
    before = events(ical.of(opened))["Collect payments: Ann"]
    register.mark(opened, "payment:in_a1:notice", "snoozed", until_on=date(2026, 11, 28))
    moved = events(ical.of(opened))["Collect payments: Ann"]
    register.mark(opened, "payment:in_a1:notice", "dismissed")
    gone = events(ical.of(opened))
    opened.close()
    assert (moved["uid"], moved["dtstart"].dt) == (before["uid"], date(2026, 11, 28))
    assert "Collect payments: Ann" not in gone


def test_no_amount_and_no_address_is_in_it_unless_wished(landed):
    opened = landed()
    hidden = ical.of(opened).decode()
    opened.close()
    opened = landed(details="show")
    shown = ical.of(opened).decode().replace("\r\n ", "")
    opened.close()
    assert "secret@person.example" not in hidden and "ann@x.example" not in hidden
    assert "100.00" not in hidden and "600" not in hidden and "Talk to those who leave: a client" in hidden
    assert "secret@person.example" in shown and "100.00 USD" in shown and "600.00 USD for 6 months" in shown


def test_the_feed_is_off_until_enabled_and_a_new_secret_shuts_the_old_one_out(tmp_path):
    own = Settings(home=tmp_path)
    assert not ical.is_let_in(own, "") and not ical.is_let_in(own, "x")
    first = ical.open_feed(own)
    assert ical.is_let_in(first, first.calendar_token) and len(first.calendar_token) >= 32
    second = ical.open_feed(first)
    assert not ical.is_let_in(second, first.calendar_token) and not ical.is_let_in(second, "é")
    assert settings.load(home=tmp_path).calendar_token == second.calendar_token
    assert second.calendar_token not in repr(second)
    shut = ical.close_feed(second)
    assert not ical.is_let_in(shut, second.calendar_token)
    assert settings.load(home=tmp_path).calendar_token == ""


@pytest.mark.parametrize("name", ["Ann;, \\ Co\r\nBEGIN:VEVENT", "Ștefan & Fiii " * 12])
def test_a_clients_name_stays_a_name(tmp_path, name):
    made = account()
    made.rows["customers"][0]["name"] = name
    opened = made.land(tmp_path)
    read = Calendar.from_ical(ical.of(opened))
    opened.close()
    assert any(" ".join(name.split())[:10] in " ".join(str(event["summary"]).split()) for event in read.walk("VEVENT"))


def test_the_bytes_follow_the_standard_line_by_line_without_a_library_that_reads_them(landed):
    opened = landed(details="show")
    found = [
        Entry(f"thing {number}", date(2026, 12, 1), f"Été, à l’œuvre ; 東京 \\ {'é' * number}", "a\nb", alarms=(30, 14))
        for number in range(40)
    ]
    for content in (ical.of(opened), ical.written(found)):
        assert content.endswith(b"\r\n") and b"\r" not in content.replace(b"\r\n", b"")
        physical = content.split(b"\r\n")
        assert max(map(len, physical)) <= 75 and all(line.decode() is not None for line in physical)  # no sign is cut in two
        lines = content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
        assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
        assert all(re.fullmatch(r"[A-Z-]+(;[A-Z-]+=[^;:,]+)*:[^\x00-\x08\x0b-\x1f]*", line) for line in lines)
        uids = []
        for block in re.findall(r"BEGIN:VEVENT\n(.*?)END:VEVENT", "\n".join(lines), re.S):
            own = re.sub(r"BEGIN:VALARM\n.*?END:VALARM\n", "", block, flags=re.S)
            for needed in ("UID:", "DTSTAMP:20", "SEQUENCE:", "DTSTART;VALUE=DATE:", "DTEND;VALUE=DATE:", "SUMMARY:"):
                assert own.count(f"\n{needed}") + own.startswith(needed) == 1, needed
            assert re.search(r"^DTSTAMP:\d{8}T\d{6}Z$", own, re.M) and re.search(r"^SEQUENCE:\d+$", own, re.M)
            assert not re.search(r"^SUMMARY:.*(?<!\\)[,;]", own, re.M)
            uids.append(re.search(r"^UID:(\S+)$", own, re.M)[1])
            for alarm in re.findall(r"BEGIN:VALARM\n(.*?)END:VALARM", block, re.S):
                assert sorted(line.partition(":")[0] for line in alarm.strip().split("\n")) == [
                    "ACTION", "DESCRIPTION", "TRIGGER"]  # fmt: skip
                assert "ACTION:DISPLAY" in alarm and re.search(r"^TRIGGER:-P\d+D$", alarm, re.M)
        assert len(uids) == len(set(uids)) > 8
    opened.close()
