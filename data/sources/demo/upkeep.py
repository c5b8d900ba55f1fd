"""The demo agency's care: its clients' sites with their updates, backups, incidents and hours, as an import lands them.

Most sites are well; a few show what the rules of care find (F22–F26): a backup that is late, one that isn't off-site,
fewer than 30 days kept, a failed one, none at all.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.sources.demo.agency import SEED, Agency, people
from data.sources.demo.periods import moment

Record = dict[str, Any]

DAYS_KEPT = 66
WEEKS = 58
COMPONENTS = (
    ("plugin", "WooCommerce", "9.{}.1"),
    ("plugin", "Contact Form 7", "6.{}"),
    ("plugin", "Yoast SEO", "24.{}"),
    ("plugin", "Wordfence Security", "8.{}.0"),
    ("plugin", "Elementor", "3.{}.2"),
    ("theme", "Astra", "4.{}.3"),
    ("core", "WordPress", "6.{}"),
)
# number of the site → what is wrong with its backups
FLAWS = {3: "late", 11: "local", 17: "short", 24: "failed", 31: "none", 38: "late", 45: "local"}
MINUTES = {"downtime": (4, 90), "slow": (20, 240), "broken": (30, 300), "security": (45, 400)}


@dataclass(frozen=True)
class Site:
    """A site in care, and how its record names the client."""

    address: str
    number: int
    owner: dict[str, str | None]
    since: date
    until: date
    tier: str
    flaw: str | None
    currency: str


def records(told: Agency) -> dict[str, list[Record]]:
    """The maintenance records by entity; the same day gives the same records."""
    chance = random.Random(SEED)  # noqa: S311 - a story, not a secret
    sites = list(_sites(told))
    cared = [site for site in sites if site.until > told.today]
    return {
        "sites": [_site(told, site, chance) for site in cared],
        "updates": [row for site in sites for row in _updates(told, site, chance)],
        "backups": [row for site in cared for row in _backups(told, site, chance)],
        "incidents": [row for site in sites for row in _incidents(told, site, chance)],
        "hours": [row for site in sites for row in _hours(told, site, chance)],
    }


def _sites(told: Agency) -> Iterator[Site]:
    number = 0
    for row in people()["clients"]:
        held = told.held.get(row["name"])
        if held is None or held.status == "incomplete_expired":
            continue
        customer = held.customer
        until = moment(held.ended_at).date() if held.ended_at else told.today + timedelta(days=1)
        for prefix in ("", "shop.", "blog.")[: row.get("sites", 1)]:
            ways: list[dict[str, str | None]] = [
                {"client": customer.name, "client_email": None, "stripe_customer": customer.id},
                {"client": None, "client_email": customer.email, "stripe_customer": None},
                {"client": customer.name, "client_email": None, "stripe_customer": None},
                {"client": None, "client_email": None, "stripe_customer": None},
            ]
            flaw = FLAWS.get(number)
            since = moment(customer.created).date()
            currency = row.get("currency", "usd")
            tier = next((tier for (tier, _, _), price in told.prices.items() if price is held.items[0].price), row["tier"])
            yield Site(prefix + row["domain"], number, ways[number % 4], since, until, tier, flaw, currency)
            number += 1
    nobody: dict[str, str | None] = {"client": None, "client_email": None, "stripe_customer": None}
    opened = moment(told.account.start).date()
    for address in ("northlight-staging.example", "old-portfolio.example"):
        yield Site(address, number, nobody, opened, told.today + timedelta(days=1), "essential", None, "usd")
        number += 1


def _site(told: Agency, site: Site, chance: random.Random) -> Record:
    is_shop = site.tier == "partner"
    return {
        "id": site.address,
        "site": site.address,
        **site.owner,
        "wp_version": "6.9.1" if chance.random() < 0.85 else "6.8.3",
        "php_version": chance.choice(["8.2", "8.3", "8.3", "8.4"]),
        "core_updates": 0 if chance.random() < 0.85 else 1,
        "plugin_updates": chance.choice([0, 0, 0, 1, 2, 4]),
        "theme_updates": chance.choice([0, 0, 0, 1]),
        "checked_at": f"{told.today - timedelta(days=1)}T18:00:00Z",
        "last_backup_at": None,
        "last_backup_off_site": None,
        "oldest_backup_on": None,
        "restore_tested_on": None if site.number % 9 == 4 else str(told.today - timedelta(days=chance.randint(20, 170))),
        "uptime_30d": None if site.number % 13 == 5 else round(1 - chance.random() ** 3 / 600, 5),
        "uptime_promised": 0.999 if is_shop else 0.995,
        "certificate_expires_on": str(told.today + timedelta(days=9 if site.number == 20 else chance.randint(25, 85))),
        "since_on": str(site.since),
        "monthly_cost_minor": {"essential": 900, "growth": 1_400, "partner": 2_900}.get(site.tier, 700),
        "currency": site.currency,
        "note": None,
    }


def _updates(told: Agency, site: Site, chance: random.Random) -> Iterator[Record]:
    monday = told.today - timedelta(days=told.today.weekday())
    for week in range(WEEKS, -1, -1):
        day = monday - timedelta(weeks=week) + timedelta(days=site.number % 4)
        if not site.since <= day < min(site.until, told.today):
            continue
        for kind, component, version in chance.sample(COMPONENTS, chance.choice([0, 1, 2, 3])):
            is_done = chance.random() > 0.012
            yield {
                "id": f"update_{site.address}_{day}_{component}",
                "site": site.address,
                "at": f"{day}T08:{chance.randrange(10, 60)}:00Z",
                "kind": kind,
                "component": component,
                "from_version": version.format(WEEKS - week),
                "to_version": version.format(WEEKS - week + 1),
                "status": "done" if is_done else "failed",
                "is_security": chance.random() < 0.08,
                "note": None if is_done else "Rolled back: the checkout broke in the test.",
            }


def _backups(told: Agency, site: Site, chance: random.Random) -> Iterator[Record]:
    if site.flaw == "none":
        return
    newest = {"late": 3}.get(site.flaw or "", 0)
    kept = 12 if site.flaw == "short" else DAYS_KEPT
    size = chance.randint(180, 2_600)
    for age in range(kept, newest - 1, -1):
        day = told.today - timedelta(days=age)
        if day < site.since:
            continue
        is_failed = site.flaw == "failed" and age == 0
        yield {
            "id": f"backup_{site.address}_{day}",
            "site": site.address,
            "at": f"{day}T03:{10 + site.number % 50}:00Z",
            "contents": "full",
            "status": "failed" if is_failed else "done",
            "is_off_site": site.flaw != "local",
            "is_kept": not is_failed,
            "storage": "Server disk" if site.flaw == "local" else "Backblaze B2",
            "size_mb": None if is_failed else round(size + chance.random() * 20, 1),
            "note": "Disk full" if is_failed else None,
        }


def _incidents(told: Agency, site: Site, chance: random.Random) -> Iterator[Record]:
    stories = {
        "downtime": "The host restarted the database.",
        "slow": "A crawler took all workers; blocked.",
        "broken": "A plugin update broke the menu; repaired.",
        "security": "Injected script found and removed; passwords changed.",
    }
    for week in range(WEEKS, 0, -1):
        day = told.today - timedelta(weeks=week, days=site.number % 5)
        if chance.random() > 0.02 or not site.since <= day < site.until:
            continue
        kind = chance.choices(list(stories), [6, 3, 3, 1])[0]
        minutes = chance.randint(*MINUTES[kind])
        hour = chance.randrange(6, 18)
        ended = f"{day}T{hour + (10 + minutes) // 60:02d}:{(10 + minutes) % 60:02d}:00Z"
        yield {
            "id": f"incident_{site.address}_{day}",
            "site": site.address,
            "at": f"{day}T{hour:02d}:10:00Z",
            "ended_at": ended,
            "minutes": minutes,
            "kind": kind,
            "summary": stories[kind],
        }


def _hours(told: Agency, site: Site, chance: random.Random) -> Iterator[Record]:
    share = {"growth": 2.2, "partner": 4.4}.get(site.tier, 0.7)
    if site.number % 11 == 6:
        share *= 4  # a client who costs more than it pays
    for week in range(WEEKS, -1, -2):
        day = told.today - timedelta(days=told.today.weekday(), weeks=week) + timedelta(days=2)
        if not site.since <= day < min(site.until, told.today):
            continue
        kind, task = chance.choice([("care", "Weekly round"), ("update", "Updates and checks"), ("content", "Content changes")])
        yield _work(site, day, round(max(0.25, share / 2 * chance.uniform(0.5, 1.5)) * 4) / 4, kind, task, chance)
        if chance.random() < 0.03:
            yield _work(site, day, chance.choice([1.0, 1.5, 2.0]), "restore", "Restored a deleted page", chance)
    if site.tier == "partner" and site.until > told.today:
        day = told.today.replace(day=1) - timedelta(days=site.number % 27 + 1)
        yield _work(site, day, None, "other", "Premium plugin, one year", chance) | {
            "cost_minor": 8_900,
            "currency": site.currency,
        }


def _work(site: Site, day: date, hours: float | None, kind: str, task: str, chance: random.Random) -> Record:
    return {
        "id": f"hours_{site.address}_{day}_{kind}",
        "at": str(day),
        "site": site.address,
        "client": None,
        "client_email": None,
        "stripe_customer": None,
        "hours": hours,
        "kind": kind,
        "person": chance.choice(["Ana", "Ana", "Jules"]),
        "task": task,
        "cost_minor": None,
        "currency": None,
    }
