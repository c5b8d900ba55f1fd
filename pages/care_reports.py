"""Care reports: what each client hears of the work, month by month; looked at, edited, marked as sent (F28–F31, R23, R24)."""

import streamlit as st

from pages.ui import blocks, notice_desk, report_desk, report_habits, report_list, reports_sent, warehouse

QUESTION = "What does each client hear of my work, and was anything promised missed?"
NOTHING_SENT = "Nothing is sent by itself: your mail program sends, and what you mark as sent is frozen on record."
if notice := str(st.query_params.get("notice", "")):
    notice_desk.show(notice)
    blocks.foot(rules=[NOTHING_SENT])
    st.stop()
if client := str(st.query_params.get("client", "")):
    report_desk.show(client, str(st.query_params.get("period", "")))
    blocks.foot(rules=["A figure stands in a report only where a row says it; what is not recorded is left out.", NOTHING_SENT])
    st.stop()

blocks.head("Care reports", QUESTION)
owed = warehouse.metric("care_reports")
sent = warehouse.metric("care_reports_sent")
if owed.empty and sent.empty:
    report_list.empty()
else:
    report_list.figures(owed, sent)
    report_list.due(owed)
notice_desk.waiting()
report_habits.show()
reports_sent.show(sent)
blocks.foot(rules=["A client has a report where care is recorded for the period, or something was agreed.", NOTHING_SENT])
