"""Where a Chromium is: one on this machine, else Debian's package (installed as root), else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def chromium() -> str | None:
    """The path of a browser that the tests can drive, or None."""
    named = os.environ.get("RETAINER_TEST_BROWSER")
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return named or found or _playwrights_own()


def install() -> str | None:
    """Install a browser where none is found, and return its path; None where that can't be done."""
    if not chromium() and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-q"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(["apt-get", "install", "-y", "-q", "chromium"], check=False, stdout=subprocess.DEVNULL)
    if not chromium():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return chromium()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = play.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    where = install() if "--install" in sys.argv else chromium()
    if not where:
        sys.exit("No browser was found and none could be installed. Install Chromium, or name one in RETAINER_TEST_BROWSER.")
    print(f"Browser: {where}", file=sys.stderr)
