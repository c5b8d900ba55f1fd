"""The demo's warehouse, made once for all processes of a test run and copied wherever one is shown."""

import shutil
import time
from pathlib import Path

from data.settings import Settings
from data.sources.demo import landing
from data.warehouse import Warehouse
from proposals.agreement import samples

PATIENCE = 600


def copy(shelf: Path, home: Path) -> Path:
    """Put the demo of today, with its agreements, into that home; `shelf` is a folder that all processes share."""
    kept = Settings(home=shelf / "demo", show="demo")
    try:
        kept.home.mkdir(parents=True)
    except FileExistsError:
        _wait_for(kept.home / "made")
    else:
        _make(kept)
    home.mkdir(parents=True, exist_ok=True)
    shutil.copy(kept.demo_warehouse, Settings(home=home, show="demo").demo_warehouse)
    return home


def _make(kept: Settings) -> None:
    landing.make(kept)
    opened = Warehouse(kept.demo_warehouse, kept)
    samples.seed(opened)
    opened.close()
    (kept.home / "made").touch()


def _wait_for(sign: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not sign.exists():
        assert time.monotonic() < until, "The demo was not made by the process that began it."
        time.sleep(0.2)
