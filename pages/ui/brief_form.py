"""The brief on a page: every fact in a field that can be corrected, with its quote beneath."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.pricing.price_book import PriceBook
from pages.ui import brief_fields, brief_lists, formats
from pages.ui.brief_words import GROUPS
from pages.ui.marked_notes import place
from proposals.brief import LISTS, Brief, Fact


def edit(found: Brief, notes: str, book: PriceBook, key: str) -> Brief:
    """The brief as read, with the user's corrections; `key` changes with the notes, so that old corrections don't stick."""
    brief = found
    for tab, group in zip(st.tabs([group.title for group in GROUPS]), GROUPS, strict=True):
        with tab, st.grid(2, min_column_width=200):
            for name in group.fields:
                with st.container(gap="xsmall"):
                    before, given = _asked(name, found, book, f"{key}_{name}")
                    if given != before:
                        brief = brief.replace_fact(name, given)
                    _caption(getattr(brief, name), notes)
    return brief


def _asked(name: str, found: Brief, book: PriceBook, key: str) -> tuple[Any, Any]:
    """What the notes say of a field, and what stands in it now."""
    if name in LISTS:
        return found.values(name), brief_lists.ask(name, found.values(name), book, key)
    return found.value(name), brief_fields.ask(name, found.value(name), key)


def _caption(held: Any, notes: str) -> None:
    facts: Sequence[Fact | None] = (held or (None,)) if isinstance(held, tuple) else (held,)
    st.caption("  \n".join(formats.plain(place(notes, fact)) for fact in facts[:6]))
