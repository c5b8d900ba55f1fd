"""The parts a page is made of: head, figures, picture, table with its download, foot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from data.sources.titles import in_sentence
from pages.ui import answer_first, cells, exports, formats, own_book, palette, warehouse
from pages.ui.figures import figure
from pages.ui.once import once

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


@dataclass(frozen=True)
class Column:
    """How a column of a frame is shown: its heading, and as what.

    Kinds: text, word (with a capital), money, change (money with its sign), rate, count, hours, date, month, link.
    """

    label: str
    kind: str = "text"
    help: str = ""
    width: Any = None


def table(
    frame: pd.DataFrame,
    columns: Mapping[str, Any],
    *,
    alt: str,
    key: str,
    currency: str = "",
    open_row: Callable[[int], None] | None = None,
    rows: int = 10,
) -> None:
    """A sortable table of these columns (name → heading, or Column), figures right-aligned and exact in the reader's locale.

    With `open_row`, the first column's cells are buttons, and a click calls it with the row's position in the frame.
    """
    answer_first.pause()
    specs = {name: spec if isinstance(spec, Column) else Column(spec) for name, spec in columns.items()}
    config = {name: _config(spec) for name, spec in specs.items()}
    first = next(iter(specs))
    if open_row:
        opener = open_row  # a callback reads the click, which is there only while it runs
        config[first] = st.column_config.ButtonColumn(
            specs[first].label,
            type="tertiary",
            alignment="left",
            pinned=True,
            width=specs[first].width,
            key=f"{key}_open",
            on_click=lambda: opener(int(st.session_state[f"{key}_open"].row)),
        )
    st.dataframe(
        _told(frame, specs, currency, key),
        column_config=config,
        hide_index=True,
        height="content" if len(frame) <= rows else 36 * (rows + 1),
        placeholder="",
        key=key,
        alt=alt,
    )


@once
def _told(frame: pd.DataFrame, specs: Mapping[str, Column], currency: str, key: str) -> Any:
    shown = frame[list(specs)].reset_index(drop=True)
    words = {
        name: [_written(cell, spec.kind, currency) for cell in shown[name]]
        for name, spec in specs.items()
        if spec.kind not in ("text", "link")
    }
    return cells.told(shown, words, key) if words else shown


@cache
def _config(spec: Column) -> Any:
    common: dict[str, Any] = {"help": spec.help or None, "width": spec.width}
    if spec.kind in ("money", "change", "rate", "count", "hours"):
        return st.column_config.NumberColumn(spec.label, alignment="right", **common)
    if spec.kind == "link":
        return st.column_config.LinkColumn(spec.label, display_text="Open", **common)
    return st.column_config.Column(spec.label, **common)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "rate": formats.rate,
    "count": formats.count,
    "hours": formats.hours,
    "word": formats.sentence,
    "date": formats.date,
    "month": formats.month,
}


def _written(cell: Any, kind: str, currency: str) -> str:
    if formats.is_missing(cell):
        return ""
    if kind in ("money", "change"):
        return formats.money(cell, currency, signed=kind == "change")
    return _WRITERS[kind](cell)


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
