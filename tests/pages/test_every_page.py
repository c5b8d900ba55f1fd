"""No page raises, whatever the warehouse holds."""

import json
import re

import plotly.graph_objects as go
import pytest

from tests.pages.figures_shown import values
from tests.pages.homes import PAGES, STATES, texts

# Where the title is not the file's name.
TITLES = {
    "care_reports.py": "Care reports",
    "connect.py": "Connect Stripe",
    "maintenance.py": "Care",
    "proposal.py": "Proposals",
    "sources.py": "Data sources",
    "weekly_round.py": "Weekly round",
    "welcome.py": "Welcome to Retainer Desk",
    "what_if.py": "What-if",
}
FIELDS = ("checkbox", "number_input", "selectbox", "text_area", "text_input", "toggle")
IDS = re.compile(r"\([FR]\d+")


def spoken(app):
    """Every word on the page, labels and their help included."""
    labels = [f"{field.label} {field.help}" for kind in FIELDS for field in app.get(kind)]
    return "\n".join([texts(app), *labels])


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
def test_no_page_raises(dashboard, page, state):
    app = dashboard(state, page)
    assert not app.exception
    assert not app.error, texts(app)
    assert app.title[0].value == TITLES.get(page, page.removesuffix(".py").title())
    assert not IDS.search(spoken(app)), "ids of rules are for the code"
    for picture in app.get("plotly_chart"):  # built without plotly's own look at it
        go.Figure(json.loads(picture.proto.spec))
        assert "template" in picture.proto.spec


@pytest.mark.parametrize("page", ["revenue.py", "churn.py", "tiers.py", "clients.py"])
def test_an_empty_page_says_what_will_stand_here_and_offers_the_button_that_fills_it(dashboard, page):
    app = dashboard("empty", page)
    assert "yet" in app.subheader[0].value
    assert not values(app)
    assert [button.label for button in app.button] == ["Connect Stripe"]


@pytest.mark.parametrize("page", ["revenue.py", "churn.py", "tiers.py", "clients.py"])
def test_after_a_failed_sync_the_page_says_so_and_keeps_the_figures(dashboard, page):
    app = dashboard("failed sync", page)
    assert "failed" in app.warning[0].value
    assert "lacks read access to invoices" in app.warning[0].value.replace("\\", "")
    assert values(app) or app.dataframe


def test_the_demo_is_named_on_every_page_and_own_data_never_is_called_demo(dashboard):
    assert "Demo" in texts(dashboard("demo", "revenue.py"))
    assert "Demo" not in texts(dashboard("one client", "revenue.py"))


@pytest.mark.parametrize("page", ["revenue.py", "churn.py", "tiers.py", "clients.py"])
def test_a_page_ends_with_as_of_sources_and_rules(dashboard, page):
    foot = dashboard("demo", page).caption[-1].value
    assert foot.startswith("As of ") and "Stripe" in foot


def test_a_client_s_name_is_shown_letter_by_letter(dashboard):
    app = dashboard("one client", "clients.py")
    client = app.dataframe[0].value["client_name"].iloc[0]
    assert client.startswith("<script>")
    one = dashboard("one client", "clients.py", client=_only_client(app))
    title = one.title[0].value
    assert "\\<script\\>" in title and "\\[x\\]" in title and "\\$x" in title and ":red[" not in title


def _only_client(app):
    from data import metrics, settings, warehouse

    frame = metrics.read(warehouse.shared(settings.load()), "clients")
    assert app and len(frame) == 1
    return frame["client_id"].iloc[0]
