"""From the welcome to one's own figures, in a browser: the demo's door, the key, the sync, the tier, the review."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from data.sources.demo import snapshot
from tests.browser.dashboard import settled
from tests.pages.homes import many_clients
from tests.stripe_server.server import StripeServer

pytestmark = pytest.mark.browser
KEY = "rk_test_journey00"


def test_from_the_welcome_to_the_review_of_own_figures(serve: Callable[..., str], visit: Callable[..., Page]) -> None:
    with StripeServer(snapshot.take(many_clients(["Ann", "Bob"])), key=KEY) as stripe:
        stripe.denied = {"disputes"}
        page = visit(serve(show="auto", STRIPE_API_BASE=stripe.url), width=390)
        page.get_by_role("button", name="Look around").wait_for()
        page.get_by_role("button", name="Connect Stripe").click()
        page.get_by_placeholder("rk_live_…").fill(KEY)
        settled(page)
        page.get_by_role("button", name="Test and keep this key").click()
        page.get_by_text("may not read disputes").wait_for()
        settled(page)
        page.get_by_role("button", name="Start the first sync").click()
        page.get_by_text("Which product is which tier?").wait_for()
        settled(page)
        page.get_by_role("button", name="Use these tiers").click()
        page.wait_for_url("**/revenue")
        page.get_by_text("Found 2 clients who pay $300.00 a month").wait_for()
        assert page.get_by_text("An invented agency").count() == 0
        assert KEY not in page.content() and stripe.is_read_only
