"""Rows of due items: what each is about, its one action, and what else can be said of it; long lists are folded."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from data.calendar import KINDS, DueItem
from data.due import register
from pages.ui import data_sentences, formats, links, warehouse
from pages.ui.once import once
from pages.ui.signed_in import reader

SHOWN, MORE = 5, 20
TEXT_WIDTH, WITH_A_LINK, BUTTON_WIDTH = 810, 650, 170
SNOOZES = {"Snooze a day": timedelta(days=1), "Snooze a week": timedelta(days=7), "Snooze a month": timedelta(days=30)}


def when(item: DueItem, today: date) -> str:
    """How late an item is, or when it comes."""
    late = item.days_late(today)
    if late > 0:
        return f"{formats.count(late, 'day')} late"
    return "today" if late == 0 else formats.date(item.due_on)


def rows(items: Sequence[DueItem], today: date, name: str, *, border: bool = True) -> None:
    """The first SHOWN items, and a button for MORE at a time; how many are open is kept under the list's `name`."""
    opened = f"shown:{name}"
    shown = int(st.session_state.get(opened, SHOWN))
    with st.container(border=border, gap="small"):
        for item in items[:shown]:
            _row(item, today)
    if rest := len(items[shown:]):
        st.button(
            f"Show {formats.count(min(rest, MORE))} more",
            key=f"more:{name}",
            icon=":material/expand_more:",
            type="tertiary",
            on_click=st.session_state.update,
            args=({opened: shown + MORE},),
        )


def _row(item: DueItem, today: date) -> None:
    address = links.stripe(item.stripe_id)
    # Widths that fill the line, so that text and buttons stand in columns; on a telephone the text has the whole line.
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        st.markdown(_told(item, today), width=WITH_A_LINK if address else TEXT_WIDTH)
        if chosen := _steps(item, address):
            _mark(item, chosen, today)


@once
def _told(item: DueItem, today: date) -> str:
    late = item.days_late(today)
    colour = "red" if late > 0 else "orange" if late == 0 else "gray"
    detail = formats.plain(data_sentences.as_people_write(item.detail))
    amount = f" · {formats.plain(formats.money(item.amount_minor, item.currency, short=True))}" if item.amount_minor else ""
    return f"**{formats.plain(item.subject)}**{amount} :{colour}-badge[{when(item, today)}]  \n{detail}"


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
