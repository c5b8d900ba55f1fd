"""The price book that the pages follow: its tiers, its list prices, and the choice of another one."""

from typing import Any

import streamlit as st

from data.errors import AppError
from data.pricing import price_book
from data.settings import Settings
from pages.ui import warehouse


def tiers() -> list[str]:
    """Names of its tiers, from the cheapest to the dearest."""
    return [tier.name() for tier in price_book.in_use(warehouse.settings()).tiers]


def list_prices(currency: str) -> dict[str, int]:
    """Monthly list price of each of its tiers in minor units; empty where the book is in another currency."""
    book = price_book.in_use(warehouse.settings())
    return {tier.name(): tier.price_minor for tier in book.tiers} if book.currency == currency else {}


def name(book: str) -> str:
    """The name of a price book, given its id or file; the id itself where the book can't be read."""
    try:
        names = price_book.load(book, warehouse.settings().home).names
    except AppError:
        return book
    return names.get("en", book)


def choose(settings: Settings, about: str) -> Any:
    """Another price book to follow, by its id or file; `about` is the help text."""
    books = sorted({*price_book.available(settings.home), settings.price_book})
    return st.selectbox("Price book", books, books.index(settings.price_book), format_func=name, help=about)
