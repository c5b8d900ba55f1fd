"""The shown book of clients and what a scenario brings on it, each computed once for a state of the warehouse."""

import json

import pandas as pd
import streamlit as st

from data.pricing import price_book
from data.pricing.what_if import document, goal, measured, saved
from data.pricing.what_if import effects as effects_of
from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import Comparison, compare
from data.pricing.what_if.goal import Goal
from data.pricing.what_if.scenario import Scenario
from pages.ui import warehouse


def book(currency: str) -> Book:
    """Today's clients who pay in that currency."""
    opened = warehouse.shown()
    return _book(str(opened.path), opened.version, currency)


@st.cache_data(ttl="1h", max_entries=20, show_spinner=False)
def _book(file: str, version: int, currency: str) -> Book:
    settings = warehouse.settings()
    prices = price_book.load(settings.price_book, settings.home)
    return measured.book(warehouse.metric, currency, prices, warehouse.shown().as_of.date())


def outcome(shown: Book, scenario: Scenario) -> Comparison:
    """The scenario beside the same months without its change; the same figures for whoever opens the same link."""
    return _outcome(shown, _text(shown), _words(scenario), scenario)


@st.cache_data(ttl="1h", max_entries=50, show_spinner=False)
def _outcome(_book: Book, book: str, scenario: str, _scenario: Scenario) -> Comparison:
    return compare(_book, _scenario)


def ways(shown: Book, scenario: Scenario, target_minor: int, month: int) -> Goal:
    """What it takes to expect that MRR in that month."""
    return _ways(shown, _text(shown), _words(scenario), scenario, target_minor, month)


@st.cache_data(ttl="1h", max_entries=50, show_spinner=False)
def _ways(_book: Book, book: str, scenario: str, _scenario: Scenario, target_minor: int, month: int) -> Goal:
    return goal.seek(_book, _scenario, target_minor, month)


def side_by_side(shown: Book, scenarios: dict[str, Scenario]) -> tuple[pd.DataFrame, list[str]]:
    """The answers of each scenario on this book, and which no longer fit it."""
    return _side_by_side(shown, _text(shown), {name: _words(scenario) for name, scenario in scenarios.items()}, scenarios)


@st.cache_data(ttl="1h", max_entries=20, show_spinner=False)
def _side_by_side(
    _book: Book, book: str, words: dict[str, str], _scenarios: dict[str, Scenario]
) -> tuple[pd.DataFrame, list[str]]:
    return saved.side_by_side(_book, _scenarios)


def effects(shown: Book, scenario: Scenario) -> pd.DataFrame:
    """What each moved lever does by itself: lever, of, more_mrr_minor (in 12 months), more_cash_minor, more_hours."""
    columns = ["lever", "of", "more_mrr_minor", "more_cash_minor", "more_hours"]
    return pd.DataFrame(effects_of.effects(shown, scenario), columns=columns)


def file(shown: Book, scenario: Scenario) -> str:
    """Scenario and book as a file that `python -m data what-if` answers."""
    return json.dumps(
        {"seed": 1, "scenario": document.as_json(scenario), "book": document.book_as_json(shown)}, ensure_ascii=False, indent=1
    )


def _text(shown: Book) -> str:
    return json.dumps(document.book_as_json(shown), sort_keys=True)


def _words(scenario: Scenario) -> str:
    return json.dumps(document.as_json(scenario), sort_keys=True)
