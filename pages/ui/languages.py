"""The languages a text can be written in, and how each addresses the client, as choices: from the language folders alone."""

from typing import Any

import streamlit as st

from data.settings import Settings
from pages.ui import formats
from proposals.language import codes, language


def name(code: Any) -> str:
    """The language's name in its own words, as “Français”; the code itself where there is no such language."""
    return formats.sentence(language(str(code)).phrases["name"]) if code in codes() else str(code)


def every() -> str:
    """All languages there are, as “English, French or Romanian”."""
    *first, last = (language(code).in_english for code in codes())
    return f"{', '.join(first)} or {last}" if first else last


def choose(label: str, default: str, key: str, *, is_kept: bool = False) -> str:
    """The code of the chosen language; `is_kept`: also while another page is open."""
    chosen = st.segmented_control(
        label,
        sorted(codes(), key=lambda code: code != "en"),
        default=default,
        required=True,
        format_func=name,
        key=key,
        persist_state="session" if is_kept else None,
    )
    return str(chosen or default)


def choose_register(code: str, settings: Settings, key: str) -> str:
    """`formal` or `informal`, asked for by its word (vous, tu) where the language has one for each; else as in the settings."""
    words = registers(code)
    if not words:
        return settings.register
    chosen = st.segmented_control(
        "Say",
        list(words),
        default=settings.register,
        required=True,
        format_func=lambda one: formats.sentence(words[one]),
        key=key,
        persist_state="session",
    )
    return str(chosen or settings.register)


def registers(code: str) -> dict[str, str]:
    """The language's word for “you” by register; empty where it has one for both."""
    return dict(language(code).phrases.get("registers", {}))


def in_every_register(register: str) -> str:
    """The words for “you” of that register in every language that has one, as “vous, dumneavoastră”."""
    words = (registers(code).get(register) for code in codes())
    return ", ".join(dict.fromkeys(word for word in words if word))
