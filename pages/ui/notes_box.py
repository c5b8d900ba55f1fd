"""Where call notes come in: typed, pasted, from a file, or an example; and which price book the offer follows."""

import datetime as dt

import streamlit as st

from data.errors import AppError
from data.pricing import price_book
from data.pricing.price_book import PriceBook
from data.settings import Settings
from pages.ui import file_box, states
from pages.ui.example_notes import EXAMPLES
from proposals.brief import Brief, brief, suggest_book
from proposals.language import language
from proposals.notes import MOST, decoded

KEY = "notes"
VIEW = "notes_view"


def held() -> str:
    """The notes as they stand now."""
    return str(st.session_state.get(KEY) or "")


def write() -> None:
    """The box to write in, a file to take over, and examples to try."""
    box, buttons = st.container(), st.container(horizontal=True, vertical_alignment="center")
    _take_file()  # before the box is drawn, since what the file says is put into it
    box.text_area(
        "Notes of the call",
        key=KEY,
        height=300,
        max_chars=MOST,
        persist_state="session",
        placeholder="Who you spoke to, what troubles them, what they want to reach, what they can spend, when to start.",
        label_visibility="collapsed",
    )
    with buttons:
        st.button("Read notes", type="primary", on_click=_read, icon=":material/search:")
        st.caption("or try an example:", width="content")
        for code, text in EXAMPLES.items():
            st.button(f"Use the {language(code).in_english} example", on_click=_use, args=(text,), type="tertiary")


def _take_file() -> None:
    uploaded = file_box.ask("Or take them from a text file", ["txt", "md"], KEY)
    if uploaded is None:
        return
    try:
        st.session_state[KEY] = decoded(uploaded.getvalue(), uploaded.name)
    except AppError as error:
        states.show_error(error)
        return
    st.session_state[VIEW] = "Marked"
    file_box.empty(KEY)


def _read() -> None:
    st.session_state[VIEW] = "Marked"


def _use(text: str) -> None:
    st.session_state[KEY] = text
    st.session_state[VIEW] = "Marked"


def read(notes: str, book: PriceBook) -> Brief:
    """What the notes say of that book's services, seen from today; long notes are read once, not at each click."""
    return _brief(notes, book, repr(book), dt.date.today())  # noqa: DTZ011 - the user's own day is meant


@st.cache_data(ttl="1h", max_entries=20, show_spinner="Reading the notes")
def _brief(notes: str, _book: PriceBook, book: str, day: dt.date) -> Brief:
    return brief(notes, _book, day)


@st.cache_data(ttl="1h", max_entries=20, show_spinner="Reading the notes")
def _suggested(notes: str, _books: dict[str, PriceBook], books: str) -> str | None:
    suggested = suggest_book(notes, _books.values())
    return next((name for name, one in _books.items() if suggested and one.id == suggested.id), None)


def book(notes: str, settings: Settings) -> PriceBook:
    """The price book chosen for these notes; at first the one whose services they speak of."""
    books = {name: price_book.load(name, settings.home) for name in price_book.available(settings.home)}
    own = price_book.in_use(settings)
    books.setdefault(settings.price_book, own)
    names = list(books)
    first = _suggested(notes, books, repr(books)) or settings.price_book
    chosen = st.selectbox(
        "Price book",
        names,
        names.index(first),
        format_func=lambda name: books[name].names.get("en", name),
        key=f"book_{hash(notes)}",
        persist_state="session",
        width=260,
    )
    return books[chosen or first]
