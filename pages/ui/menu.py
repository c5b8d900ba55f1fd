"""The pages of the dashboard and the menu that they stand in; a page is in the menu as soon as its file exists."""

from copy import copy
from functools import cache
from typing import Any

import streamlit as st

from pages.ui import states

# Pages of the first opening, in no menu and before any warehouse: file and title.
FIRST = (("welcome.py", "Welcome"), ("connect.py", "Connect Stripe"))

# Section → pages of it: file, title, icon, what it is for. A page that is not there yet is not in the menu.
MENU = {
    "": [("today.py", "Today", "today", "Everything that is due, one list.")],
    "Revenue": [
        ("revenue.py", "Review", "monitoring", "What changed this month, and why."),
        ("churn.py", "Churn", "logout", "Who leaves, why, and who might be next."),
        ("tiers.py", "Tiers", "stacks", "What each tier earns, and how clients move between tiers."),
        ("reconcile.py", "Reconcile", "compare_arrows", "Where another tool and we differ, and which rule makes it so."),
        ("what_if.py", "What-if", "tune", "What a new price would bring, on today's clients."),
    ],
    "Clients": [
        ("clients.py", "Clients", "group", "Every client with standing, tier and history."),
        ("maintenance.py", "Care", "health_and_safety", "State of every site: updates, backups, incidents, hours."),
        ("weekly_round.py", "Weekly round", "event_repeat", "Updates made and off-site backups seen, week by week."),
        ("effort.py", "Effort", "timer", "Hours, costs and what an hour brings, client by client."),
        ("care_reports.py", "Care reports", "outgoing_mail", "What each client hears of your work, month by month."),
        ("billing.py", "Billing", "payments", "What is owed, what comes in, who has to be reminded."),
        ("agreements.py", "Agreements", "contract", "Who has signed what: contracts with their revisions."),
    ],
    "Sales": [
        ("call.py", "Call", "call", "The nine steps of a sales call, to type into."),
        ("proposal.py", "Proposals", "draft", "From call notes to a three-tier proposal."),
    ],
    "Data": [
        ("sources.py", "Sources", "sync", "Connect, import and sync; how fresh each source is."),
        ("glossary.py", "Glossary", "menu_book", "What each figure means."),
    ],
}


def sections(*, is_first_opening: bool) -> dict[str, list[st.Page]]:
    """Sections and pages as Streamlit wants them; the bare address leads to Today, at a first opening to the welcome."""
    pages = {
        section: [
            _page(file, title=title, icon=f":material/{icon}:", help=about)
            for file, title, icon, about in entries
            if states.is_there(file)
        ]
        for section, entries in MENU.items()
    }
    hidden = [_page(file, title=title, visibility="hidden") for file, title in FIRST]
    first = hidden[0] if is_first_opening else next(page for entries in pages.values() for page in entries)
    # The default page has no address of its own, so a link to it would be “not found”: a hidden one leads there.
    start = st.Page(lambda: st.switch_page(first), title="Retainer Desk", url_path="start", default=True, visibility="hidden")
    pages[""] = [start, *pages[""], *hidden]
    return {section: entries for section, entries in pages.items() if entries}


def _page(file: str, **about: Any) -> st.Page:
    return copy(_made(file, **about))  # of its own for each run, since Streamlit notes on it which one is shown


@cache
def _made(file: str, **about: Any) -> st.Page:
    return st.Page(file, **about)
