"""Bringing files in: choose, see what would be kept and what not with the reason, keep it; the templates to fill in."""

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
    from collections.abc import Sequence

    from data.sources.files import BadRow, ImportReport

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = "import_said"
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
    with st.spinner("Checking the file"):
        checked = maintenance.import_file(content, uploaded.name)
    _preview(content, uploaded.name, checked)
    if checked.good_rows and st.button(f"Import {formats.count(checked.good_rows, 'row')}", type="primary", key=f"{key}_keep"):
        with st.spinner("Importing and rebuilding the figures"):
            report = maintenance.import_file(content, uploaded.name, own_warehouse(load()))
        st.session_state[SAID] = formats.plain(report.lines()[0])
        st.session_state[f"{key}_turn"] = turn + 1
        st.rerun()


def _template(kind: str) -> bytes:
    from data.sources import maintenance

    return maintenance.template(kind)


def _preview(content: bytes, name: str, checked: "ImportReport") -> None:
    from data.sources import maintenance

    good, bad = formats.count(checked.good_rows, "good row"), formats.count(checked.bad_rows, "row")
    st.markdown(f"**{formats.plain(name)}: {good}, {bad} left out.** Nothing has been kept yet.")
    for remark in checked.remarks:
        st.caption(formats.plain(remark))
    records = maintenance.read_records(content, name).records if checked.good_rows else {}
    found = {entity: rows for entity, rows in records.items() if rows}
    if found:
        entity = st.segmented_control(
            "Good rows of", list(found), default=next(iter(found)), required=True, format_func=str.capitalize, key="preview_of"
        )
        rows = found.get(str(entity), [])
        frame = pd.DataFrame(rows[:200]).drop(columns=["id"]).dropna(axis="columns", how="all")
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
        if len(rows) > len(frame):
            st.caption(f"The first {formats.count(len(frame))} of {formats.count(len(rows))}.")
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
