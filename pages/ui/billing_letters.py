"""The letter that the address asks for, about an invoice, a card or a prepaid term: to copy, or as an .eml draft."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data import calendar
from data.due import payments, register
from data.settings import Settings
from pages.ui import due, email_desk, formats, languages, warehouse
from pages.ui.signed_in import reader
from proposals import billing_letters as letters
from proposals.billing_letters import Addressee
from proposals.email import Email
from proposals.language import codes
from proposals.sender import REGISTERS, Sender

TONES = {"friendly": "Friendly", "firm": "Firm", "final": "Last before suspension"}
ASKED = {"invoice": "invoice_id", "card": "client_id", "renewal": "agreement_id"}

DISPUTED = ("disputed", "charged_back")


def asked(settings: Settings, collections: pd.DataFrame, cards: pd.DataFrame, agreed: pd.DataFrame) -> None:
    """The letter about what `?invoice=`, `?card=` or `?renewal=` names, if there is such a thing; nothing otherwise."""
    for (what, column), frame in zip(ASKED.items(), (collections, cards, agreed), strict=True):
        key = str(st.query_params.get(what, ""))
        found = frame[frame[column] == key] if key else frame.head(0)
        if key and found.empty:
            st.info("That is settled: there is nothing to write about any more.", icon=":material/task_alt:")
        if len(found):
            with st.container(border=True):
                _letter(settings, what, {str(name): value for name, value in found.iloc[0].items()})


def opens(what: str, ids: pd.Series) -> Callable[[int], None]:
    """What a click on a row does: the letter about it opens above."""

    def opened(place: int) -> None:
        for other in ASKED:
            st.query_params.pop(other, None)
        st.query_params[what] = str(ids.iloc[place])

    return opened


def _letter(settings: Settings, what: str, row: dict[str, Any]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(formats.plain(f"Write to {row['client_name']}"), anchor=False, width="stretch")
        if st.button("Close the letter", icon=":material/close:", type="tertiary"):
            st.query_params.pop(what, None)
            st.rerun()
    email_desk.ask_name(settings)
    key, today = f"{what}:{row[ASKED[what]]}", due.read().today
    contacts = warehouse.metric("client_contacts")
    known: dict[Any, Any] = next(iter(contacts[contacts["client_id"] == row["client_id"]].to_dict("records")), {})
    spoken = next((code for code in (known.get("language"), settings.report_language) if code in codes()), "en")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = st.selectbox(
            "Language", list(codes()), list(codes()).index(spoken), format_func=languages.name, key=f"lang:{key}", width=150
        )
        register_ = st.selectbox(
            "Register", REGISTERS, REGISTERS.index(settings.register), format_func=str.capitalize, key=f"reg:{key}", width=150
        )
        write = _writer(settings, what, row, today, key)
    email = "" if formats.is_missing(known.get("email")) else str(known["email"])
    mail = write(Addressee(str(row["client_name"]), email, code), str(register_))
    st.code(f"{mail.subject}\n\n{mail.text}", language=None, wrap_lines=True)
    with st.container(horizontal=True):
        st.download_button(
            "Open as e-mail draft (.eml)",
            mail.eml,
            f"{what}.eml",
            "message/rfc822",
            icon=":material/drafts:",
            on_click="ignore",
        )
        item = _item(what, row)
        if item and st.button(
            calendar.KINDS[item.kind].done, icon=":material/check:", help="Takes it off Today; undo it there."
        ):
            register.mark(warehouse.shown(), item.id, "done", by=reader())
            st.rerun()


def _writer(settings: Settings, what: str, row: dict[str, Any], today: dt.date, key: str) -> Callable[[Addressee, str], Email]:
    sender = Sender.from_settings(settings)
    if what == "card":
        expires_on = dt.date.fromisoformat(str(row["expires_on"]))
        return lambda who, register: letters.card(
            who, sender, last4=str(row["card_last4"]), expires_on=expires_on, today=today, register=register
        )
    money = {"currency": str(row["currency"])}
    if what == "renewal":
        until = formats.as_day(row["paid_until"]) or today
        return lambda who, register: letters.renewal(
            who, sender, amount_minor=int(row["amount_minor"]), months=int(row["months"]), paid_until=until, today=today,
            register=register, **money,
        )  # fmt: skip
    since_on = dt.date.fromisoformat(str(row["since_on"]))
    if row["state"] in DISPUTED:
        return lambda who, register: letters.disputed(
            who, sender, invoice=str(row["invoice"]), amount_minor=int(row["amount_due_minor"]), since_on=since_on,
            is_lost=row["state"] == "charged_back", register=register, **money,
        )  # fmt: skip
    fitting = letters.tone_of(payments.step(since_on, today, settings))
    tone = str(
        st.selectbox(
            "Tone", list(TONES), list(TONES).index(fitting), format_func=TONES.__getitem__, key=f"tone:{key}", width=220
        )
    )
    has_agreement = tone == "friendly" or _has_agreement(str(row["client_id"]))
    if not has_agreement:
        st.caption("No signed agreement is on record, so the letter appeals to none.")
    return lambda who, register: letters.unpaid(
        who, sender, settings, tone=tone, invoice=str(row["invoice"]), amount_minor=int(row["amount_due_minor"]),
        since_on=since_on, today=today, next_try_on=formats.as_day(row["next_attempt_on"]),
        is_invoice=row["state"] == "overdue", has_agreement=has_agreement, register=register,
        **money,
    )  # fmt: skip


def _has_agreement(client_id: str) -> bool:
    agreed = warehouse.metric("agreement_coverage")
    return bool(((agreed["client_id"] == client_id) & agreed["revision"].notna()).any())


def _item(what: str, row: dict[str, Any]) -> calendar.DueItem | None:
    """The open item on Today that this letter does, if there is one."""
    found = due.read()
    return next((item for item in (*found.now, *found.later) if item.opens.get(what) == row[ASKED[what]]), None)
