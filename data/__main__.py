"""The command line of the facts: `python -m data sync | import | metrics | what-if | backtest | status | demo`."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from data import settings as settings_module
from data.command_line import Parser, ended
from data.errors import InputError
from data.imports import KINDS
from data.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it worked, 2 after one sentence on stderr when it could not."""
    return ended(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> None:
    options = _parser().parse_args(arguments)
    options.run(settings_module.load(home=options.home, show="demo" if options.demo else None), options)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m data", description="Bring facts in, and read figures out.")
    _whose(parser, home=None, demo=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    sync = commands.add_parser("sync", help="fetch from the connected sources")
    sync.add_argument("source", nargs="?", default="all", help="stripe, …, or all (default)")
    sync.add_argument("--full", action="store_true", help="fetch everything again, not only what is new")
    sync.set_defaults(run=_sync)

    imports = commands.add_parser("import", help="take in a file")
    imports.add_argument("kind", metavar="KIND", help=", ".join(KINDS))
    imports.add_argument("file", type=Path, metavar="FILE")
    imports.add_argument("--site", default="", help="the site that the file is about, as example.com")
    imports.add_argument("--date-order", default="", choices=("dmy", "mdy"), help="whether 03/04/2026 writes the day first")
    imports.add_argument("--decimal", default="", choices=("comma", "point"), help="the decimal sign of 1,500")
    imports.add_argument("--as", dest="entity", default="", help="spreadsheet: sites, updates, backups, incidents or hours")
    imports.add_argument(
        "--map", action="append", default=[], type=_pair, metavar="COLUMN=HEADING", help="spreadsheet: which column is which"
    )
    imports.set_defaults(run=_import)

    metrics = commands.add_parser("metrics", help="print one metric")
    metrics.add_argument("name", metavar="NAME", help="as listed by `metrics list`")
    metrics.add_argument("--start", type=_month, help="first month, as 2026-01")
    metrics.add_argument("--end", type=_month, help="last month, as 2026-12")
    metrics.add_argument("--as-of", type=_instant, help="seen from this instant, as 2026-06-30T23:59:59Z (default: now)")
    metrics.add_argument("--currency", type=str.lower, help="only this currency, as eur")
    metrics.add_argument("--format", choices=("table", "csv", "json"), default="table")
    metrics.set_defaults(run=_metrics)

    what_if = commands.add_parser("what-if", help="play a pricing scenario on the book of clients")
    what_if.add_argument("file", type=Path, metavar="SCENARIO.json")
    what_if.add_argument("--format", choices=("table", "json"), default="table")
    what_if.set_defaults(run=_what_if)

    backtest = commands.add_parser("backtest", help="projections made months ago against what happened")
    backtest.add_argument("--currency", type=str.lower, default="", help="of this currency, as eur (default: the largest MRR)")
    backtest.add_argument("--format", choices=("table", "csv", "json"), default="table")
    backtest.set_defaults(run=_backtest)

    commands.add_parser("status", help="what is connected, how fresh, what is missing").set_defaults(run=_status)
    commands.add_parser("demo", help="make the demo anew, up to today").set_defaults(run=_demo)
    for command in commands.choices.values():
        _whose(command, home=argparse.SUPPRESS, demo=argparse.SUPPRESS)  # left out, it leaves what stood before the command
    return parser


def _whose(parser: argparse.ArgumentParser, *, home: str | None, demo: str | bool) -> None:
    """Whose figures are meant, before the command or after it."""
    parser.add_argument("--home", default=home, help="folder of the warehouses and settings (default: RETAINER_HOME)")
    parser.add_argument(
        "--demo", action="store_true", default=demo, help="read the demo even when there is a warehouse of your own"
    )


def _sync(settings: Settings, options: argparse.Namespace) -> None:
    from data.sync import sync

    _say(str(sync(settings, options.source, full=options.full, progress=_show_progress)))


def _import(settings: Settings, options: argparse.Namespace) -> None:
    from data.imports import import_file
    from data.sources.files import Hints

    hints = Hints(options.site, options.date_order, options.decimal, options.entity, dict(options.map))
    _say(str(import_file(settings, options.kind, options.file, hints, _show_progress)))


def _metrics(settings: Settings, options: argparse.Namespace) -> None:
    from data import metrics, tables
    from data.warehouse import Warehouse

    if options.name == "list":
        for name in metrics.names():
            print(f"{name:24} {metrics.about(name).definition}")
        return
    metrics.about(options.name)
    if options.start and options.end and options.start > options.end:
        raise InputError("The first month comes after the last.", "Write --start before --end, as 2026-01 and 2026-12.")
    with closing(Warehouse.reading(settings)) as warehouse:
        if settings.is_demo:
            _say("These are the demo's figures.")
        frame = metrics.read(
            warehouse,
            options.name,
            start=options.start,
            end=options.end,
            as_of=options.as_of or datetime.now(UTC),
            currency=options.currency,
        )
    if frame.empty:
        _say("Nothing to show for these months, this currency or this instant.")
    sys.stdout.write(tables.write(frame, options.format))


def _what_if(settings: Settings, options: argparse.Namespace) -> None:
    from data.pricing.what_if.command import answer

    sys.stdout.write(answer(settings, options.file, options.format))


def _backtest(settings: Settings, options: argparse.Namespace) -> None:
    from data.pricing.what_if.command import backtest_answer

    text, words = backtest_answer(settings, options.currency, options.format)
    sys.stdout.write(text)
    _say(words)


def _status(settings: Settings, _: argparse.Namespace) -> None:
    from data.status import status

    print(status(settings))


def _demo(settings: Settings, _: argparse.Namespace) -> None:
    from data.sources.demo import landing

    _say("Making the demo …")
    landing.make(settings)
    _say("The demo stands. `make run` shows it as long as nothing of your own is connected.")


def _show_progress(progress: object) -> None:
    if sys.stderr.isatty():
        print(f"\r{progress!s:<79}", end="", file=sys.stderr, flush=True)


def _say(text: str) -> None:
    print(f"\r{'':<79}\r{text}" if sys.stderr.isatty() else text, file=sys.stderr)


def _pair(text: str) -> tuple[str, str]:
    column, sign, heading = text.partition("=")
    if not (column.strip() and sign and heading.strip()):
        raise argparse.ArgumentTypeError(f"“{text}” maps nothing; write it as hours=Time spent.")
    return column.strip(), heading.strip()


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no month; write it as 2026-01.") from error


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” is no instant; write it as 2026-06-30 or 2026-06-30T23:59:59Z.") from error
    if not 1900 <= at.year <= 2100:
        raise argparse.ArgumentTypeError(f"the year {at.year:04} of “{text}” can’t be right; figures go up to the year 2100.")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


if __name__ == "__main__":
    sys.exit(main())
