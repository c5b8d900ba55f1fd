"""The dashboard started as by hand, in a process of its own, on a home of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
# What the page says of itself once its script has ended and everything it sent has arrived.
IDLE = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"


def settled(page: Page) -> None:
    """Wait until the page stands: a click on what is still being drawn can get lost."""
    page.wait_for_selector("h1")
    page.wait_for_selector(IDLE)


def at_rest(page: Page) -> None:
    """Wait until nothing on the page fades or moves any more."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")


def errors(page: Page) -> list[str]:
    """What the page says went wrong."""
    return page.locator("[data-testid=stAlertContentError], [data-testid=stException]").all_inner_texts()


@contextmanager
def running(folder: Path, *, show: str = "demo", secrets: str = "", module: str = "streamlit", **env: str) -> Iterator[str]:
    """A dashboard in that working folder, with its home in it; gives its address, and ends it afterwards."""
    (folder / ".streamlit").mkdir(parents=True, exist_ok=True)
    if secrets:
        (folder / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
    port = free_port()
    command = [
        sys.executable,
        "-m",
        module,
        "run",
        str(ROOT / "app.py"),
        "--server.port",
        str(port),
        "--server.headless=true",
    ]
    known = {"RETAINER_HOME": str(folder / "home"), "RETAINER_SHOW": show, "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env={**os.environ, **known, **env}, stdout=log, stderr=log)
    try:
        yield listening(f"http://127.0.0.1:{port}", process, folder / "log")
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def listening(address: str, process: "subprocess.Popen[bytes]", log: Path, sign: str = "/health") -> str:
    """That address, as soon as the server of the process answers there; AssertionError with its log where it doesn't start."""
    for _ in range(480):
        try:
            with urllib.request.urlopen(f"{address}{sign}", timeout=5):
                return address
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.25)
    raise AssertionError(f"The dashboard did not start:\n{log.read_text(encoding='utf-8')}")
