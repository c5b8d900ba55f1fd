"""Collections of accounts drawn at random, held against a plain reading of each invoice's own charges (F37)."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from data import metrics
from tests.data.billing_account import NOW, BillingAccount

INVOICES = 160


@dataclass
class Story:
    """What became of an invoice: its charges as (instant, status), and how it stands now."""

    key: str
    created: datetime
    status: str
    is_sent: bool
    due: datetime
    charges: list[tuple[datetime, str]] = field(default_factory=list)
    paid_at: datetime | None = None
    paid_minor: int = 0
    amount_minor: int = 10_000
    tries_again: datetime | None = None

    def told(self) -> tuple[str, int, str] | None:
        """(state, amount due, first failure) as the words of the metric say; None where it is no case."""
        failures = [at for at, status in self.charges if status == "failed"]
        first = f"{failures[0]:%Y-%m-%dT%H:%M:%SZ}" if failures else ""
        if self.status in ("draft", "void"):
            return None
        if self.status == "paid":
            return ("recovered", self.amount_minor, first) if failures else None
        left = self.amount_minor - self.paid_minor
        if self.status == "uncollectible":
            return ("uncollectible", left, first)
        if self.is_sent and self.due < NOW:
            return ("overdue", left, first)
        if not failures or (self.charges[-1][1] == "pending"):
            return None
        return ("retrying" if self.tries_again else "failed", left, first)


def drawn(chance: random.Random, key: str) -> Story:
    created = NOW - timedelta(hours=chance.randint(2, 24 * 70))
    status = chance.choice(["open", "open", "open", "paid", "paid", "void", "uncollectible", "draft"])
    story = Story(key, created, status, chance.random() < 0.25, created + timedelta(days=chance.choice([0, 7, 30])))
    story.amount_minor = chance.choice([10_000, 4_950, 120_000])
    at = created
    for _ in range(chance.choice([0, 0, 1, 1, 2, 4]) if status != "draft" else 0):
        at += timedelta(hours=chance.randint(1, 120))
        if at < NOW:
            story.charges.append((at, "failed"))
    after = min(at + timedelta(hours=chance.randint(1, 48)), NOW - timedelta(minutes=1))
    if status == "paid":
        story.paid_at, story.paid_minor = after, story.amount_minor
        story.charges.append((after, "succeeded"))
    elif status == "open":
        if chance.random() < 0.15:
            story.paid_minor = story.amount_minor // 4
        if story.charges and chance.random() < 0.2:
            story.charges.append((after, "pending"))
        elif story.charges and not story.is_sent and chance.random() < 0.5:
            story.tries_again = NOW + timedelta(hours=chance.randint(1, 200))
    return story


def seconds(at: datetime | None) -> int | None:
    return int(at.timestamp()) if at else None


def text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


@pytest.mark.parametrize(("seed", "is_old"), [(1, False), (2, True)])
def test_every_failure_is_found_and_none_invented_on_accounts_drawn_at_random(tmp_path, seed, is_old):
    chance = random.Random(seed)
    account = BillingAccount(is_old=is_old, time_zone=chance.choice(["Pacific/Auckland", "America/Los_Angeles"]))
    stories = [drawn(chance, f"n{number}") for number in range(INVOICES)]
    for number, story in enumerate(stories):
        who = f"c{number % 40}"
        if number < 40:
            account.customer(who)
        moved = {"finalized_at": None if story.status == "draft" else seconds(story.created), "paid_at": seconds(story.paid_at)}
        moved["voided_at"] = seconds(NOW - timedelta(hours=1)) if story.status == "void" else None
        moved["marked_uncollectible_at"] = seconds(NOW - timedelta(hours=1)) if story.status == "uncollectible" else None
        account.invoice(
            story.key, who, created=f"{story.created:%Y-%m-%dT%H:%M:%S}", amount=story.amount_minor, status=story.status,
            collection_method="send_invoice" if story.is_sent else "charge_automatically",
            due_date=seconds(story.due) if story.is_sent else None, next_payment_attempt=seconds(story.tries_again),
            attempt_count=sum(status != "pending" for _, status in story.charges), amount_paid=story.paid_minor,
            amount_remaining=story.amount_minor - story.paid_minor, status_transitions=moved,
        )  # fmt: skip
        for place, (at, status) in enumerate(story.charges):
            when = f"{at:%Y-%m-%dT%H:%M:%S}"
            account.charge(f"{story.key}-{place}", who, when, status, pays=story.key, amount=story.amount_minor)
    opened = account.land(tmp_path)
    rows = metrics.read(opened, "collections").to_dict("records")
    opened.close()
    found = {row["invoice"]: (row["state"], row["amount_due_minor"], text(row["first_failed_at"])) for row in rows}
    expected = {story.key.upper(): told for story in stories if (told := story.told())}
    assert {key: found.get(key) for key in expected.keys() | found.keys() if found.get(key) != expected.get(key)} == {}
    assert {state for state, _, _ in expected.values()} == {"retrying", "failed", "overdue", "recovered", "uncollectible"}
    tries = {row["invoice"]: text(row["next_attempt_at"]) for row in rows}
    assert all((tries[key] > f"{NOW:%Y-%m-%dT%H}") is (told[0] == "retrying") for key, told in expected.items())
