"""A table: which of a frame's columns, each shown as what, and where a click on a row leads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import answer_first, cells, formats
from pages.ui.once import once


@dataclass(frozen=True)
class Column:
    """How a column of a frame is shown: its heading, and as what.

    Kinds: text, word (with a capital), money, change (money with its sign), rate, count, step (a count with its sign), hours,
    date, month, link.
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
    if spec.kind in ("money", "change", "rate", "count", "step", "hours"):
        return st.column_config.NumberColumn(spec.label, alignment="right", **common)
    if spec.kind == "link":
        return st.column_config.LinkColumn(spec.label, display_text="Open", **common)
    return st.column_config.Column(spec.label, **common)


_WRITERS: dict[str, Callable[[Any], str]] = {
    "rate": formats.rate,
    "count": formats.count,
    "step": formats.step,
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
