"""Bringing files in: choose, see what would be kept and what not with the reason, keep it; the templates to fill in."""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from data.refresh import own_warehouse
from data.settings import load
from data.sources import agreements as agreement_files
from pages.ui import blocks, formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from data.sources import Progress, Report
    from data.sources.files import BadRow, ImportReport

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID, CHECKED = "import_said", "import_checked"
_ADDRESSES = ("site", "at", "component", "contents", "kind", "hours")


def outcome() -> None:
    """What the import just made has brought, once."""
    if said := st.session_state.pop(SAID, None):
        st.success(said, icon=":material/check_circle:")


def care(key: str = "care") -> None:
    """A file of sites, updates, backups, incidents and hours: template, check, then keep."""
    with st.container(horizontal=True):
        st.download_button(
            "Download Excel template",
            lambda: _template("xlsx"),
            "maintenance-template.xlsx",
            EXCEL,
            icon=":material/download:",
            on_click="ignore",
            key=f"{key}_xlsx",
        )
        st.download_button(
            "Download CSV template",
            lambda: _template("csv"),
            "maintenance-template.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"{key}_csv",
        )
    turn = st.session_state.setdefault(f"{key}_turn", 0)
    uploaded = st.file_uploader("CSV or Excel file", type=["csv", "xlsx"], key=f"{key}_file_{turn}")
    if uploaded is None:
        st.caption("Known rows are updated, never doubled; rows that can’t be read are listed, and the others kept.")
        return
    from data.sources import maintenance  # only now: reading workbooks takes a while to load

    content = uploaded.getvalue()
    checked = check((uploaded.file_id,), lambda report: maintenance.import_file(content, uploaded.name, None, None, report))
    _preview(uploaded.name, checked)
    if checked.good_rows and st.button(f"Import {formats.count(checked.good_rows, 'row')}", type="primary", key=f"{key}_keep"):
        with progress("Importing") as report:
            done = maintenance.import_file(content, uploaded.name, own_warehouse(load()), None, report)
        st.session_state[SAID] = said(done)
        st.session_state[f"{key}_turn"] = turn + 1
        st.rerun()


def _template(kind: str) -> bytes:
    from data.sources import maintenance

    return maintenance.template(kind)


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


def _preview(name: str, checked: "ImportReport") -> None:
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
        left_out(checked.bad)


def left_out(bad: "Sequence[BadRow]") -> None:
    """The rows that a file's reading left out, with the reason of each, and the same as a file."""
    from data.sources import maintenance

    _left_out([(row.sheet, row.line, row.reason, _told(row.values)) for row in bad])
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


def _left_out(rows: list[tuple[str, int, str, str]]) -> None:
    st.subheader("Rows left out", anchor=False)
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


def agreements(key: str = "agreements") -> None:
    """A file of agreements outside Stripe: template, check, then keep."""
    example = "Atelier Dupont,Growth,1050.00,eur,3,2026-01-01,,2026-03-31,bank transfer"
    st.download_button(
        "Download CSV template",
        f"{','.join(agreement_files.COLUMNS)}\n{example}\n".encode("utf-8-sig"),
        "agreements-template.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}_csv",
    )
    turn = st.session_state.setdefault(f"{key}_turn", 0)
    uploaded = st.file_uploader("CSV or Excel file", type=["csv", "xlsx"], key=f"{key}_file_{turn}")
    if uploaded is None:
        return
    with TemporaryDirectory(prefix="retainer-") as folder:
        path = Path(folder) / Path(uploaded.name).name
        path.write_bytes(uploaded.getvalue())
        good, bad = agreement_files.read_file(path)
        read, left = formats.count(len(good), "agreement"), formats.count(len(bad), "row")
        st.markdown(f"**{read} read, {left} left out.** Nothing has been kept yet.")
        if good:
            blocks.table(
                pd.DataFrame(good),
                {
                    column: column.replace("_", " ").capitalize()
                    for column in ("client", "tier", "currency", "months", "starts_on", "paid_until")
                },
                alt="Agreements as they were read",
                key="agreement_rows",
                rows=6,
            )
        for sentence in bad[:20]:
            st.caption(formats.plain(sentence))
        if good and st.button(f"Import {formats.count(len(good), 'agreement')}", type="primary", key=f"{key}_keep"):
            report = agreement_files.import_file(path, own_warehouse(load()))
            st.session_state[SAID] = formats.plain(report.lines()[0])
            st.session_state[f"{key}_turn"] = turn + 1
            st.rerun()
