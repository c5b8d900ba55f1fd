"""The command line of agreements: `python -m proposals agreement list | show | draft | revise | send | sign | …`.

It writes where the dashboard does, by the rules of `record`. What was asked for goes to standard output, words to stderr.
"""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import metrics, tables, warehouse
from data.errors import InputError
from data.pricing import price_book
from data.refresh import own_warehouse
from data.settings import Settings
from proposals.agreement import difference, drafting, entered, given, notice, record, register, reviews, samples, standing
from proposals.agreement.known import Known, known_client
from proposals.agreement.standing import Agreement
from proposals.agreement.terms import Party, Terms
from proposals.sender import Sender

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Run = Callable[[argparse.Namespace, "Warehouse"], None]


def add_to(commands: Any) -> None:
    """Add `agreement` with its own commands to a parser's."""
    parser = commands.add_parser("agreement", help="agreements with clients: draft, send, sign, revise, print")
    steps = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def step(name: str, about: str, run: Run, *, known: bool = True) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = steps.add_parser(name, help=about)
        made.set_defaults(run=lambda options, settings: run(options, _opened(settings)))
        if known:
            made.add_argument("id", metavar="ID", help="agreement, as A2026-001")
        return made

    listing = step("list", "every agreement and revision", _list, known=False)
    listing.add_argument("--format", choices=("table", "csv", "json"), default="table")
    showing = step("show", "one agreement: its revisions, and the terms to go on with", _show)
    showing.add_argument("--format", choices=("text", "json"), default="text", help="json: the terms, as --terms reads them")
    entered.options(step("draft", "draft a new agreement", _draft, known=False), is_new=True)
    entered.options(step("revise", "change the draft, or begin the next revision", _revise), is_new=False)
    sending = step("send", "freeze the draft as sent", _send)
    sending.add_argument("--author", required=True, help="who made this revision")
    sending.add_argument("--note", required=True, help="what changed, for the change log")
    signing = step("sign", "put the client's signature on record", _sign)
    signing.add_argument("--by", required=True, help="who signed")
    signing.add_argument("--file", type=Path, help="scan of the signed copy")
    signing.add_argument("--note", default="", help="where the signed copy is kept")
    signing.add_argument("--revision", type=int, help="revision that was signed (default: the one sent last)")
    ending = step("end", "the agreement ended, or was refused", _end)
    ending.add_argument("--reason", required=True)
    reviewing = step("review", "a lawyer has reviewed the wording", _review)
    reviewing.add_argument("--by", required=True, help="the lawyer's name")
    for dated in (sending, signing, ending, reviewing):
        dated.add_argument("--on", type=given.day, help="day, as 2026-01-15 (default: today)")
    linking = step("client", "say which client an agreement is with", _client)
    linking.add_argument("client", metavar="CLIENT", help="client_id, or - for the one that the agreement names")
    comparing = step("diff", "what changed between two revisions, word by word", _diff)
    comparing.add_argument("--from", dest="before", type=int, help="revision (default: the one before)")
    comparing.add_argument("--to", dest="after", type=int, help="revision (default: the draft, else the one sent last)")
    printing = step("pdf", "write the PDF of a revision, or of the draft", _pdf)
    telling = step("notice", "write the e-mail that tells the client of a revision, with its PDF", _notice)
    for one in (printing, telling):
        one.add_argument("--revision", type=int, help="revision (default: the one sent last)")
    printing.add_argument("--draft", action="store_true", help="the draft instead")
    packing = step("zip", "write the register and all PDFs into one archive", _zip, known=False)
    for writing in (printing, telling, packing):
        writing.add_argument("--out", required=True, type=Path, metavar="FILE")


def _opened(settings: Settings) -> "Warehouse":
    if settings.show == "demo":
        opened = warehouse.shared(settings)
        samples.seed(opened)
        return opened
    return own_warehouse(settings)


def _list(options: argparse.Namespace, opened: "Warehouse") -> None:
    frame = metrics.read(opened, "agreement_register")
    if frame.empty:
        _say("No agreement is on record.")
    if options.format == "table":
        frame = frame[
            ["agreement_id", "revision", "state", "client_name", "tier", "monthly_minor", "currency", "sent_on", "signed_on"]
        ]
    sys.stdout.write(tables.write(frame, options.format))


