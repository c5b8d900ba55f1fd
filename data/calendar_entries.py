"""The entries of the user's calendar: everything due and what recurs, with stable ids and a sequence that rises with change."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data import calendar, clock
from data.due.charge_check import CHECK_DAY
from data.due.facts import Facts, required
from data.due.item import DueItem
from data.frames import rows
from data.money import to_major

if TYPE_CHECKING:
    from data.warehouse import Warehouse

# What recurs stands as a rule, cards and terms with their reminders; a stale source is no matter for a calendar.
ELSEWHERE = ("failed_charges_check", "recurring_invoices", "weekly_round", "card_expiring", "renewal", "sync", "restated_month")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


@dataclass(frozen=True)
class Entry:
    """One all-day entry. `rule` is an RRULE's value; `alarms` are days before; `changed_at` is naive UTC."""

    thing: str
    on: date
    title: str
    about: str = ""
    rule: str = ""
    alarms: tuple[int, ...] = ()
    sequence: int = 0
    changed_at: datetime = datetime(2000, 1, 1)  # noqa: DTZ001 - naive UTC, as everywhere here

    @property
    def uid(self) -> str:
        """An id that is the same for ever, and gives nobody away."""
        return f"{hashlib.sha256(self.thing.encode()).hexdigest()[:32]}@retainer-desk"


def entries(warehouse: "Warehouse") -> list[Entry]:
    """All entries by date, each with the sequence and instant of its last change, which are kept.

    Amounts and e-mail addresses are in them only where the setting says so.
    """
    facts = Facts(warehouse)
    found = {entry.uid: entry for entry in (*_recurring(facts), *_cards(facts), *_renewals(facts), *_due(warehouse, facts))}
    return _kept(warehouse, sorted(found.values(), key=lambda entry: (entry.on, entry.thing)))


def _recurring(facts: Facts) -> Iterator[Entry]:
    year = date(facts.today.year, 1, 1)
    if any(sync["source"] == "stripe" and sync["last_ok_at"] for sync in facts.syncs):
        monthly = f"FREQ=MONTHLY;BYMONTHDAY={CHECK_DAY}"
        yield Entry("every month: check", year.replace(day=CHECK_DAY), "Check the month’s failed charges", rule=monthly)
    if len(facts.frame("billing_days")) or len(facts.frame("outside_stripe")):
        yield Entry("every month: invoices", year, "Send the month’s invoices", rule="FREQ=MONTHLY;BYMONTHDAY=1")
    if len(facts.frame("sites")):
        day = facts.settings.round_day - 1
        first = year + timedelta(days=(day - year.weekday()) % 7)
        yield Entry("every week: round", first, "Make the weekly round", rule=f"FREQ=WEEKLY;BYDAY={WEEKDAYS[day]}")


def _cards(facts: Facts) -> Iterator[Entry]:
    for row in rows(facts.frame("cards_expiring")):
        thing = f"card:{row['client_id']}:{row['card_last4']}:{row['currency']}"
        about = _about(facts, row["mrr_minor"], row["currency"], row["client_id"], " a month")
        who, last4 = _named(facts, row["client_name"]), row["card_last4"]
        expires_on = required(row["expires_on"])
        yield Entry(thing, expires_on, f"Card of {who} ending in {last4} expires", about, alarms=(30, 14))
        for days, name in ((30, "remind_30_on"), (14, "remind_14_on")):
            yield Entry(f"{thing}:{days}", required(row[name]), f"Remind {who}: card expires in {days} days", about)


def _renewals(facts: Facts) -> Iterator[Entry]:
    for row in rows(facts.frame("outside_stripe")):
        if row["state"] not in ("in force", "renewal due", "renewal overdue") or row["ends_on"] or not row["paid_until"]:
            continue
        thing, until = f"renewal:{row['agreement_id']}", required(row["paid_until"])
        about = _about(facts, row["amount_minor"], row["currency"], row["client_id"], f" for {int(row['months'])} months")
        who = _named(facts, row["client_name"])
        yield Entry(thing, until, f"Term of {who} runs out", about, alarms=(30, 14))
        for days in (30, 14):
            yield Entry(
                f"{thing}:{days}", until - timedelta(days=days), f"Renew the term of {who}, paid for {days} more days", about
            )


def _due(warehouse: "Warehouse", facts: Facts) -> Iterator[Entry]:
    due = calendar.due(warehouse)
    for item in (*due.now, *due.later):
        if item.kind not in ELSEWHERE:
            yield _of(item, item.due_on, facts)
    for item, mark in due.aside:
        if mark.until_on and item.kind not in ELSEWHERE:
            yield _of(item, mark.until_on, facts)


def _of(item: DueItem, on: date, facts: Facts) -> Entry:
    heading = calendar.KINDS[item.kind].heading
    about = _about(facts, item.amount_minor, item.currency, item.client_id)
    if facts.settings.calendar_details == "show":
        about = f"{item.detail}\n{about}".strip()
    return Entry(item.series, on, f"{heading}: {_named(facts, item.subject)}", about)


def _about(facts: Facts, amount_minor: Any, currency: str, client_id: str | None, per: str = "") -> str:
    if facts.settings.calendar_details != "show":
        return ""
    money = f"{to_major(int(amount_minor), currency)} {currency.upper()}{per}" if amount_minor else ""
    clients = facts.frame("clients")
    emails = clients.loc[clients["client_id"] == client_id, "email"].dropna()
    return "\n".join(part for part in (money, emails.iloc[0] if len(emails) else "") if part)


def _named(facts: Facts, name: str) -> str:
    return name if facts.settings.calendar_details == "show" else ADDRESS.sub("a client", name)


def _kept(warehouse: "Warehouse", found: list[Entry]) -> list[Entry]:
    with warehouse.cursor() as cursor:
        known = {row[0]: row[1:] for row in cursor.execute("select * from calendar_entries").fetchall()}
    now = clock.now().replace(microsecond=0)
    told, changed = [], []
    for entry in found:
        content = _content(entry)
        before, sequence, changed_at = known.get(entry.uid, (None, -1, now))
        if before != content:
            sequence, changed_at = sequence + 1, now
            changed.append([entry.uid, content, sequence, changed_at])
        told.append(Entry(**{**_fields(entry), "sequence": sequence, "changed_at": changed_at}))
    if changed:
        with warehouse.transaction() as cursor:
            cursor.executemany("insert or replace into calendar_entries values (?, ?, ?, ?)", changed)
    return told


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__dataclass_fields__}


def _content(entry: Entry) -> str:
    values = {name: value for name, value in asdict(entry).items() if name not in ("sequence", "changed_at")}
    return json.dumps(values, default=str, ensure_ascii=False)
