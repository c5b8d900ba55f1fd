"""The dashboard run without a browser, on a home of the wanted state."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.pages.homes import SHELL, land, one_client, own


@pytest.fixture(scope="session", autouse=True)
def installed() -> Iterator[None]:
    """Look once for components among the installed packages, not once for each page that is run: 0.1 s each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory, demo_in: Callable[[Path], Path]) -> Callable[[str], Path]:
    """The home folder of a state, made at its first use."""
    made: dict[str, Path] = {}

    def home(state: str) -> Path:
        if state not in made:
            folder = made[state] = tmp_path_factory.mktemp(state.replace(" ", "-"))
            if state == "demo":
                demo_in(folder)
            else:
                opened = own(folder)
            if state in ("one client", "failed sync"):
                land(opened, one_client())
            if state == "failed sync":
                now = datetime.now(UTC)
                with opened.transaction() as cursor:
                    message = "Stripe refused the key: it lacks read access to invoices."
                    opened.record_sync(cursor, "stripe", started_at=now, finished_at=now, status="failed", message=message)
        return made[state]

    return home


@pytest.fixture
def dashboard(homes: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Run a page of the dashboard on the warehouse of a state: `dashboard("demo", "revenue.py", client="cus_1")`."""
    _forget()

    def run(state: str | Path, page: str, **address: str) -> AppTest:
        monkeypatch.setenv("RETAINER_HOME", str(state if isinstance(state, Path) else homes(state)))
        monkeypatch.setenv("RETAINER_SHOW", "demo" if state == "demo" else "own")
        monkeypatch.chdir(SHELL.parents[1])
        app = AppTest.from_file(str(SHELL), default_timeout=180)
        app.context = {"locale": "en-US"}
        app.switch_page(page)  # as a cold link to it; no page has an address other than its file's name
        for name, value in address.items():
            app.query_params[name] = value
        return app.run()

    yield run
    _forget()


def _forget() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
