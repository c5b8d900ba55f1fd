"""One lever of the what-if page, bound to the address: an amount, or the clients that it concerns."""

from typing import Any

import streamlit as st

from data.money import minor_digits
from data.pricing.what_if import link
from data.pricing.what_if.book import Book
from pages.ui import formats


def digits(book: Book) -> str:
    """How an amount in major units is shown in a lever."""
    return f"%.{minor_digits(book.currency)}f"


def number(
    label: str, key: str, value: float | None, most: float, step: float, form: str = "%.1f", note: str = ""
) -> dict[str, Any]:
    """A number up to `most`, by its name in a link; `value` None: empty until somebody says one."""
    chosen = st.number_input(
        formats.plain(label),
        min_value=0.0,
        max_value=float(most),
        value=value,
        step=step,
        format=form,
        key=key,
        bind="query-params",
        width=190,
        help=formats.plain(note) or None,
    )
    return {key: chosen}


def clients(label: str, book: Book, key: str, note: str = "") -> dict[str, Any]:
    """Clients of the book, nobody at first, by the lever's name in a link."""
    names = link.labels(book)
    chosen = st.multiselect(
        formats.plain(label),
        list(names),
        format_func=names.__getitem__,
        key=key,
        bind="query-params",
        placeholder="Nobody",
        help=note or None,
    )
    return {key: list(chosen)}
