"""The demo's agency: WordPress care for about sixty clients, and the three years that brought them.

Ten clients on the prices of the first year; three tiers from the eighth month on; a bad month; a year ago a wave of
upgrades, when the old prices were talked about one by one. All clients are made up.
"""

import calendar
import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from data.sources.demo import billing, discounting, payments, subscriptions
from data.sources.demo.account import Account
from data.sources.demo.catalogue import Coupon, Price
from data.sources.demo.ledger import Customer, Invoice, Subscription
from data.sources.demo.periods import DAY, HOUR

MONTHS = 36
SEED = 7
HOME_TIME = 15  # UTC hour at which the agency works
TIERS = {"essential": ("Essential", 150), "growth": ("Growth", 350), "partner": ("Partner", 750)}
EUROS = {"essential": 140, "growth": 320, "partner": 690}
TERMS = {"month": ("month", 1), "quarter": ("month", 3), "half": ("month", 6), "year": ("year", 1)}
CLIENTS = Path(__file__).with_name("clients.toml")

Row = dict[str, Any]


@dataclass
class Agency:
    """The account while its story is told: what it sells, and who has which subscription."""

    today: date
    account: Account
    prices: dict[tuple[str, str, str], Price] = field(default_factory=dict)
    coupons: dict[str, Coupon] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)
    held: dict[str, Subscription] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - a story, not a secret

    def when(self, months_ago: int, day: int | None = None) -> int:
        """An instant of a working day in the month so many months before today."""
        month_index = self.today.year * 12 + self.today.month - 1 - months_ago
        year, month = divmod(month_index, 12)
        if day is None:
            day = self.chance.randint(3, 26)
        day = min(day, calendar.monthrange(year, month + 1)[1])
        chosen = datetime(year, month + 1, day, HOME_TIME, self.chance.randrange(60), tzinfo=UTC)
        return int(chosen.timestamp())

    def days_ago(self, days: int) -> int:
        """The working hour so many days before today."""
        return now_of(self.today) - days * DAY - 2 * HOUR

    def price(self, row: Row, tier: str) -> Price:
        """The price of a tier in the client's currency and term."""
        return self.prices[tier, row.get("currency", "usd"), row.get("pays", "month")]


def now_of(today: date) -> int:
    """The instant from which the demo is seen."""
    return int(datetime(today.year, today.month, today.day, 18, tzinfo=UTC).timestamp())


def people() -> dict[str, list[Row]]:
    """The clients and one-off payers as the file lists them."""
    return tomllib.loads(CLIENTS.read_text(encoding="utf-8"))


