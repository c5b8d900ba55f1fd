"""The e-mail on a page: language, preview, the text to edit under the discount guard, and its ways out: copy, .eml, .txt."""

from dataclasses import replace

import streamlit as st

from data import settings as settings_module
from data.errors import AppError
from data.settings import Settings
from pages.ui import client_view, copy_buttons, languages, states
from pages.ui.brief_words import OBJECTIONS
from proposals import objections
from proposals.email import Email, email, rewritten
from proposals.offer import Offer, brief_language
from proposals.own_template import OwnTemplateError
from proposals.sender import Sender

SHIPPED = "shipped_templates"  # the user's own templates are passed over until the tab is closed


def ask_name(settings: Settings) -> None:
    """Ask once who writes, and keep it in the settings."""
    if settings.sender_name:
        return
    with st.form("sender"), st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Your name, as e-mails are signed", width=260)
        company = st.text_input("Trading name (may be empty)", settings.sender_company, width=260)
        if st.form_submit_button("Save name", type="primary") and str(name or "").strip():
            settings_module.save(settings, sender_name=str(name).strip(), sender_company=str(company or "").strip())
            st.rerun()


def written(made: Offer, settings: Settings) -> Email | None:
    """The e-mail in the chosen language and register, as edited; None, with the reason shown, while it can't be used."""
    sender = _sender(settings)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = languages.choose(
            "Language of the e-mail", brief_language(made.brief), f"language_{made.brief.language}", is_kept=True
        )
        register = languages.choose_register(code, settings, f"register_{code}")
    try:
        fresh = email(made, sender, code, register)
    except AppError as error:
        _say(error, "mail")
        return None
    return _edited(fresh, made, sender)


def _sender(settings: Settings) -> Sender:
    """Who writes; without templates of their own where they chose the shipped ones for now."""
    sender = Sender.from_settings(settings)
    return replace(sender, home=None) if st.session_state.get(SHIPPED) else sender


def _say(error: AppError, key: str) -> None:
    """What is wrong; where it is the user's own template, with the way back to the shipped one."""
    states.show_error(error)
    if isinstance(error, OwnTemplateError) and st.button("Use the shipped templates for now", key=f"shipped_{key}"):
        st.session_state[SHIPPED] = True
        st.rerun()


def _edited(fresh: Email, made: Offer, sender: Sender) -> Email | None:
    view = st.segmented_control("View", ["Preview", "Edit text"], default="Preview", required=True, key="email_view")
    edit = st.session_state.setdefault("email_edit", {"base": fresh.source, "text": fresh.source})
    if edit["text"] in (edit["base"], fresh.source):
        edit.update(base=fresh.source, text=fresh.source)
    elif edit["base"] != fresh.source:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.warning("Notes, offer or language have changed since you edited this text.", width="stretch")
            if st.button("Write it anew", key="anew"):
                edit.update(base=fresh.source, text=fresh.source)
                st.rerun()
    if view == "Edit text":
        st.caption("The first line is the subject. ## heads a part, ### an option, - an item; an empty line parts paragraphs.")
        text = st.text_area("Text of the e-mail", edit["text"], height=560, key=f"email_text_{hash(edit['base'])}")
        edit["text"] = str(text or "")
    try:
        mail = fresh if edit["text"] == fresh.source else rewritten(edit["text"], fresh, made, sender)
    except AppError as error:
        states.show_error(error)
        st.caption("Mend the text to copy or download it.")
        return None
    if view != "Edit text":
        preview(mail)
    return mail


def preview(mail: Email) -> None:
    """The e-mail as the client sees it, in a frame of its own."""
    client_view.show(mail.subject, mail.html, "The e-mail as the client sees it", width=720, height=620)


def ways_out(mail: Email, name: str = "proposal") -> None:
    """Copy as rich or plain text, download as a draft or as text by that file name, and the plain text to read."""
    copy_buttons.show(mail, f"copy_{name}")
    with st.container(horizontal=True):
        st.download_button(
            "Download draft (.eml)",
            mail.eml,
            f"{name}.eml",
            "message/rfc822",
            type="primary",
            icon=":material/mail:",
            on_click="ignore",
            help="Opens as an unsent draft in Outlook, Thunderbird or Apple Mail.",
        )
        st.download_button(
            "Download text (.txt)", mail.text.encode(), f"{name}.txt", "text/plain", icon=":material/notes:", on_click="ignore"
        )
    with st.expander("Plain text", icon=":material/notes:"):
        st.code(f"{mail.subject}\n\n{mail.text}", language=None, wrap_lines=True)


def replies(made: Offer, mail: Email, settings: Settings) -> None:
    """For each objection heard, the answer to it as a second short e-mail (R15–R19): value is added, the price stands."""
    for kind in made.added_value:
        with st.expander(f"Reply to the objection: {OBJECTIONS[kind].lower()}", icon=":material/reply:"):
            try:
                answer = objections.reply(made, kind, _sender(settings), mail.language, mail.register)
            except AppError as error:
                _say(error, kind)
                continue
            copy_buttons.show(answer, f"copy_{kind}")
            st.code(f"{answer.subject}\n\n{answer.text}", language=None, wrap_lines=True)
            st.download_button(
                "Download reply (.eml)",
                answer.eml,
                f"reply-{kind}.eml",
                "message/rfc822",
                icon=":material/mail:",
                on_click="ignore",
                key=f"eml_{kind}",
            )
