"""The command line of what we write to clients: `python -m proposals brief | draft | price-change | agreement | report`.

What was asked for goes to standard output; an error is one sentence and a hint on standard error, exit code 2.
"""

import argparse
import datetime as dt
import json
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from data import settings as settings_store
from data.command_line import Parser, ended
from data.errors import InputError
from data.pricing import price_book as price_books
from data.pricing.price_book import PriceBook
from data.pricing.what_if.command import todays_book
from data.pricing.what_if.document import read_file
from data.pricing.what_if.telling import clients_to_tell, too_late
from data.settings import Settings
from data.warehouse import Warehouse
from proposals import draft, notes, price_change_files, second_reader
from proposals.addressees import addressees
from proposals.agreement import command as agreement_command
from proposals.brief import FIELDS, Brief, Fact, suggest_book
from proposals.email import email
from proposals.language import codes, language
from proposals.offer import offer
from proposals.price_change import Addressee
from proposals.sender import Sender


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 2 for anything the user can mend."""
    return ended(lambda: _run(arguments))


def _run(arguments: list[str] | None) -> None:
    options = _parser().parse_args(arguments)
    options.run(options, settings_store.load())


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m proposals", description="From call notes to an agreement, and care reports, offline.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="brief|draft|price-change|agreement|report")
    reading = commands.add_parser("brief", help="read the facts out of call notes, each with its quote")
    reading.add_argument("--format", choices=("table", "json"), default="table", help="table (default) or json")
    reading.set_defaults(run=_brief)
    drafting = commands.add_parser("draft", help="write e-mail and proposal of call notes into a folder")
    drafting.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the e-mail and proposal.json")
    drafting.add_argument(
        "--language", metavar="CODE", help=f"language of the e-mail: {', '.join(codes())} (default: the notes')"
    )
    drafting.add_argument("--shipped-templates", action="store_true", help="pass over your own templates")
    drafting.set_defaults(run=_draft)
    telling = commands.add_parser("price-change", help="write an e-mail for each client whom a scenario's new price concerns")
    telling.add_argument("scenario", type=Path, metavar="SCENARIO.json", help="as `python -m data what-if` reads it")
    telling.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="folder for the e-mails and the price book's draft"
    )
    telling.add_argument("--language", metavar="CODE", help=f"of every e-mail: {', '.join(codes())} (default: each client's)")
    telling.set_defaults(run=_price_change)
    for command in (reading, drafting):
        command.add_argument("notes", metavar="NOTES", help="text file with the call notes, or - for standard input")
        command.add_argument("--price-book", metavar="ID|FILE", help="price book (default: the one the notes speak of)")
        command.add_argument(
            "--reference-date", metavar="DATE", help="day the notes were written, as 2026-01-15 (default: today)"
        )
        command.add_argument(
            "--with-model", action="store_true", help="send the notes to the model in RETAINER_NOTES_MODEL too (off by default)"
        )
    agreement_command.add_to(commands)
    _add_report(commands.add_parser("report", help="write a client's care report into a folder"))
    return parser


def _add_report(reporting: argparse.ArgumentParser) -> None:
    reporting.add_argument("client", metavar="CLIENT", help="id, name or e-mail address of the client")
    reporting.add_argument("--month", metavar="YYYY-MM", help="month of the report, as 2026-10")
    reporting.add_argument("--quarter", metavar="YYYY-QN", help="quarter of the report, as 2026-Q3")
    reporting.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the report's files")
    reporting.add_argument("--language", metavar="CODE", help=f"one of {', '.join(codes())} (default: the client's)")
    reporting.set_defaults(run=_report)


def _report(options: argparse.Namespace, settings: Settings) -> None:
    from proposals.care_report.command import run  # with it comes typst, which notes don't need

    run(options, settings)


def _brief(options: argparse.Namespace, settings: Settings) -> None:
    found, book, _ = _read(options, settings)
    made = offer(found, book)
    if options.format == "json":
        prediction = {**found.as_prediction(), "book": book.id, "recommended_tier": made.recommended}
        print(json.dumps(prediction, ensure_ascii=False, indent=1))
        return
    rows = [(field, _shown(fact.value), fact.quote or "") for field, fact in _facts(found)]
    rows = [("language", found.language or "", ""), ("price book", book.id, ""), *rows]
    rows.append(("recommended tier", made.recommended or "none", " ".join(made.reasons)))
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for field, value, quote in rows:
        print(f"{field:<{widths[0]}}  {value:<{min(widths[1], 48)}}  {' '.join(quote.split())}".rstrip())
    if found.finding():
        print(found.finding(), file=sys.stderr)
    if found.doubtful:
        print("\nIn doubt, not taken over:")
        print("\n".join(f"- {field}: {' '.join((fact.quote or '').split())}" for field, fact in found.doubtful))
    questions = found.questions(language(found.language).code if found.language in codes() else "en")
    if questions:
        print("\nStill to ask:")
        print("\n".join(f"- {question}" for _, question in questions))


def _draft(options: argparse.Namespace, settings: Settings) -> None:
    if options.language:
        language(options.language)
    found, book, text = _read(options, settings)
    made = offer(found, book)
    sender = Sender.from_settings(settings)
    written = email(made, replace(sender, home=None) if options.shipped_templates else sender, options.language)
    paths = draft.write(options.out, made, written, text)
    print("\n".join(str(path) for path in paths))
    if not options.language and found.language != written.language:
        print(
            f"The notes are in no language known here; the e-mail is in {language(written.language).phrases['name']}.",
            file=sys.stderr,
        )
    if not settings.sender_name:
        print("The e-mail is not signed: set RETAINER_SENDER_NAME to your name.", file=sys.stderr)
    for advice in made.advice:
        print(f"{advice.rule}: {advice.text}", file=sys.stderr)


def _price_change(options: argparse.Namespace, settings: Settings) -> None:
    if options.language:
        language(options.language)
    document = read_file(options.scenario)
    book = document.book or todays_book(settings, document.scenario.currency)
    people: dict[str, Addressee] = {}
    if document.book is None:
        with closing(Warehouse.reading(settings)) as warehouse:
            people = addressees(warehouse)
    scenario = document.scenario.checked(book)
    paths, reason = price_change_files.write(options.out, settings, book, scenario, people, options.language)
    print("\n".join(str(path) for path in paths))
    late = len(list(too_late(clients_to_tell(book, scenario, settings.notice_days), book.as_of)))
    for sentence in (
        reason,
        f"{late} of them can’t be told {settings.notice_days} days before: start later." if late else "",
        "" if settings.sender_name else "The e-mails are not signed: set RETAINER_SENDER_NAME to your name.",
    ):
        if sentence:
            print(sentence, file=sys.stderr)


def _read(options: argparse.Namespace, settings: Settings) -> tuple[Brief, PriceBook, str]:
    model = second_reader.checked(settings) if options.with_model else None
    text = notes.read(options.notes)
    day = _reference_date(options.reference_date)
    book = _book(options.price_book, text, settings)
    if model:
        print(second_reader.leaves(model), file=sys.stderr, flush=True)
    reading = second_reader.brief(text, book, day, model)
    if model:
        print(reading.said, file=sys.stderr)
    return reading.brief, book, text


def _book(wanted: str | None, text: str, settings: Settings) -> PriceBook:
    if wanted:
        return price_books.load(wanted, settings.home)
    books = [price_books.load(name, settings.home) for name in price_books.available(settings.home)]
    return suggest_book(text, books) or price_books.in_use(settings)


def _reference_date(given: str | None) -> dt.date:
    if given is None:
        return dt.date.today()  # noqa: DTZ011 - the user's own day is meant
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise InputError(f"“{given}” is no date.", "Write it as 2026-01-15.") from error


def _facts(found: Brief) -> list[tuple[str, Fact]]:
    rows: list[tuple[str, Fact]] = []
    for field in FIELDS:
        held = getattr(found, field)
        rows += [(field.replace("_", " "), fact) for fact in (held if isinstance(held, tuple) else [held] if held else [])]
    return rows


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key} {part}" for key, part in value.items() if part is not None)
    text = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    return " ".join(text.split())


if __name__ == "__main__":
    sys.exit(main())
