"""What a client has signed, on the client's page (mission.md F4)."""

import pytest

from data import metrics, settings, warehouse
from pages.ui import client_agreement
from tests.pages.homes import texts

ROW = {"state": "covered", "agreed_minor": 28_000, "mrr_minor": 28_000, "sent_on": "2026-11-13"}


@pytest.mark.parametrize(
    ("state", "more", "said"),
    [
        ("covered", {}, "signed for $280.00 a month, as billed."),
        ("differs", {"mrr_minor": 35_000}, "signed for $280.00 a month, billed $350.00."),
        ("differs", {"agreed_minor": None}, "differs from billing."),
        ("awaiting", {"agreed_minor": None}, "sent on 13 Nov 2026, not signed yet."),
        ("missing", {"agreed_minor": None}, "none is on record, though the client pays every month."),
    ],
)
def test_how_a_client_s_agreement_stands_is_said_with_what_is_signed_and_billed(state, more, said):
    assert client_agreement.told({**ROW, "state": state, **more}, "usd") == said


def test_a_client_without_an_agreement_can_be_given_one_from_its_own_page(dashboard):
    dashboard("demo", "clients.py")
    coverage = metrics.read(warehouse.shared(settings.load()), "agreement_coverage", currency="usd")
    for state, label in (("missing", "Draft agreement"), ("covered", "Open agreement")):
        client = coverage[coverage["state"] == state]["client_id"].iloc[0]
        app = dashboard("demo", "clients.py", client=client)
        assert not app.exception and "**Agreement:**" in texts(app)
        next(button for button in app.button if button.label == label).click().run()
        assert not app.exception and app.title[0].value == "Agreements"
