"""A month that is typed into a form, as 2026-01; it may be left empty."""

import datetime as dt
from typing import Any

import streamlit as st

from data.errors import InputError


def month_box(label: str, placeholder: str, **more: Any) -> str:
    """The box; what was typed."""
    return str(st.text_input(label, placeholder=placeholder, width=130, **more) or "").strip()


def first_day(typed: str) -> dt.date | None:
    """The month's first day, None where nothing was typed; InputError where it is no month."""
    if not typed:
        return None
    try:
        return dt.date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise InputError(f"“{typed}” is no month.", "Write it as 2026-01, or leave it empty.") from error
