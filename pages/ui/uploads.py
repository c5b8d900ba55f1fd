"""What is read of an uploaded file before anything is kept: checked once, good rows shown, rows left out with their reason."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from pages.ui import blocks, formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from data.sources import Progress, Report
    from data.sources.files import BadRow, ImportReport

CHECKED = "import_checked"
_ADDRESSES = ("site", "at", "component", "contents", "kind", "hours")


@contextmanager
def progress(doing: str) -> "Iterator[Report]":
    """A line that says what is being done, and of a large file how far it has come."""
    with st.spinner(doing):
        place = st.empty()

        def show(told: "Progress") -> None:
            share = min(told.done / told.total, 1.0) if told.total else 1.0
            place.progress(share, formats.plain(str(told)))

        yield show
        place.empty()


def check(key: tuple[Any, ...], read: "Callable[[Report], ImportReport]") -> "ImportReport":
    """What the reading of an uploaded file found; read once as long as `key`, the file and what was said of it, is the same."""
    known = st.session_state.get(CHECKED)
    if known is None or known[0] != key:
        with progress("Checking the file") as report:
            known = st.session_state[CHECKED] = (key, read(report))
    found: ImportReport = known[1]
    return found


def said(report: "ImportReport") -> str:
    """The outcome of an import in a sentence or two, for markdown: what was kept, and what counts once with other imports."""
    lines = report.lines()
    return formats.plain(" ".join([lines[0], *(line for line in lines[1:] if "counts once" in line)]))


def preview(name: str, checked: "ImportReport") -> None:
    """How many rows are good, the first of them as they were read, and those left out with the reason."""
    good, bad = formats.count(checked.good_rows, "good row"), formats.count(checked.bad_rows, "row")
    st.markdown(f"**{formats.plain(name)}: {good}, {bad} left out.** Nothing has been kept yet.")
    for remark in checked.remarks:
        st.caption(formats.plain(remark))
    found = checked.sample
    if found:
        entity = st.segmented_control(
            "Good rows of", list(found), default=next(iter(found)), required=True, format_func=str.capitalize, key="preview_of"
        )
        frame = pd.DataFrame(found.get(str(entity), [])).drop(columns=["id", "row"], errors="ignore")
        frame = frame.dropna(axis="columns", how="all")
        first = [column for column in _ADDRESSES if column in frame]
        st.dataframe(
            frame[[*first, *(column for column in frame if column not in first)]]
            .astype(str)
            .replace("None", "")
            .rename(columns=lambda name: str(name).replace("_", " ").capitalize()),
            hide_index=True,
            height="content" if len(frame) <= 6 else 36 * 7,
            alt="The good rows as they were read",
        )
        if checked.read[str(entity)] > len(frame):
            st.caption(f"The first {formats.count(len(frame))} of {formats.count(checked.read[str(entity)])}.")
    if checked.bad:
        _left_out(checked.bad)


def _left_out(bad: "Sequence[BadRow]") -> None:
    """The rows that a file's reading left out, with the reason of each, and the same as a file."""
    from data.sources import maintenance

    st.subheader("Rows left out", anchor=False)
    rows = [(row.sheet, row.line, row.reason, _told(row.values)) for row in bad]
    frame = pd.DataFrame(rows, columns=["sheet", "line", "reason", "row"])
    blocks.table(
        frame,
        {
            "line": "Line",
            "reason": blocks.Column("Why", width="large"),
            "row": blocks.Column("What it says", width="large"),
            "sheet": "Sheet",
        },
        alt="Rows that were left out, with line and reason",
        key="left_out",
        rows=6,
    )
    st.download_button(
        "Download the rows left out",
        lambda: maintenance.bad_rows_csv(bad),
        "rows-left-out.csv",
        "text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )


def _told(values: Any) -> str:
    return ", ".join(f"{heading}: {value}" for heading, value in values.items() if value)
