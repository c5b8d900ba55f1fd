"""`python -m proposals report CLIENT --month 2026-10 --out DIR`: a client's care report as files, to try without a browser."""

import argparse
import sys
from contextlib import closing
from functools import partial

from data import metrics, reporting
from data.errors import InputError
from data.frames import rows
from data.settings import Settings
from data.warehouse import Warehouse
from proposals.care_report import files
from proposals.care_report.addressee import addressee
from proposals.care_report.facts import Reader, read
from proposals.care_report.report import compose
from proposals.language import language
from proposals.sender import Sender


def run(options: argparse.Namespace, settings: Settings) -> None:
    """Write the report's files, print their paths, and say on standard error what is not recorded."""
    if options.language:
        language(options.language)
    if bool(options.month) == bool(options.quarter):
        raise InputError("A month or a quarter is needed.", "Add --month 2026-10, or --quarter 2026-Q3.")
    period = reporting.period(options.month or options.quarter)
    if period.number != (1 if options.month else 3):
        raise InputError(f"“{period.label}” is the wrong kind of period.", "Use --month 2026-10, or --quarter 2026-Q3.")
    with closing(Warehouse.reading(settings)) as warehouse:
        warehouse.build()
        reader: Reader = partial(metrics.read, warehouse)
        client_id = _client(options.client, reader)
        facts = read(reader, client_id, period, warehouse.today)
        to = addressee(warehouse, reader, client_id, settings)
        report = compose(facts, to, Sender.from_settings(settings), options.language)
    print("\n".join(str(path) for path in files.write(options.out, report)))
    if settings.is_demo:
        print("This is a client of the demo.", file=sys.stderr)
    for sentence in facts.missing:
        print(f"{sentence} The report leaves it out.", file=sys.stderr)
    for line in facts.agreed:
        if not line.is_known:
            print(f"What came of “{line.name}” is not entered. The report leaves it out.", file=sys.stderr)


def _client(wanted: str, reader: Reader) -> str:
    """The id of the client of that id, name or e-mail address; InputError where it fits none, or several."""
    known = {row["client_id"]: row for row in rows(reader("clients"))}
    if wanted in known:
        return wanted
    sought = " ".join(wanted.casefold().split())
    found = [
        client_id
        for client_id, row in known.items()
        if sought in (" ".join(str(row["client_name"]).casefold().split()), str(row["email"] or "").casefold())
    ]
    if len(found) != 1:
        said = f"There is no client “{wanted}”." if not found else f"{len(found)} clients are called “{wanted}”."
        raise InputError(said, "Name one by its id; `python -m data metrics clients` lists them.")
    return str(found[0])
