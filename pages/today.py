"""Today: everything that is due, in one list, each thing with its one action (mission.md F1–F3)."""

import streamlit as st

from data.sources.titles import CARE
from pages.ui import blocks, due, first_steps, formats, warehouse

blocks.head("Today", "What is due now?")
settings, opened = warehouse.settings(), warehouse.shown()
left = first_steps.undone(settings, opened)
if opened.is_empty:
    st.markdown("Nothing has been brought in yet. Here everything that is due will stand, each thing with its one action.")
    first_steps.card(left, may_dismiss=False)
    due.proposals(due.read())
    st.stop()

found = due.read()
payments = [item for item in found.now if item.kind == "failed_payment"]
sites = [item for item in found.now if item.kind == "site_late"]
oldest = min((item.due_on for item in found.now), default=None)
following = found.later[0] if found.later else None
known = {sync["source"] for sync in opened.last_syncs() if sync["last_ok_at"]}
is_watched = not known.isdisjoint(CARE)
with st.grid(4, min_column_width=150):
    blocks.figure(
        "Due now", formats.count(len(found.now)), note=f"The oldest since {formats.date(oldest)}" if oldest else "All done"
    )
    blocks.figure(
        "To collect",
        due.stake(payments) if payments else "Nothing",
        note=formats.count(len(payments), "unpaid invoice"),
        help="Invoices whose charge failed, or that are past their due date.",
    )
    blocks.figure(
        "Sites late",
        formats.count(len(sites)) if is_watched else "No data",
        note=f"{due.stake(sites)} MRR of their clients" if sites else "Against the rules of care",
        help="Sites of clients that break one of the stated rules of care, as their records show.",
    )
    blocks.figure(
        "Coming up",
        formats.count(len(found.later)),
        note=f"Next on {formats.date(following.due_on)}" if following else "Nothing in sight",
    )
first_steps.card(left)

is_short = True
if found.now:
    st.markdown(f"**{formats.plain(due.finding(found))}**")
    is_short = due.groups(found)
else:
    with st.container(border=True, horizontal_alignment="center"):
        st.space("small")
        st.markdown("### :green[:material/task_alt:]", text_alignment="center")
        st.subheader("Nothing is due today", text_alignment="center", anchor=False)
        st.caption("Payments are in, sites are cared for, cards are good. Enjoy the quiet.", text_alignment="center")
        st.space("small")
due.coming_up(found, is_folded=not is_short)
due.set_aside(found)
first_steps.put_away(left)
unseen = ["No payments are watched: Stripe is not synced."] if "stripe" not in known else []
unseen += [] if is_watched else ["No sites are watched: there are no care data."]
blocks.foot(rules=unseen or ["An item goes away by itself once the data show that it is done."])
