"""Bringing in what another tool exports: which tool, what its file doesn't say, the check, and only then the import."""

from typing import TYPE_CHECKING, Any

import streamlit as st

from data import imports as kinds_of_file
from data.errors import AppError, InputError
from data.refresh import own_warehouse
from data.settings import load
from data.sources.maintenance.layout import kinds
from pages.ui import file_box, formats, states, uploads

if TYPE_CHECKING:
    from data.sources.files import Hints

TOOLS = ("time", "child_reports", "wp_cli", "updraft", "spreadsheet")
ORDERS = {"": "As the file shows", "dmy": "Day first", "mdy": "Month first"}
SIGNS = {"": "As the file shows", "comma": "Comma", "point": "Point"}


def show() -> None:
    """The whole section: choose the tool and its file, answer what is asked, see what would be kept, keep it."""
    kind = str(
        st.selectbox(
            "Which file is it?", TOOLS, format_func=lambda name: kinds_of_file.KINDS[name].title, key="tool", width=420
        )
    )
    types = ["csv", "xlsx"] if kind in ("time", "spreadsheet") else ["csv"] if kind == "child_reports" else ["json", "txt"]
    uploaded = file_box.ask("File", types, f"tool_{kind}")
    if uploaded is None:
        st.caption("The same file again makes no doubles; rows that can’t be read are listed, and the others kept.")
        return
    content = uploaded.getvalue()
    hints = _asked(kind, content, uploaded.name)
    if hints is None:
        return
    try:
        key = (uploaded.file_id, kind, hints.site, hints.date_order, hints.decimal, hints.entity, tuple(hints.columns.items()))
        checked = uploads.check(key, lambda report: kinds_of_file.take(kind, content, uploaded.name, None, hints, report))
    except InputError as error:
        states.show_error(_for_the_page(error))
        return
    uploads.preview(uploaded.name, checked)
    if checked.good_rows and st.button(f"Import {formats.count(checked.good_rows, 'row')}", type="primary", key="tool_keep"):
        with uploads.progress("Importing") as report:
            done = kinds_of_file.take(kind, content, uploaded.name, own_warehouse(load()), hints, report)
        file_box.empty(f"tool_{kind}", uploads.said(done))


def _for_the_page(error: InputError) -> AppError:
    """The same complaint, with a hint for somebody who has fields in place of flags."""
    return AppError(error.title, "Choose it above." if "--" in error.hint else error.hint)


def _asked(kind: str, content: bytes, name: str) -> "Hints | None":
    """What the user says of the file; None while something needed is missing."""
    from data.sources.files import Hints

    asks = kinds_of_file.KINDS[kind].asks
    if "columns" in asks:
        return _columns(content, name)
    site = order = sign = ""
    if "site" in asks:
        site = str(st.text_input("Site", _site_in(name), placeholder="example.com", width=320) or "")
        if not site:
            st.caption("The file doesn’t say which site it is about.")
            return None
    if "habits" in asks:
        with st.container(horizontal=True):
            order = str(st.selectbox("Dates such as 03/04/2026", list(ORDERS), format_func=ORDERS.__getitem__, width=220))
            sign = str(st.selectbox("Decimal sign", list(SIGNS), format_func=SIGNS.__getitem__, width=220))
    return Hints(site=site, date_order=order, decimal=sign)


def _site_in(name: str) -> str:
    from data.sources.site_files import site_of

    try:
        return site_of(name)
    except InputError:
        return ""


def _columns(content: bytes, name: str) -> "Hints | None":
    """The columns of a spreadsheet as mapped before for these headings, or as chosen here."""
    from data.sources import spreadsheet
    from data.sources.files import Hints

    settings = load()
    try:
        rows = spreadsheet.first_rows(content, name)
    except InputError as error:
        states.show_error(error)
        return None
    find = spreadsheet.remembered(own_warehouse(settings) if settings.own_warehouse.exists() else None)
    known = next((found for row in rows if (found := find(row))), None)
    headings = [heading for heading in spreadsheet.headings_of(content, name, known) if heading]
    if known:
        st.caption("These headings are known: the columns stand as you mapped them.")
    entities = list(kinds())
    place = entities.index(known.entity) if known else entities.index("hours")
    entity = str(st.selectbox("What is a row?", entities, place, format_func=str.capitalize, width=220))
    kind = kinds()[entity]
    needed = {*kind.required, *(name for group in kind.needs_one for name in group)}
    chosen: dict[str, Any] = {}
    with st.grid(3, min_column_width=220):
        for column in sorted(kind.columns, key=lambda column: column not in needed):
            before = known.columns.get(column) if known and known.entity == entity else None
            label = kind.columns[column].heading.replace("_", " ").capitalize()
            index = headings.index(before) if before in headings else None
            chosen[column] = st.selectbox(label, headings, index, placeholder="No column", key=f"map_{name}_{entity}_{column}")
    columns = {column: str(heading) for column, heading in chosen.items() if heading}
    if not columns:
        st.caption("Choose which of the file’s columns holds what; you do this once for these headings.")
        return None
    return Hints(entity=entity, columns=columns)