def simulate(today: date) -> Agency:
    """The agency as it stands today, after its 36 months; the same day gives the same account."""
    first = today.year * 12 + today.month - 1 - MONTHS
    opened = int(datetime(first // 12, first % 12 + 1, 1, 12, tzinfo=UTC).timestamp())
    account = Account(
        start=opened,
        name="Northlight Web Care",
        tag="demo",
        country="US",
        currency="usd",
        time_zone="America/New_York",
        events_from=now_of(today - timedelta(days=31)),
    )
    agency = Agency(today, account)
    _stock(agency)
    told = people()
    for row in told["clients"]:
        _plan_client(agency, row)
    for row in told["one_off"]:
        _plan_one_off(agency, row)
    account.advance(now_of(today))
    return agency


def _stock(agency: Agency) -> None:
    account = agency.account
    legacy = account.product(f"Care {datetime.fromtimestamp(account.start, UTC).year}", "prod_demo_legacy")
    for tier, units in (("care", 99), ("care_plus", 120)):
        agency.prices[tier, "usd", "month"] = account.price(legacy, units * 100, id=f"price_demo_{tier}", nickname="Old price")
    for tier, (name, units) in TIERS.items():
        product = account.product(name, f"prod_demo_{tier}")
        for currency, amount in (("usd", units), ("eur", EUROS[tier])):
            for term, (interval, count) in TERMS.items():
                months = count * (12 if interval == "year" else 1)
                price_id = f"price_demo_{tier}_{currency}_{term}"
                agency.prices[tier, currency, term] = account.price(
                    product, amount * 100 * months, interval, count, currency=currency, id=price_id, lookup_key=price_id[6:]
                )
    extra = account.product("Extra site", "prod_demo_extra_site")
    agency.prices["extra_site", "usd", "month"] = account.price(extra, 4_000, id="price_demo_extra_site")
    agency.coupons["nonprofit"] = account.coupon(id="NONPROFIT20", percent=20, name="Non-profit")
    agency.coupons["pro_bono"] = account.coupon(id="PROBONO", percent=100, name="Pro bono")


def _plan_client(agency: Agency, row: Row) -> None:
    account = agency.account
    joined = _joined(agency, row)

    def join() -> None:
        customer = account.customer(
            row["name"],
            f"{row['person']}@{row['domain']}",
            card=False,
            country=row.get("country", "US"),
            locale=row.get("language", "en"),
        )
        agency.customers[row["name"]] = customer
        if not row.get("trial_fails"):
            _give_card(agency, customer, row)
        _subscribe(agency, row, row["tier"])

    account.at(joined, join)
    for step in row.get("story", ()):
        when = agency.days_ago(step[2]) if step[0] in BY_DAY else agency.when(step[1])
        account.at(when, partial(STEPS[step[0]], agency, row, step))
    if row.get("leaves"):
        reason = ("too_expensive", "We are short this winter. Thank you for everything!")
        account.at(
            agency.days_ago(6), partial(_leave, agency, row, ["leave", 0, *reason], at=_next_first(now_of(agency.today)))
        )
    _plan_card(agency, row)


def _joined(agency: Agency, row: Row) -> int:
    if row.get("card") == "fails":  # so that its renewal failed six days ago, whatever day it is
        return agency.when(row["joined"], (agency.today - timedelta(days=6)).day) - 3 * HOUR
    if row["joined"] == 0:
        return agency.days_ago(5)
    return agency.when(row["joined"], row.get("anchor_day"))


def _subscribe(agency: Agency, row: Row, tier: str) -> None:
    account = agency.account
    customer = agency.customers[row["name"]]
    items = [(agency.price(row, tier), 1)]
    if row.get("extra_sites"):
        items.append((agency.prices["extra_site", "usd", "month"], row["extra_sites"]))
    terms: Row = {"dunning": "past_due" if row.get("card") == "fails" else "cancel"}
    if row.get("pays") in ("quarter", "half"):  # who doesn't pay by card pays ahead, by bank transfer
        terms |= {"collection_method": "send_invoice", "days_until_due": 14}
    if row.get("trial_days") and customer.name not in agency.held:
        terms |= {"trial_end": account.now + row["trial_days"] * DAY, "trial_end_behavior": "cancel"}
    elif "pays" not in row and not row.get("anchor_day") and row.get("card") != "fails":
        terms["anchor"] = _next_first(account.now)
    coupons = [agency.coupons[row["coupon"]]] if "coupon" in row else []
    agency.held[customer.name] = subscriptions.create(account, customer, items, coupons=coupons, **terms)


def _next_first(now: int) -> int:
    moment = datetime.fromtimestamp(now, UTC)
    year, month = divmod(moment.year * 12 + moment.month, 12)
    return int(datetime(year, month + 1, 1, HOME_TIME, tzinfo=UTC).timestamp())


def _give_card(agency: Agency, customer: Customer, row: Row) -> None:
    year, month = agency.today.year + 1 + agency.chance.randrange(4), agency.chance.randint(1, 12)
    ahead = {"expires_soon": 0, "expires_next": 1}.get(row.get("card", ""))
    if ahead is not None:
        index = agency.today.year * 12 + agency.today.month - 1 + ahead
        year, month = index // 12, index % 12 + 1
    brand = agency.chance.choice(["visa", "visa", "mastercard", "amex"])
    agency.account.add_card(customer, exp_month=month, exp_year=year, brand=brand)


def _plan_card(agency: Agency, row: Row) -> None:
    def decline(fails: bool) -> None:
        card = agency.customers[row["name"]].card
        if card:
            card.is_declined = fails

    if row.get("card") == "fails":
        agency.account.at(agency.days_ago(9), partial(decline, True))
    elif row.get("card") == "fails_once":
        agency.account.at(agency.when(3, 28), partial(decline, True))
        agency.account.at(agency.when(2, 4), partial(decline, False))


def _change(agency: Agency, row: Row, step: list[Any]) -> None:
    held = agency.held[row["name"]]
    if not held.is_over:
        subscriptions.change(agency.account, held, held.items[0], price=agency.price(row, step[2]))


def _leave(agency: Agency, row: Row, step: list[Any], at: int | None = None) -> None:
    feedback, comment = step[2], step[3] or None
    held = agency.held[row["name"]]
    subscriptions.cancel(agency.account, held, at=at, feedback=feedback, comment=comment)


def _return(agency: Agency, row: Row, step: list[Any]) -> None:
    _subscribe(agency, row, step[2])


def _pause(agency: Agency, row: Row, step: list[Any]) -> None:
    subscriptions.pause(agency.account, agency.held[row["name"]])


def _comp(agency: Agency, row: Row, step: list[Any]) -> None:
    discounting.give(agency.account, agency.coupons["pro_bono"], agency.held[row["name"]])


def _stop_paying(agency: Agency, row: Row, step: list[Any]) -> None:
    for card in agency.customers[row["name"]].cards:
        card.is_declined = True


def _dispute(agency: Agency, row: Row, step: list[Any]) -> None:
    charge = payments.charge_of(agency.account, agency.customers[row["name"]].invoices[-1])
    if charge:
        payments.dispute(agency.account, charge, status="needs_response", reason=step[3])


# These tell the days before today; the others months.
BY_DAY = ("pause", "dispute")
STEPS: dict[str, Callable[[Agency, Row, list[Any]], None]] = {
    "change": _change,
    "leave": _leave,
    "return": _return,
    "pause": _pause,
    "comp": _comp,
    "stop_paying": _stop_paying,
    "dispute": _dispute,
}


def _plan_one_off(agency: Agency, row: Row) -> None:
    account = agency.account

    def bill(amount: int, what: str) -> Invoice:
        if row["name"] not in agency.customers:
            who = (row["name"], f"{row['person']}@{row['domain']}")
            more = {"country": row.get("country", "US"), "locale": row.get("language", "en")}
            agency.customers[row["name"]] = account.customer(*who, **more)
        return billing.one_off(account, agency.customers[row["name"]], amount * 100, what)

    def bill_and_refund(amount: int, what: str) -> None:
        charge = payments.charge_of(account, bill(amount, what))
        if charge:
            account.at(account.now + 9 * DAY, partial(payments.refund, account, charge, 5_000))

    for number, (ago, amount, what) in enumerate(row["bills"]):
        action = bill_and_refund if number == 2 else bill
        account.at(agency.when(ago) if ago else agency.days_ago(4), partial(action, amount, what))
