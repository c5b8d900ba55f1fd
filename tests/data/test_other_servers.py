"""Servers that somebody else wrote: localstripe, and a sandbox of Stripe's own. Neither is always there, so they are asked for:

    pip install localstripe==1.15.10 && python -m pytest -m optin -k localstripe
    RETAINER_TEST_STRIPE_KEY=rk_test_… python -m pytest -m optin -k sandbox

The sandbox is only read; any account in test mode will do.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, suppress
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pandas as pd
import pytest

from data import metrics
from data.settings import Settings
from data.sync import sync
from data.warehouse import Warehouse

pytestmark = pytest.mark.optin
PLANS = {
    "monthly": (10_000, "eur", "month", 1),
    "quarterly": (25_000, "eur", "month", 3),
    "yearly": (60_000, "eur", "year", 1),
    "weekly": (1_200, "eur", "week", 1),
    "yen": (3_000, "jpy", "month", 1),
}
PER_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365}


class Api:
    """Stripe's API as curl would speak it, without the library that the product uses."""

    def __init__(self, base: str, key: str) -> None:
        self.base, self.key = base, key

    def __call__(self, method: str, path: str, **form: Any) -> dict[str, Any]:
        query = urlencode([pair for name, value in form.items() for pair in _flat(name, value)])
        url = f"{self.base}{path}?{query}" if method == "GET" else f"{self.base}{path}"
        headers = {"Authorization": f"Basic {b64encode(f'{self.key}:'.encode()).decode()}"}
        with urlopen(Request(url, None if method == "GET" else query.encode(), headers, method=method)) as answer:
            return json.load(answer)

    def all(self, path: str, **form: Any) -> Iterator[dict[str, Any]]:
        page = self("GET", path, limit=100, **form)
        yield from page["data"]
        while page["has_more"]:
            page = self("GET", path, limit=100, starting_after=page["data"][-1]["id"], **form)
            yield from page["data"]


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _flat(f"{name}[{key}]", one)
    else:
        yield name, str(value)


def read(settings: Settings, name: str) -> pd.DataFrame:
    with closing(Warehouse(settings.own_warehouse, settings)) as warehouse:
        return metrics.read(warehouse, name)


def mrr_now(settings: Settings) -> dict[str, int]:
    """What the newest month says of each client, by name; minor units."""
    frame = read(settings, "client_mrr")
    newest = frame[frame["month"] == frame["month"].max()] if len(frame) else frame
    return dict(zip(newest["client_name"], (int(minor) for minor in newest["mrr_minor"]), strict=True))


@pytest.fixture
def localstripe(tmp_path: Path) -> Iterator[Api]:
    program = shutil.which("localstripe")
    assert program, "localstripe is not installed: pip install localstripe==1.15.10"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = (tmp_path / "server.log").open("wb")
    with (
        log,
        subprocess.Popen([program, "--port", str(port), "--from-scratch"], stdout=log, stderr=log, cwd=tmp_path) as running,
    ):
        api = Api(f"http://127.0.0.1:{port}", "sk_test_localstripe")
        for _ in range(100):
            with suppress(HTTPError, URLError, ConnectionError):
                api("GET", "/v1/customers")
                break
            time.sleep(0.1)
        yield api
        running.terminate()


@pytest.fixture
def subscribe(localstripe: Api) -> Any:
    """Let a new client subscribe to some of a plan."""
    product = localstripe("POST", "/v1/products", name="WordPress care", type="service")["id"]
    for name, (amount, currency, interval, count) in PLANS.items():
        terms = {"amount": amount, "currency": currency, "interval": interval, "interval_count": count}
        localstripe("POST", "/v1/plans", id=name, product=product, **terms)

    def begin(name: str, plan: str, quantity: int = 1, **terms: Any) -> str:
        card = localstripe(
            "POST", "/v1/tokens", card={"number": "4242424242424242", "exp_month": 12, "exp_year": 2040, "cvc": "123"}
        )
        customer = localstripe("POST", "/v1/customers", name=name, source=card["id"])["id"]
        items = [{"plan": plan, "quantity": quantity}]
        return localstripe("POST", "/v1/subscriptions", customer=customer, items=items, **terms)["id"]

    return begin


