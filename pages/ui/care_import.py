"""Bringing in a file of care: the template to fill in, the file, what it holds, and keeping it."""

from functools import partial

import streamlit as st

from data.refresh import own_warehouse
from data.settings import load
from pages.ui import file_box, formats, uploads

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(key: str = "care") -> None:
    """A file of sites, updates, backups, incidents and hours: template, check, then keep."""
    with st.container(horizontal=True):
        for title, kind, mime in (("Excel", "xlsx", EXCEL), ("CSV", "csv", "text/csv")):
            make = partial(_template, kind)
            file_box.template(f"Download {title} template", make, f"maintenance-template.{kind}", mime, f"{key}_{kind}")
    uploaded = file_box.ask("CSV or Excel file", ["csv", "xlsx"], key)
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
        file_box.empty(key, uploads.said(done))


def _template(kind: str) -> bytes:
    from data.sources import maintenance

    return maintenance.template(kind)
