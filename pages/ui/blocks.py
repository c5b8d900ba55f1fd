"""The parts a page is made of: head, figures, picture, table with its download, foot."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from data.sources.titles import in_sentence
from pages.ui import answer_first, exports, formats, own_book, palette, warehouse
from pages.ui.figures import figure
from pages.ui.once import once
from pages.ui.table import Column, table

if TYPE_CHECKING:
    from pages.ui.drawing import Picture


__all__ = ["Column", "download", "figure", "foot", "head", "picture", "rules_in_use", "table"]


def head(title: str, question: str) -> None:
    """The page's title, and the one question that it answers."""
    st.title(title, anchor=False)
    st.caption(question)


def picture(drawn: "Picture", finding: str, key: str, **events: Any) -> Any:
    """Show a picture without any toolbar; `finding` is what it says, for those who can't see it."""
    answer_first.pause()
    shown = _inked(drawn, str(st.context.theme.type))
    return st.plotly_chart(shown, config={"displayModeBar": False, "scrollZoom": False}, alt=finding, key=key, **events)


@once
def _inked(drawn: "Picture", theme: str) -> "Picture":
    ink = palette.INK.get(theme)  # the server's own grey is too pale to read on white
    return drawn.inked(ink, is_dark=theme == "dark") if ink else drawn


def download(frame: pd.DataFrame, file_name: str, label: str = "Download CSV") -> None:
    """A button that saves the whole frame as CSV, harmless in a spreadsheet."""
    st.download_button(
        label,
        data=lambda: exports.csv(frame),
        file_name=file_name,
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"download_{file_name}",
    )


def rules_in_use() -> str:
    """The rules with a switch as every revenue figure follows them now, in a sentence."""
    settings = warehouse.settings()
    book = own_book.name(settings.price_book)
    coupons = "leave MRR alone" if settings.once_coupons == "ignore" else "lower MRR while they last"
    return (
        f"Rules used: coupons for one invoice {coupons}; {formats.count(settings.grace_days, 'day')} of grace after a prepaid "
        f"term; months cut in {warehouse.shown().time_zone}; tiers of the price book “{book}”."
    )


def foot(basis: str = "", rules: Sequence[str] = (), *, is_revenue: bool = False) -> None:
    """The page's last line: as of when, from which sources, observed or reconstructed, and the page's own `rules`.

    Where `is_revenue`, the page shows figures that follow the rules with a switch, and those in use are named too.
    """
    opened = warehouse.shown()
    as_of = formats.instant(opened.as_of)
    read_at: dict[str, list[str]] = {}
    for sync in opened.last_syncs():
        if sync["last_ok_at"]:
            read_at.setdefault(formats.instant(sync["last_ok_at"]), []).append(in_sentence(sync["source"]))
    sources = [formats.listing(names) + ("" if instant == as_of else f" of {instant}") for instant, names in read_at.items()]
    known = {
        "observed": "This month is observed: each change was logged as it happened.",
        "reconstructed": "This month is reconstructed from invoices and events, which don’t show pauses before the first sync, "
        "changes without proration before the next renewal, discounts given as account balance, and customers deleted with "
        "their invoices.",
    }
    parts = [
        f"As of {as_of}",
        f"from {formats.listing([formats.plain(source) for source in sources])}" if sources else "no source yet",
    ]
    switched = [formats.plain(rules_in_use())] if is_revenue else []
    st.caption(" ".join([", ".join(parts) + ".", known.get(basis, ""), *rules, *switched]))
