"""Applying a scenario on the what-if page: the price book's draft, whom to tell by when, and what is planned."""

import pandas as pd
import streamlit as st

from data import settings as settings_module
from data.errors import AppError
from data.pricing import price_book_draft, price_changes
from data.pricing.what_if.book import Book
from data.pricing.what_if.scenario import Scenario
from data.pricing.what_if.telling import Telling, clients_to_tell, too_late
from data.settings import Settings
from pages.ui import blocks, exports, formats, languages, states, warehouse, what_if_findings, what_if_told
from pages.ui.blocks import Column
from proposals import price_change_files


def apply(book: Book, scenario: Scenario) -> None:
    """What to do to make the scenario real, and what is planned already."""
    settings = warehouse.settings()
    what_if_told.planned(book.currency, settings)
    _undo(settings)
    tellings = clients_to_tell(book, scenario, settings.notice_days)
    if not tellings and not scenario.prices_minor and not scenario.new_tiers:
        st.markdown("Nothing to apply: no price changes and nobody changes tier. Move a lever above.")
        return
    st.caption(
        "Applying changes nothing in Stripe, and sends nothing: you change prices there yourself, once clients are told."
    )
    _price_book(book, scenario, settings)
    _clients(book, scenario, settings, tellings)


def _price_book(book: Book, scenario: Scenario, settings: Settings) -> None:
    """The draft of the price book as a difference, written on request, and followed or left again."""
    st.subheader("Price book", anchor=False)
    try:
        draft = price_book_draft.draft(settings, book.currency, scenario)
    except AppError as error:
        st.markdown(formats.plain(f"{error.title} {error.hint}"))
        return
    st.code("\n".join(draft.diff), language="diff")
    if draft.left_out:
        st.caption(formats.plain(f"Not in the price book: {formats.listing(list(draft.left_out))}."))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Write price book draft", type="primary"):
            try:
                st.session_state["price_book_draft"] = str(price_book_draft.write(draft, settings.home))
            except AppError as error:
                states.show_error(error)
        written = st.session_state.get("price_book_draft")
        if written and st.button(
            "Follow this draft",
            help="From then on tiers, proposals and the what-if start from these prices; so plan first whom to tell.",
        ):
            st.session_state["price_book_before"] = settings.price_book
            settings_module.save(settings, price_book=written)
            st.rerun()
    if written:
        st.caption("Written. Tiers and proposals follow it once it is the price book of the settings (`RETAINER_PRICE_BOOK`):")
        st.code(written, language=None)


def _undo(settings: Settings) -> None:
    """The way back from a draft that is followed since a moment ago."""
    before, written = (st.session_state.get(f"price_book_{part}") for part in ("before", "draft"))
    if not before or settings.price_book != written:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("The draft is now your price book: tiers, proposals and the what-if start from its prices.")
        if st.button("Undo: follow the price book of before", type="tertiary"):
            settings_module.save(settings, price_book=before)
            st.rerun()


def _clients(book: Book, scenario: Scenario, settings: Settings, tellings: tuple[Telling, ...]) -> None:
    """Whom to tell by when, with every e-mail, and the plan that puts them on Today."""
    st.subheader("Clients to tell", anchor=False)
    if not tellings:
        st.markdown("No client of today pays another price, so there is nobody to tell.")
        return
    people = what_if_told.contacts()
    rows = price_change_files.listed(tellings, people)
    _listed(rows, book.currency, settings)
    late = len(list(too_late(tellings, book.as_of)))
    if late:
        st.warning(
            f"{formats.of(late, len(tellings))} can’t be told {formats.count(settings.notice_days, 'day')} before. Let the "
            "change start later, under More levers, Time.",
            icon=":material/schedule:",
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        usual = what_if_findings.change(book, scenario)
        name = st.text_input("Plan it as", usual, max_chars=price_changes.LONGEST_NAME, key=f"plan_name: {usual}", width=420)
        if st.button("Plan price change", type="primary"):
            _plan(str(name or usual), book, scenario, tellings)
        try:
            files = dict(price_change_files.emails(settings, tellings, people))
        except AppError as error:
            states.show_error(error)
            return
        st.download_button(
            "Download all e-mails (.zip)",
            exports.archive(files),
            "price-change.zip",
            "application/zip",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    blocks.download(rows, f"tell-{book.currency}.csv")


def _listed(rows: pd.DataFrame, currency: str, settings: Settings) -> None:
    notice = f"{formats.count(settings.notice_days, 'day')} before (RETAINER_NOTICE_DAYS)."
    columns = {
        "client_name": Column("Client", width="medium"),
        "now_minor": Column("Now", "money"),
        "then_minor": Column("Then", "money"),
        "effective_on": Column("From", "date"),
        "tell_by": Column("Tell by", "date", notice),
        "language": Column("Language"),
        "email": Column("E-mail"),
    }
    told = rows.assign(language=[languages.name(code) for code in rows["language"]])
    blocks.table(told, columns, alt="Clients to tell", key="tell_rows", currency=currency)


def _plan(name: str, book: Book, scenario: Scenario, tellings: tuple[Telling, ...]) -> None:
    with states.changing():
        price_changes.plan(warehouse.shown(), name, book.currency, scenario, tellings)
