"""Due items on a page: read once per build, grouped by what is to be done, each with the one action that leads there."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

import streamlit as st

from data import calendar
from data.calendar import KINDS, Due, DueItem
from data.due import register
from data.warehouse import Warehouse
from pages.ui import answer_first, data_sentences, formats, links, warehouse
from pages.ui.signed_in import reader

SHOWN_OF_A_GROUP = 5
TEXT_WIDTH, WITH_A_LINK, BUTTON_WIDTH = 810, 650, 170
WAITING = ("proposal_follow_up", "agreement_signature")
SNOOZES = {"Snooze a day": timedelta(days=1), "Snooze a week": timedelta(days=7), "Snooze a month": timedelta(days=30)}


def read() -> Due:
    """What is due by the shown warehouse, cached until its next build."""
    opened = warehouse.shown()
    return _read(opened, str(opened.path), opened.version)


@st.cache_data(ttl="5m", max_entries=10, show_spinner=False)
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


def when(item: DueItem, today: date) -> str:
    """How late an item is, or when it comes."""
    late = item.days_late(today)
    if late > 0:
        return f"{formats.count(late, 'day')} late"
    return "today" if late == 0 else formats.date(item.due_on)


def groups(due: Due) -> None:
    """Everything due now: one block for each thing to do, in the order of its weight."""
    answer_first.pause()
    for kind, found in groupby(due.now, key=lambda item: item.kind):
        items, task = list(found), KINDS[kind]
        st.subheader(task.heading, anchor=False)
        amount = formats.plain(stake(items))
        owed = {"failed_payment": f", {amount} unpaid", "dispute": f", {amount} disputed", "renewal": f", {amount} to renew"}
        at_stake = owed.get(kind, f", {amount} MRR" if amount != "–" else "")
        if len(items) > 1 or at_stake:  # one item may stand for many, and says so itself
            st.caption(f"{formats.count(len(items), task.noun)}{at_stake}")
        _rows(items[:SHOWN_OF_A_GROUP], due.today)
        if len(items) > SHOWN_OF_A_GROUP:
            label = f"Show all {formats.count(len(items), task.noun)}"
            st.page_link(
                task.page,
                label=label,
                icon=":material/arrow_forward:",
                query_params={"state": "Late"} if kind == "site_late" else None,
            )


def proposals(due: Due) -> None:
    """Proposals and agreements that wait for an answer, due or not: what there is before anything was brought in."""
    waiting = [item for item in (*due.now, *due.later) if item.kind in WAITING]
    if waiting:
        st.subheader("Waiting for an answer", anchor=False)
        _rows(waiting, due.today)


def coming_up(due: Due) -> None:
    """What comes up, soonest first, and the proposals that wait for an answer."""
    others = [item for item in due.later if item.kind not in WAITING]
    proposals(replace(due, now=()))
    st.subheader("Coming up", anchor=False)
    if others:
        _rows(others[:8], due.today)
    else:
        st.markdown("Nothing in the next weeks.")


def _rows(items: Sequence[DueItem], today: date) -> None:
    with st.container(border=True, gap="small"):
        for item in items:
            _row(item, today)


def _row(item: DueItem, today: date) -> None:
    late = item.days_late(today)
    colour = "red" if late > 0 else "orange" if late == 0 else "gray"
    detail = formats.plain(data_sentences.as_people_write(item.detail))
    amount = f" · {formats.plain(formats.money(item.amount_minor, item.currency, short=True))}" if item.amount_minor else ""
    address = links.stripe(item.stripe_id)
    # Widths that fill the line, so that text and buttons stand in columns; on a telephone the text has the whole line.
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        st.markdown(
            f"**{formats.plain(item.subject)}**{amount} :{colour}-badge[{when(item, today)}]  \n{detail}",
            width=WITH_A_LINK if address else TEXT_WIDTH,
        )
        if chosen := _steps(item, address):
            _mark(item, chosen, today)


def _steps(item: DueItem, address: str | None) -> str | None:
    """What is behind the item, its one action, and what else can be said of it: the latter where it was chosen."""
    if address:
        st.link_button("Open invoice", address, type="tertiary", icon=":material/open_in_new:")
    if st.button(KINDS[item.kind].action, key=item.id, width=BUTTON_WIDTH):
        st.switch_page(KINDS[item.kind].page, query_params=dict(item.opens))
    return st.menu_button("More", _choices(item), icon=":material/more_horiz:", type="tertiary", key=f"mark:{item.id}")


def _choices(item: DueItem) -> list[str]:
    done = KINDS[item.kind].done
    return [*([done] if done else []), *SNOOZES, "Dismiss"]


def _mark(item: DueItem, chosen: str, today: date) -> None:
    """Keep what was said of the item, and draw the page without it."""
    opened = warehouse.shown()
    if chosen in SNOOZES:
        until_on = max(item.due_on, today) + SNOOZES[chosen]
        register.mark(opened, item.id, "snoozed", by=reader(), until_on=until_on)
    else:
        register.mark(opened, item.id, "dismissed" if chosen == "Dismiss" else "done", by=reader())
    st.rerun()


def set_aside(due: Due) -> None:
    """What was marked and the data still show, each with its undo, and what the data closed, with the reason."""
    if due.aside:
        with st.expander(f"Set aside by you: {formats.count(len(due.aside))}", icon=":material/inventory_2:"):
            for item, mark in due.aside:
                with st.container(horizontal=True, vertical_alignment="center"):
                    until = f" until {formats.date(mark.until_on)}" if mark.until_on else ""
                    by = f" by {mark.marked_by}" if mark.marked_by else ""
                    marked = f"{mark.mark}{until}, {formats.date(mark.marked_at)}{by}"
                    st.markdown(formats.plain(f"{item.subject}: {KINDS[item.kind].heading} – {marked}"), width="stretch")
                    if st.button("Undo", key=f"undo:{item.id}", type="tertiary", icon=":material/undo:"):
                        register.undo(warehouse.shown(), item.id)
                        st.rerun()
    if due.closed:
        with st.expander(f"Closed by the data in 30 days: {formats.count(len(due.closed))}", icon=":material/task_alt:"):
            for one in due.closed[:30]:
                st.markdown(formats.plain(f"{formats.date(one.closed_at)} · {one.item.subject}: {one.why}"))
