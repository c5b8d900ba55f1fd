"""For every test: examples that are the same on each run, and at the end how much of the product's rules is shown.

`HYPOTHESIS_PROFILE=searching` draws new examples instead; what it finds belongs into a test of its own.
"""

import gc
import os
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def demo_in(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[Path], Path]:
    """Put the demo of today into a home folder; it is made once, whichever of the run's processes comes first."""
    from tests import demo_home

    base = tmp_path_factory.getbasetemp()
    shelf = (base if worker_id == "master" else base.parent) / "shelf"
    return lambda home: demo_home.copy(shelf, home)


@pytest.fixture(scope="session", autouse=True)
def one_core() -> Iterator[None]:
    """DuckDB keeps to one core in each process of the run: as many of them run side by side as there are cores."""
    from data import warehouse

    with patch.dict(warehouse.CONFIG, threads="1"):
        yield


@pytest.fixture(scope="session", autouse=True)
def empty_warehouse(one_core: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where a test opens its first warehouse, an empty one is copied: making one costs half a second each time."""
    from tests import empty_warehouse

    with empty_warehouse.copied(tmp_path_factory.mktemp("empty")):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs a server of somebody else's runs only where it is asked for: `-m optin`."""
    if "optin" in config.option.markexpr:
        return
    asked_for = [item for item in items if item.get_closest_marker("optin")]
    if asked_for:
        config.hook.pytest_deselected(items=asked_for)
        items[:] = [item for item in items if item not in asked_for]


def pytest_collection_finish() -> None:
    """What was imported stays until the end: the search for rubbish need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line; a worker of a run in parallel prints none."""
    if hasattr(config, "workerinput"):
        return
    shown = tomllib.loads((Path(__file__).parent / "acceptance.toml").read_text(encoding="utf-8"))
    rules, rows = ((sum(1 for tests in part.values() if tests), len(part)) for part in (shown["mission"], shown["definitions"]))
    terminalreporter.write_line(
        f"Acceptance: {rules[0]} of {rules[1]} rules of practice and {rows[0]} of {rows[1]} rows of the rule book "
        "are shown by tests"
    )
