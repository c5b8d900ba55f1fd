"""Fields of a brief that hold several values: services, volumes, texts a line each, objections."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from data.pricing.price_book import PriceBook
from pages.ui.brief_words import LABELS, OBJECTIONS


def ask(name: str, found: list[Any], book: PriceBook, key: str) -> list[Any]:
    """The field of a list with what the notes say in it, and what stands there now."""
    return _FIELDS[name](name, found, book, key)


def _services(name: str, found: list[Any], book: PriceBook, key: str) -> list[str]:
    """The services asked for, of those in the price book."""
    known = {service.id: service.name("en") for service in book.services.values()}
    asked = [value for value in found if value in known]
    return st.multiselect(LABELS[name], list(known), asked, format_func=known.__getitem__, key=key, persist_state="session")


def _volumes(name: str, found: list[Any], book: PriceBook, key: str) -> list[dict[str, Any]]:
    """How much of a service is asked for; a wrong one can be taken out."""
    words = [_volume(volume, book) for volume in found]
    kept = st.multiselect(
        LABELS[name],
        range(len(found)),
        range(len(found)),
        format_func=words.__getitem__,
        key=key,
        persist_state="session",
        disabled=not found,
    )
    return [found[place] for place in sorted(kept)]


def _lines(name: str, found: list[Any], book: PriceBook, key: str) -> list[str]:
    """Texts, one a line."""
    shown = [" ".join(str(value).split()) for value in found]
    given = st.text_area(f"{LABELS[name]}, one a line", "\n".join(shown), key=key, persist_state="session", height=110)
    lines = [line.strip() for line in str(given or "").splitlines() if line.strip()]
    return found if lines == shown else lines


def _objections(name: str, found: list[Any], book: PriceBook, key: str) -> list[str]:
    """The kinds of objection heard."""
    heard = list(dict.fromkeys(found))
    given = st.multiselect(
        LABELS[name],
        list(OBJECTIONS),
        heard,
        format_func=OBJECTIONS.__getitem__,
        key=key,
        persist_state="session",
    )
    return found if given == heard else given


def _volume(volume: dict[str, Any], book: PriceBook) -> str:
    service = book.services.get(volume["service"])
    name = service.name("en") if service else str(volume["service"]).replace("_", " ")
    per = f" a {volume['per']}" if volume.get("per") else ""
    return f"{name}: {volume['quantity']}{per}"


_FIELDS: dict[str, Callable[[str, list[Any], PriceBook, str], list[Any]]] = {
    "services": _services,
    "volumes": _volumes,
    "challenges": _lines,
    "goals": _lines,
    "objections": _objections,
}
