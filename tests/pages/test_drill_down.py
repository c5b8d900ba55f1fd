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


def known(*amounts):
    return all(amount is not None and amount == amount for amount in amounts)


@pytest.mark.parametrize("currency", ["usd", "eur"])
def test_each_month_s_movements_add_up_to_its_change_of_mrr_customers_and_arpa(csv, currency):
    moved = csv("movements", currency=currency)
    compared = 0
    for row in csv("revenue_summary", currency=currency).to_dict("records"):
        rows = moved[moved["month"] == row["month"]]
        assert (rows["to_minor"] - rows["from_minor"]).sum() == row["net_new_minor"]
        if known(row["prev_arpa_minor"], row["arpa_minor"]):
            assert rows["customers_step"].sum() == row["customers"] - row["prev_customers"]
            assert rows["arpa_step_minor"].sum() == row["arpa_minor"] - row["prev_arpa_minor"]
            compared += 1
    assert compared > 12


@pytest.mark.parametrize("currency", ["usd", "eur"])
def test_committed_mrr_is_mrr_and_the_changes_listed(csv, currency):
    now = csv("revenue_summary", currency=currency).iloc[-1]
    changes = csv("committed_changes", currency=currency)
    assert now["committed_mrr_minor"] - now["mrr_minor"] == changes["change_minor"].sum()


def test_retention_is_the_sum_of_its_clients_and_a_tier_s_change_that_of_its_changes(csv):
    months, pairs = csv("retention", currency="usd"), csv("retention_clients", currency="usd")
    for row in months.to_dict("records"):
        sums = pairs[pairs["month"] == row["month"]][["then_minor", "kept_minor", "now_minor"]].sum()
        assert sums["kept_minor"] / sums["then_minor"] == pytest.approx(row["grr_12"], abs=1e-9)
        assert sums["now_minor"] / sums["then_minor"] == pytest.approx(row["nrr_12"], abs=1e-9)
    changes = csv("tier_changes", currency="usd").groupby(["month", "tier"])["change_minor"].sum()
    for row in csv("tier_movements", currency="usd").to_dict("records"):
        assert changes.get((row["month"], row["tier"]), 0) == row["closing_minor"] - row["opening_minor"]


def test_each_figure_of_the_review_leads_to_the_rows_behind_it(dashboard):
    app = dashboard("demo", "revenue.py")
    cards = [shown.value for shown in app.markdown if "[Why?](#" in shown.value]
    anchors = {heading.proto.anchor for heading in app.subheader}
    assert len(cards) == 6
    assert {card.split("[Why?](#")[1].split(")")[0] for card in cards} <= anchors
    shown = table(app, "customers_step", "arpa_step_minor")
    assert any(caption.value.startswith("Together") and "of ARPA" in caption.value for caption in app.caption)
    assert shown["arpa_step_minor"].notna().all()


def opened(app, key):
    """The page with that expander open, as a click leaves it."""
    app.session_state[key] = True
    return app.run()


def test_what_the_churn_rates_and_the_tiers_are_made_of_stands_a_click_away(dashboard):
    app = opened(dashboard("demo", "churn.py"), "behind")
    rates = table(app, "share", "cause")
    assert shown(app, "Gross MRR churn") == formats.rate(-rates["share"][rates["share"] < 0].sum())
    pairs = table(opened(app, "year-before"), "kept_minor", "now_minor")
    assert shown(app, "GRR, 12 months") == formats.rate(pairs["kept_minor"].sum() / pairs["then_minor"].sum())
    assert not table(opened(dashboard("demo", "tiers.py"), "walk"), "tier", "change_minor").empty
