"""The shown book of clients and what a scenario brings on it, each computed once for a state of the warehouse."""

import json
import time
from functools import lru_cache
from typing import Any

import pandas as pd

from data.pricing import price_book
from data.pricing.what_if import document, goal, measured, saved
from data.pricing.what_if import effects as effects_of
from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import Comparison, changes, compare
from data.pricing.what_if.goal import Goal
from data.pricing.what_if.scenario import Scenario
from data.warehouse import Warehouse
from pages.ui import warehouse, what_if_findings
from pages.ui.once import By, once


def book(currency: str) -> Book:
    """Today's clients who pay in that currency."""
    opened = warehouse.shown()
    return _book(opened, opened.version, int(time.time()) // 3600, currency)


@lru_cache(maxsize=10)
def _book(opened: Warehouse, version: int, hour: int, currency: str) -> Book:
    settings = warehouse.settings()
    prices = price_book.in_use(settings)
    return measured.book(warehouse.metric, currency, prices, opened.as_of.date())


def outcome(shown: Book, scenario: Scenario) -> Comparison:
    """The scenario beside the same months without its change; the same figures for whoever opens the same link."""
    return _compared(*_known(shown, scenario))


def ways(shown: Book, scenario: Scenario, target_minor: int, month: int) -> Goal:
    """What it takes to expect that MRR in that month."""
    return _sought(*_known(shown, scenario), target_minor, month)


def side_by_side(shown: Book, scenarios: dict[str, Scenario]) -> tuple[pd.DataFrame, list[str]]:
    """The answers of each scenario on this book, and which no longer fit it."""
    words = tuple((name, _words(scenario)) for name, scenario in scenarios.items())
    known: tuple[Any, Any] = By(shown, id(shown)), By(scenarios, words)
    return _beside(*known)


def effects(shown: Book, scenario: Scenario) -> pd.DataFrame:
    """What each moved lever does by itself: lever, of, name, more_mrr_minor (in 12 months), more_cash_minor, more_hours."""
    return _effects(*_known(shown, scenario))


def changed(shown: Book, scenario: Scenario) -> pd.DataFrame:
    """Whose price changes, the largest change first: the columns of `comparison.changes`, and `currency`."""
    return _changed(*_known(shown, scenario))


def file(shown: Book, scenario: Scenario) -> str:
    """Scenario and book as a file that `python -m data what-if` answers."""
    return json.dumps(
        {"seed": 1, "scenario": document.as_json(scenario), "book": document.book_as_json(shown)}, ensure_ascii=False, indent=1
    )


def _known(shown: Book, scenario: Scenario) -> tuple[Any, Any]:
    """The book, which is the same object until the next build, and the scenario, known by what it says."""
    return By(shown, id(shown)), By(scenario, _words(scenario))


_compared, _sought, _beside = once(compare), once(goal.seek), once(saved.side_by_side)


@once
def _effects(shown: Book, scenario: Scenario) -> pd.DataFrame:
    columns = ["lever", "of", "more_mrr_minor", "more_cash_minor", "more_hours"]
    found = pd.DataFrame(effects_of.effects(shown, scenario), columns=columns)
    return found.assign(name=[what_if_findings.effect(*moved) for moved in zip(found["lever"], found["of"], strict=True)])


@once
def _changed(shown: Book, scenario: Scenario) -> pd.DataFrame:
    return changes(shown, scenario).assign(currency=shown.currency)


def _words(scenario: Scenario) -> str:
    return json.dumps(document.as_json(scenario), sort_keys=True)