def _show(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    terms = _terms(agreement)
    if options.format == "json":
        print(json.dumps(terms.to_dict(), ensure_ascii=False, indent=1))
        return
    print(f"{agreement.id}  {terms.client.name or 'no name yet'}  {terms.tier}  {terms.monthly_minor} {terms.currency} a month")
    for one in agreement.revisions:
        signed = f", signed on {one.signed.on} by {one.signed.detail['by']}" if one.signed else ""
        print(
            f"revision {one.number}  {one.state}  sent on {one.sent.on}{signed}  {one.sha256}  "
            f"{one.change.author}: {one.change.note}"
        )
    if agreement.draft:
        missing = agreement.draft.missing()
        lacks = f"  lacks {', '.join(missing)}" if missing else ""
        print(f"revision {len(agreement.revisions) + 1}  draft{lacks}")
    _say("Everything on record fits its SHA-256." if agreement.is_intact else "Changed outside Retainer Desk.")
    _advise(opened, terms)


def _draft(options: argparse.Namespace, opened: "Warehouse") -> None:
    settings, today = opened.settings, opened.today
    starts_on = options.starts_on or today
    if options.proposal:
        made = drafting.from_proposal(opened, settings, options.proposal, starts_on=starts_on)
        made = drafting.with_tier(made, options.tier, settings) if options.tier else made
        made = drafting.in_language(made, options.language, settings) if options.language else made
    else:
        client = known_client(opened, options.client) if options.client else Known(Party(), "en")
        book = price_book.load(settings.price_book, settings.home)
        made = drafting.by_hand(
            settings, language=options.language or client.language, tier_id=options.tier, client=client.party,
            client_id=options.client, starts_on=starts_on, book=book, **client.fee(options.tier, book),
        )  # fmt: skip
    made = entered.changed(made, options)
    print(record.save_draft(opened, made))
    if made.missing():
        _say(f"Before it can be sent it needs {', '.join(made.missing())}.")
    _advise(opened, made)


def _revise(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    terms = _terms(agreement)
    settings = opened.settings
    terms = drafting.filled(terms, settings)
    if options.tier:
        terms = drafting.with_tier(terms, options.tier, settings)
    if options.language and options.language != terms.language:
        terms = drafting.in_language(terms, options.language, settings)
    if options.client:
        terms = replace(terms, client_id=options.client)
    terms = entered.changed(terms, options)
    record.save_draft(opened, terms, options.id, seen=agreement.token)
    print(f"{options.id} revision {len(agreement.revisions) + 1} draft")


def _send(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    sent = record.send(
        opened, options.id, author=options.author, note=options.note, on=_on(options, opened), seen=agreement.token
    )
    print(f"{options.id} revision {sent.number} sent {sent.sha256}")
    _say("It is frozen. Nothing was sent to anybody: `agreement notice` writes the e-mail, your mail program sends it.")


def _sign(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    number = options.revision or (agreement.newest.number if agreement.newest else 0)
    scan = (options.file.name, given.content(options.file)) if options.file else None
    record.sign(
        opened, options.id, number, by=options.by, on=_on(options, opened), note=options.note, scan=scan, seen=agreement.token
    )
    print(f"{options.id} revision {number} signed")


def _end(options: argparse.Namespace, opened: "Warehouse") -> None:
    record.end(opened, options.id, on=_on(options, opened), reason=options.reason)
    print(f"{options.id} ended")


def _review(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    terms = _terms(agreement)
    review = reviews.add(opened, terms, options.by, _on(options, opened))
    _say(f"This wording ({terms.language}) stands as reviewed by {review.reviewer} on {review.on}.")
    _say("Another wording needs another review.")


def _client(options: argparse.Namespace, opened: "Warehouse") -> None:
    record.choose_client(opened, options.id, None if options.client == "-" else options.client)


def _diff(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    last, is_to_draft = _last(agreement), options.after is None and agreement.draft is not None
    after = options.after or last
    draft = record.composed(opened, agreement, "", "", opened.today, is_draft=True) if is_to_draft else None
    later = draft or agreement.revision(after).document
    before = options.before or (last if is_to_draft else after - 1)
    if not before:
        raise InputError(f"Only revision 1 of agreement {agreement.id} was sent.", "There is none to compare it with.")
    changed = difference.parts(agreement.revision(before).document, later)
    print(difference.as_text(changed) if changed else "Nothing differs.")


def _pdf(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    if options.draft:
        content = record.draft_pdf(opened, agreement, opened.today)
    else:
        content = standing.printed(opened, agreement.id, options.revision or _last(agreement))
    given.write(options.out, content)


def _notice(options: argparse.Namespace, opened: "Warehouse") -> None:
    agreement = standing.read(opened, options.id)
    revision = agreement.revision(options.revision or _last(agreement))
    given.write(options.out, notice.message(opened, agreement, revision, Sender.from_settings(opened.settings)))


def _zip(options: argparse.Namespace, opened: "Warehouse") -> None:
    given.write(options.out, register.zipped(opened))


def _terms(agreement: Agreement) -> Terms:
    if agreement.terms is None:
        raise InputError(f"Agreement {agreement.id} holds nothing; its draft was discarded.", "Draft a new one.")
    return agreement.terms


def _last(agreement: Agreement) -> int:
    if agreement.newest is None:
        raise InputError(f"Nothing of agreement {agreement.id} was sent.", "Use --draft for the draft.")
    return agreement.newest.number


def _advise(opened: "Warehouse", terms: Terms) -> None:
    if reviews.standing(opened, terms) is None:
        _say("A template, not legal advice: have a lawyer review it (F17).")
    for advice in drafting.advice(terms):
        _say(advice)


def _on(options: argparse.Namespace, opened: "Warehouse") -> dt.date:
    day: dt.date = options.on or opened.today
    return day


def _say(text: str) -> None:
    print(text, file=sys.stderr)
