"""A security notice (mission.md F30): what happened, what was done, and that the client needn't worry."""

from datetime import date
from typing import Any

from data.errors import InputError
from proposals import template
from proposals.care_report.addressee import Addressee
from proposals.care_report.report import Report
from proposals.care_report.words import Words
from proposals.email import compose
from proposals.sender import Sender, checked_register
from proposals.wording import plain

KINDS = ("security", "security_update")


def notice(event: dict[str, Any], to: Addressee, sender: Sender, language_code: str | None = None) -> Report:
    """The notice of a row of the metric `care_events`: an attack, or an update that closed a security hole.

    Only what the row says is told. The record's own summary is the user's note: it is not sent, but `facts` keeps it.
    InputError where the row is of another kind.
    """
    if event["kind"] not in KINDS:
        raise InputError("Of this there is no security notice.", "Choose an attack, or an update made for security.")
    words = Words(language_code or to.language, checked_register(sender.register))
    happened_on = date.fromisoformat(str(event["happened_on"]))
    site, is_attack = plain(str(event["site"])), event["kind"] == "security"
    component = "" if is_attack else plain(str(event["summary"] or ""))
    values = {
        "subject": words.say("notice_subject_attack" if is_attack else "notice_subject_update", site=site),
        "greeting": words.say("greeting_name", name=to.greeted) if to.greeted else words.say("greeting"),
        "is_attack": is_attack,
        "is_over": bool(event["is_over"]),
        "site": site,
        "day": words.day(happened_on),
        "component": component,
        "signature": sender.signature,
        "v": template.voice(words.register),
    }
    subject, blocks = template.render("security_notice", words.language.code, values, sender.home)
    names = (site, component, plain(to.name))
    email = compose(subject, blocks, words.language, words.register, sender, to.mailbox, names)
    return Report(
        kind="notice",
        report_id=f"{to.client_id}:notice:{event['event_id']}",
        client_id=to.client_id,
        client_name=to.name,
        period=f"{happened_on:%Y-%m}",
        starts_on=happened_on,
        ends_on=happened_on,
        dated_on=happened_on,
        title=words.say("notice_title"),
        tiles=(),
        email=email,
        blocks=template.blocks(email.source)[1],
        names=names,
        facts={str(name): None if value != value else value for name, value in event.items()},
        page_words=words.table["page"],
    )
