"""Fields of a brief that hold one value: a text, a day, a number, a budget, a choice."""

import datetime as dt
from typing import Any

import streamlit as st

from pages.ui.brief_words import LABELS, PAYMENTS

TEXTS = ("contact_name", "contact_first_name", "company", "email")
NUMBERS = ("sites", "hours_per_month", "horizon_months")
DATES = ("call_date", "start_date")
TERMS = (3, 6, 12)


def ask(name: str, value: Any, key: str) -> Any:
    """The field of a single fact with this value in it, and what stands there now; None: not stated."""
    label = LABELS[name]
    if name in TEXTS:
        return str(st.text_input(label, value or "", key=key, persist_state="session") or "").strip() or None
    if name in DATES:
        day = st.date_input(
            label, dt.date.fromisoformat(value) if value else None, key=key, persist_state="session", format="YYYY-MM-DD"
        )
        return day.isoformat() if isinstance(day, dt.date) else None
    if name in NUMBERS:
        given = st.number_input(
            label,
            min_value=0.0,
            value=None if value is None else float(value),
            step=1.0,
            key=key,
            persist_state="session",
            format="%g",
        )
        return _whole(given)
    if name == "budget":
        return _budget(value, key)
    if name == "payment_method":
        return _select(label, PAYMENTS, value, key)
    if name == "prepay_months":
        terms = {term: f"{term} months" for term in sorted({*TERMS, *([value] if value else [])})}
        return _select(label, terms, value, key)
    return _select(label, {True: "Yes", False: "No"}, value, key)


def _budget(value: dict[str, Any] | None, key: str) -> dict[str, Any] | None:
    before = value or {}
    with st.container(horizontal=True, gap="xsmall"):
        parts = {
            part: _whole(
                st.number_input(
                    label,
                    min_value=0.0,
                    value=_float(before.get(part)),
                    step=50.0,
                    key=f"{key}_{part}",
                    persist_state="session",
                    format="%g",
                    width=98,
                )
            )
            for part, label in (("low", "Budget from"), ("high", "To"), ("ceiling", "At most"))
        }
        currency = st.text_input(
            "Currency",
            before.get("currency") or "",
            key=f"{key}_currency",
            persist_state="session",
            max_chars=3,
            width=84,
        )
    new = {**before, **parts, "currency": str(currency or "").strip().upper() or None}
    if new == before:
        return value
    return {"period": "month", **new} if any(part is not None for part in parts.values()) else None


def _select(label: str, words: dict[Any, str], value: Any, key: str) -> Any:
    options = [None, *words]
    return st.selectbox(
        label,
        options,
        options.index(value) if value in words else 0,
        format_func=lambda one: words.get(one, "Not stated"),
        key=key,
        persist_state="session",
    )


def _float(value: Any) -> float | None:
    return None if value is None else float(value)


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value
