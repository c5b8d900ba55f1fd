"""The month's report on the Revenue page, to download in a language of choice."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.closings import Closing
from data.warehouse import Warehouse
from pages.ui import formats, languages, own_book, warehouse
from proposals import review
from proposals.review import html, pdf, sheets
from proposals.review.frames import Frames
from proposals.review.report import Report


def downloads(opened: Warehouse, month: str, currency: str, closing: Closing | None, note: str) -> None:
    """The report in a chosen language as HTML and PDF, and its tables; made only once one of them is downloaded."""
    frames = partial(review.gather, warehouse.metric, month, currency)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = languages.choose("Language of the report", "en", "report_language")
        compose = partial(
            review.compose,
            language=code,
            today=opened.today,
            as_of=opened.as_of,
            locale=formats.reader_locale() if code == "en" else "",
            closing=closing,
            note=closing.note if closing else note,
            book=own_book.tiers(),
        )
        name = f"revenue-{month}-{currency}"
        _download("Download report (HTML)", lambda: html.page(compose(frames())).encode(), f"{name}.html", "text/html")
        _download("Download report (PDF)", lambda: pdf.document(compose(frames())), f"{name}.pdf", "application/pdf")
        _download("Download tables (CSV)", lambda: _tables(frames(), compose), f"{name}.zip", "application/zip")


def _tables(frames: Frames, compose: Callable[[Frames], Report]) -> bytes:
    return sheets.zipped(frames, compose(frames))


def _download(label: str, make: Callable[[], bytes], file_name: str, mime: str) -> None:
    st.download_button(
        label,
        data=make,
        file_name=file_name,
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"report_{file_name}",
    )
