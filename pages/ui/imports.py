"""Bringing in a file of care: the template to fill in, the file, what it holds, and keeping it; and what an import brought."""

import streamlit as st

from data.refresh import own_warehouse
from data.settings import load
from pages.ui import formats, uploads

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAID = "import_said"


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

    content, name = uploaded.getvalue(), uploaded.name
    checked = uploads.check((uploaded.file_id,), lambda report: maintenance.import_file(content, name, None, None, report))
    uploads.preview(name, checked)
    if checked.good_rows and st.button(f"Import {formats.count(checked.good_rows, 'row')}", type="primary", key=f"{key}_keep"):
        with uploads.progress("Importing") as report:
            done = maintenance.import_file(content, name, own_warehouse(load()), None, report)
        st.session_state[SAID] = uploads.said(done)
        st.session_state[f"{key}_turn"] = turn + 1
        st.rerun()


def _template(kind: str) -> bytes:
    from data.sources import maintenance

    return maintenance.template(kind)
