"""A figure on screen is the figure of the CSV, and the sum of the rows that it opens to."""

import io

import pandas as pd
import pytest

from data import metrics, settings, tables, warehouse
from pages.ui import formats
from tests.pages.figures_shown import values


@pytest.fixture
def csv(homes):
    """A metric of the demo as the command line writes it, read from its CSV."""

    def read(name, **which):
        homes("demo")
        written = tables.write(metrics.read(warehouse.shared(settings.load()), name, **which), "csv")
        return pd.read_csv(io.StringIO(written))

    return read


def shown(app, label):
    return values(app)[label]


def table(app, *columns):
    """The first table on the page that has these columns."""
    return next(frame.value for frame in app.dataframe if set(columns) <= set(frame.value.columns))


@pytest.mark.parametrize("currency", ["usd", "eur"])
def test_the_review_s_figures_are_those_of_the_csv_and_of_the_clients(dashboard, csv, currency):
    app = dashboard("demo", "revenue.py", currency={"usd": "USD"}.get(currency, currency))
    row = csv("mrr_movements", currency=currency).iloc[-1]
    clients = csv("client_mrr", currency=currency)
    clients = clients[clients["month"] == row["month"]]
    moved = csv("movements", start=f"{row['month']}-01", end=f"{row['month']}-01", currency=currency)
    assert shown(app, "MRR") == formats.money(clients["mrr_minor"].sum(), currency, short=True)
    assert clients["mrr_minor"].sum() == row["closing_minor"]
    assert shown(app, "Customers") == str(row["customers_closing"]) == str(int((clients["mrr_minor"] > 0).sum()))
    lost = (moved["kind"] == "churn").sum()
    assert shown(app, "Customers lost") == f"{lost} of {row['customers_opening']}"


def test_each_month_s_leavers_on_the_churn_page_are_those_counted(dashboard, csv):
    app = dashboard("demo", "churn.py")
    months = csv("mrr_movements", currency="usd")
    gone = table(app, "client_name", "date", "cause")
    assert len(gone) == months["customers_churned"].sum()
    assert -gone["amount_minor"].sum() == months["churn_minor"].sum()
    rate = csv("churn_rates", currency="usd").iloc[-1]
    assert shown(app, "Customer churn") == formats.rate(rate["customer_churn_rate"])


def test_the_tiers_add_up_to_mrr_and_each_tier_to_its_clients_prices(dashboard, csv):
    app = dashboard("demo", "tiers.py")
    mix = csv("tier_mix", currency="usd")
    now = mix[mix["month"] == mix["month"].max()].set_index("tier")["mrr_minor"]
    assert now.sum() == csv("mrr_movements", currency="usd").iloc[-1]["closing_minor"]
    prices = csv("item_prices", currency="usd").groupby("tier")["mrr_minor"].sum()
    for tier, amount in values(app).items():
        assert amount == formats.money(now[tier], "usd", short=True)
    assert {tier: amount for tier, amount in now.items() if amount} == {
        tier: amount for tier, amount in prices.items() if amount
    }


def test_a_client_s_figures_are_the_sums_of_its_subscriptions_and_invoices(dashboard, csv):
    prices = csv("item_prices", currency="usd").groupby("client_id")["mrr_minor"].sum()
    clients = csv("clients", currency="usd")
    invoices = csv("client_invoices", currency="usd")
    for client in clients[clients["standing"] == "paying"]["client_id"].iloc[[0, -1]]:
        app = dashboard("demo", "clients.py", client=client)
        own = invoices[invoices["client_id"] == client]
        assert shown(app, "MRR") == formats.money(prices[client], "usd", short=True)
        assert table(app, "product_name")["mrr_minor"].sum() == prices[client]
        assert list(table(app, "invoice", "open_minor")["total_minor"]) == list(own["total_minor"])
        assert own["paid_minor"].sum() + own["open_minor"].sum() == own[own["state"] != "void"]["total_minor"].sum()
