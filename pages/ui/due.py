"""Due items on a page: read once per build, grouped by what is to be done, each with the one action that leads there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import streamlit as st

from data import calendar
from data.calendar import KINDS, Due, DueItem
from data.due import register
from data.due.register import Mark
from data.warehouse import Warehouse
from pages.ui import answer_first, due_rows, formats, warehouse

OPEN_ROWS = 12
WAITING = ("proposal_follow_up", "agreement_signature")


def read() -> Due:
    """What is due by the shown warehouse, cached until its next build."""
    opened = warehouse.shown()
    return _read(opened, str(opened.path), opened.version)


@st.cache_resource(ttl="5m", max_entries=10, show_spinner=False)
def _read(_opened: Warehouse, file: str, version: int) -> Due:
    return calendar.due(_opened)


def stake(items: Sequence[DueItem]) -> str:
    """What the items are about, as money: $1,350 and €200; a dash where no amount is known."""
    amounts = calendar.at_stake(items)
    return formats.listing([formats.money(amount, currency, short=True) for currency, amount in amounts.items()]) or "–"


def finding(due: Due) -> str:
    """The page's answer as a sentence."""
    if not due.now:
        return "Nothing is due today."
    first = KINDS[due.now[0].kind]
    owed = [item for item in due.now if item.kind == "failed_payment"]
    more = f", {stake(owed)} to collect" if owed else ""
    return f"{formats.count(len(due.now), 'thing')} to do{more}. First: {first.heading.lower()}."


def groups(due: Due) -> bool:
    """Everything due now, one block for each thing to do in the order of its weight; whether all of them stand open.

    Blocks are open while their rows together are OPEN_ROWS at most; from then on each is a line that says what is in it and
    opens at a click.
    """
    answer_first.pause()
    rows, is_short = 0, True
    for kind, found in groupby(due.now, key=lambda item: item.kind):
        items, task = list(found), KINDS[kind]
        told = _counted(items)
        rows += min(len(items), due_rows.SHOWN)
        if is_short and rows > OPEN_ROWS:
            is_short = False
            st.space("xsmall")
        if is_short:
            st.subheader(f"{task.heading} :small[:gray[{told}]]" if told else task.heading, anchor=False)
            due_rows.rows(items, due.today, kind)
        else:
            _folded(f"**{task.heading}** · {told or formats.plain(items[0].subject)}", items, due.today, kind)
    return is_short


def _counted(items: Sequence[DueItem]) -> str:
    """How many things of one kind there are and what they are about; nothing of one that may stand for many, and says so."""
    kind, amount = KINDS[items[0].kind], formats.plain(stake(items))
    owed = {"failed_payment": f", {amount} unpaid", "dispute": f", {amount} disputed", "renewal": f", {amount} to renew"}
    at_stake = owed.get(kind.id, f", {amount} MRR" if amount != "–" else "")
    return f"{formats.count(len(items), kind.noun)}{at_stake}" if len(items) > 1 or at_stake else ""


def _folded(label: str, items: Sequence[DueItem], today: date, name: str) -> None:
    """A line for a list whose rows are made once it is opened; it stays open until it is closed."""
    box = st.expander(f"{label} :gray-badge[{due_rows.when(items[0], today)}]", key=f"open:{name}", on_change="rerun")
    if box.open:
        with box:
            due_rows.rows(items, today, name, border=False)


def proposals(due: Due) -> None:
    """Proposals and agreements that wait for an answer, due or not: what there is before anything was brought in."""
    waiting = [item for item in (*due.now, *due.later) if item.kind in WAITING]
    if waiting:
        st.subheader("Waiting for an answer", anchor=False)
        due_rows.rows(waiting, due.today, "waiting")


def coming_up(due: Due, *, is_folded: bool = False) -> None:
    """What comes up, soonest first, and the proposals that wait for an answer; what comes up is a line where it is folded."""
    others = [item for item in due.later if item.kind not in WAITING]
    proposals(replace(due, now=()))
    if others and is_folded:
        _folded(f"**Coming up** · {formats.count(len(others))}, next", others, due.today, "coming_up")
        return
    st.subheader("Coming up", anchor=False)
    if others:
        due_rows.rows(others, due.today, "coming_up")
    else:
        st.markdown("Nothing in the next weeks.")


def set_aside(due: Due) -> None:
    """What was marked and the data still show, each with its undo, and what the data closed, with the reason."""
    if due.aside:
        label = f"Set aside by you: {formats.count(len(due.aside))}"
        box = st.expander(label, icon=":material/inventory_2:", key="set_aside", on_change="rerun")
        if box.open:
            with box:
                for item, mark in due.aside:
                    _aside(item, mark)
    if due.closed:
        with st.expander(f"Closed by the data in 30 days: {formats.count(len(due.closed))}", icon=":material/task_alt:"):
            said = [f"{formats.date(one.closed_at)} · {one.item.subject}: {one.why}" for one in due.closed[:30]]
            st.markdown("  \n".join(formats.plain(line) for line in said))


def _aside(item: DueItem, mark: Mark) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        until = f" until {formats.date(mark.until_on)}" if mark.until_on else ""
        by = f" by {mark.marked_by}" if mark.marked_by else ""
        marked = f"{mark.mark}{until}, {formats.date(mark.marked_at)}{by}"
        st.markdown(formats.plain(f"{item.subject}: {KINDS[item.kind].heading} – {marked}"), width="stretch")
        if st.button("Undo", key=f"undo:{item.id}", type="tertiary", icon=":material/undo:"):
            register.undo(warehouse.shown(), item.id)
            st.rerun()
