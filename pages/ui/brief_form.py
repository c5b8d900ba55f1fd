"""The brief on a page: every fact in a field that can be corrected, with its quote beneath; what is missing as questions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.pricing.price_book import PriceBook
from pages.ui import formats
from pages.ui.marked_notes import GROUPS, LABELS, place
from proposals.brief import Brief, Fact

PAYMENTS = {"card": "Card", "bank_transfer": "Bank transfer", "cheque": "Cheque", "direct_debit": "Direct debit"}
OBJECTIONS = {"money": "The price", "value": "What a retainer is good for", "results": "Whether there will be results"}
TEXTS = ("contact_name", "contact_first_name", "company", "email")
NUMBERS = {"sites": 1, "hours_per_month": 1, "horizon_months": 1}
DATES = ("call_date", "start_date")
TERMS = (3, 6, 12)


def edit(found: Brief, notes: str, book: PriceBook, key: str) -> Brief:
    """The brief as read, with the user's corrections; `key` changes with the notes, so that old corrections don't stick."""
    form = _Form(found, notes, book, key)
    for tab, group in zip(st.tabs([group.title for group in GROUPS]), GROUPS, strict=True):
        with tab, st.grid(2, min_column_width=200):
            for name in group.fields:
                with st.container(gap="xsmall"):
                    form.field(name)
    return form.brief


def questions(brief: Brief) -> None:
    """What the notes leave open, as questions to send or to ask, in the client's language."""
    if brief.finding():
        st.warning(brief.finding(), icon=":material/content_cut:")
    asked = [question for _, question in brief.questions()]
    if asked:
        with st.expander(f"{formats.count(len(asked), 'thing')} still to ask", icon=":material/help:", expanded=True):
            st.code("\n".join(f"- {question}" for question in asked), language=None, wrap_lines=True)


class _Form:
    def __init__(self, found: Brief, notes: str, book: PriceBook, key: str) -> None:
        self.brief = found
        self._found = found
        self._notes = notes
        self._book = book
        self._key = key

    def field(self, name: str) -> None:
        """Show one field, and take its value over where it was changed."""
        before = self._found.values(name) if name in _LISTS else self._found.value(name)
        value = _LISTS[name](self, name) if name in _LISTS else self._single(name)
        if value != before:
            self.brief = self.brief.replace_fact(name, value)
        self._caption(name)

    def _caption(self, name: str) -> None:
        held = getattr(self.brief, name)
        facts: Sequence[Fact | None] = (held or (None,)) if isinstance(held, tuple) else (held,)
        said = [formats.plain(place(self._notes, fact)) for fact in facts[:6]]
        st.caption("  \n".join(said))

    def _single(self, name: str) -> Any:
        value, label, key = self._found.value(name), LABELS[name], f"{self._key}_{name}"
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
            return self._budget(value)
        if name == "payment_method":
            return _select(label, PAYMENTS, value, key)
        if name == "prepay_months":
            terms = {term: f"{term} months" for term in sorted({*TERMS, *([value] if value else [])})}
            return _select(label, terms, value, key)
        return _select(label, {True: "Yes", False: "No"}, value, key)

    def _budget(self, value: dict[str, Any] | None) -> dict[str, Any] | None:
        before = value or {}
        with st.container(horizontal=True, gap="xsmall"):
            parts = {
                part: _whole(
                    st.number_input(
                        label,
                        min_value=0.0,
                        value=_float(before.get(part)),
                        step=50.0,
                        key=f"{self._key}_{part}",
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
                key=f"{self._key}_currency",
                persist_state="session",
                max_chars=3,
                width=84,
            )
        new = {**before, **parts, "currency": str(currency or "").strip().upper() or None}
        if new == before:
            return value
        return {"period": "month", **new} if any(part is not None for part in parts.values()) else None

    def services(self, name: str) -> list[str]:
        """The services asked for, of those in the price book."""
        known = {service.id: service.name("en") for service in self._book.services.values()}
        asked = [value for value in self._found.values(name) if value in known]
        return st.multiselect(
            LABELS[name], list(known), asked, format_func=known.__getitem__, key=f"{self._key}_{name}", persist_state="session"
        )

    def volumes(self, name: str) -> list[dict[str, Any]]:
        """How much of a service is asked for; a wrong one can be taken out."""
        found = self._found.values(name)
        words = [_volume(volume, self._book) for volume in found]
        kept = st.multiselect(
            LABELS[name],
            range(len(found)),
            range(len(found)),
            format_func=words.__getitem__,
            key=f"{self._key}_{name}",
            persist_state="session",
            disabled=not found,
        )
        return [found[place] for place in sorted(kept)]

    def lines(self, name: str) -> list[str]:
        """Texts, one a line."""
        found = [" ".join(str(value).split()) for value in self._found.values(name)]
        given = st.text_area(
            f"{LABELS[name]}, one a line", "\n".join(found), key=f"{self._key}_{name}", persist_state="session", height=110
        )
        lines = [line.strip() for line in str(given or "").splitlines() if line.strip()]
        return self._found.values(name) if lines == found else lines

    def objections(self, name: str) -> list[str]:
        """The kinds of objection heard."""
        heard = list(dict.fromkeys(self._found.values(name)))
        given = st.multiselect(
            LABELS[name],
            list(OBJECTIONS),
            heard,
            format_func=OBJECTIONS.__getitem__,
            key=f"{self._key}_{name}",
            persist_state="session",
        )
        return self._found.values(name) if given == heard else given


_LISTS = {
    "services": _Form.services,
    "volumes": _Form.volumes,
    "challenges": _Form.lines,
    "goals": _Form.lines,
    "objections": _Form.objections,
}


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


def _volume(volume: dict[str, Any], book: PriceBook) -> str:
    service = book.services.get(volume["service"])
    name = service.name("en") if service else str(volume["service"]).replace("_", " ")
    per = f" a {volume['per']}" if volume.get("per") else ""
    return f"{name}: {volume['quantity']}{per}"