def test_localstripe_which_knows_plans_and_no_prices_is_read_to_the_cent(
    localstripe: Api, subscribe: Any, tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path / "home", stripe_api_key=localstripe.key, stripe_api_base=localstripe.base)
    anna, bea = subscribe("Anna", "monthly", 2), subscribe("Bea", "yearly")
    for name, plan in {"Gus": "quarterly", "Hal": "weekly", "Yui": "yen"}.items():
        subscribe(name, plan)
    subscribe("Finn", "monthly", trial_period_days=14)
    localstripe("DELETE", f"/v1/subscriptions/{subscribe('Dora', 'monthly')}")
    # It answers 500 to a list from some instant on, so each sync is a whole one.
    sync(settings, "stripe", full=True)
    first = {"Anna": 20_000, "Bea": 5_000, "Gus": 8_333, "Hal": 5_200, "Yui": 3_000}
    assert mrr_now(settings) == first
    before = read(settings, "movements")
    sync(settings, "stripe", full=True)
    assert read(settings, "movements").equals(before), "a sync without a change changes nothing"

    localstripe("POST", f"/v1/subscriptions/{anna}", items=[{"plan": "monthly", "quantity": 3}])
    localstripe("DELETE", f"/v1/subscriptions/{bea}")
    sync(settings, "stripe", full=True)
    assert mrr_now(settings) == {name: minor for name, minor in first.items() if name != "Bea"} | {"Anna": 30_000}


@pytest.fixture
def sandbox() -> Api:
    key = os.environ.get("RETAINER_TEST_STRIPE_KEY", "")
    assert "_test_" in key, "RETAINER_TEST_STRIPE_KEY holds no key of test mode"
    return Api(os.environ.get("RETAINER_TEST_STRIPE_BASE", "https://api.stripe.com"), key)


def test_a_sandbox_adds_up_and_says_what_its_subscriptions_say(sandbox: Api, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, stripe_api_key=sandbox.key, stripe_api_base=sandbox.base)
    sync(settings, "stripe")
    moved = read(settings, "mrr_movements")
    gained = moved["new_minor"] + moved["reactivation_minor"] + moved["expansion_minor"]
    assert (moved["opening_minor"] + gained - moved["contraction_minor"] - moved["churn_minor"] == moved["closing_minor"]).all()
    told = read(settings, "client_mrr")
    told = told[told["month"] == told["month"].max()] if len(told) else told
    found = {(row["client_id"], row["currency"]): int(row["mrr_minor"]) for row in told.to_dict("records")}
    plain = plain_mrr(sandbox)
    assert {key: found.get(key, 0) for key in plain} == plain


def plain_mrr(api: Api) -> dict[tuple[str, str], int]:
    """Monthly amounts by customer and currency of those customers whose subscriptions are all plain (minor units)."""
    known, odd = defaultdict[tuple[str, str], int](int), set[str]()
    coupons = Counter(one["id"] for one in api.all("/v1/customers") if one.get("discount"))
    for subscription in api.all("/v1/subscriptions"):
        customer = subscription["customer"]
        if coupons[customer] or not _is_plain(subscription):
            odd.add(customer)
            continue
        for item in subscription["items"]["data"]:
            price = item.get("price") or item["plan"]
            terms = price.get("recurring") or price
            amount = Fraction(price.get("unit_amount") or price.get("amount") or 0) * item.get("quantity", 1)
            monthly = amount * PER_YEAR[terms["interval"]] / (12 * terms["interval_count"])
            known[customer, price["currency"]] += floor(monthly + Fraction(1, 2))
    return {key: minor for key, minor in known.items() if key[0] not in odd and minor}


def _is_plain(subscription: dict[str, Any]) -> bool:
    """Whether price times quantity is all there is: no coupon, tax, trial, pause, other currency or steps of a price."""
    items = subscription["items"]["data"]
    prices = [item.get("price") or item["plan"] for item in items]
    return (
        subscription["status"] == "active"
        and subscription.get("collection_method", "charge_automatically") == "charge_automatically"
        and not any(subscription.get(name) for name in ("discount", "discounts", "trial_end", "pause_collection"))
        and not subscription.get("default_tax_rates")
        and not any(item.get("discounts") or item.get("tax_rates") for item in items)
        and not subscription["items"]["has_more"]
        and all(price.get("billing_scheme") == "per_unit" and not price.get("transform_quantity") for price in prices)
        and all((price.get("recurring") or price).get("usage_type") == "licensed" for price in prices)
        and {price["currency"] for price in prices} <= {subscription.get("currency") or prices[0]["currency"]}
    )
