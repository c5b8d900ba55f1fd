"""The dashboard as it is started by hand, with the demo, and a real Chromium to look at it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.find_browser import ARGUMENTS, chromium

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Start a dashboard on a home of its own and give its address; secrets may be set."""
    running: list[subprocess.Popen[bytes]] = []

    def start(secrets: str = "", show: str = "demo") -> str:
        folder = tmp_path_factory.mktemp("dashboard")
        (folder / ".streamlit").mkdir()
        if secrets:
            (folder / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            str(ROOT / "app.py"),
            "--server.port",
            str(port),
            "--server.headless=true",
        ]
        env = {**os.environ, "RETAINER_HOME": str(folder / "home"), "RETAINER_SHOW": show, "PYTHONPATH": str(ROOT)}
        with (folder / "log").open("wb") as log:
            running.append(subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log))
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/health", timeout=5):
                    return address
            except OSError:
                time.sleep(0.25)
        raise AssertionError((folder / "log").read_text(encoding="utf-8"))

    yield start
    for process in running:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="session")
def demo(serve: Callable[..., str]) -> str:
    """The address of a dashboard that shows the demo."""
    return serve()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none the tests fail and say so, they are never skipped."""
    path = chromium()
    assert path, "No browser was found: install Chromium, or name one in RETAINER_TEST_BROWSER."
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address in a fresh context, as a stranger's first visit, and wait until the page stands."""
    contexts = []

    def go(address: str, *, width: int = 1280, theme: str = "light", before: Callable[[Page], object] | None = None) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="en-US")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if before:
            before(page)
        page.goto(address)
        page.wait_for_selector("h1")
        page.wait_for_selector("[data-testid=stStatusWidget]", state="detached")
        return page

    yield go
    for context in contexts:
        context.close()
