"""Terms as the command line gives them: the options that name them, and what they change in terms that stand."""

import argparse
from pathlib import Path

from data.errors import InputError
from proposals.agreement import given, parameters
from proposals.agreement.terms import Terms, from_dict


def options(parser: argparse.ArgumentParser, *, is_new: bool) -> None:
    """Add the options that name terms to a command that drafts or revises."""
    if is_new:
        parser.add_argument("--proposal", metavar="ID", help="begin from this accepted proposal")
    parser.add_argument("--client", metavar="ID", help="client_id, as `python -m data metrics clients` prints it")
    parser.add_argument("--client-name", help="legal name of the client")
    parser.add_argument("--client-address", help="postal address of the client")
    parser.add_argument("--client-number", help="company or tax number of the client")
    parser.add_argument("--client-signatory", help="who signs for the client")
    parser.add_argument("--client-email", help="where notices go")
    parser.add_argument("--tier", help="id of a tier of the price book")
    parser.add_argument("--price", help="fee a month in major units, as 350 or 350.50")
    parser.add_argument("--currency", type=str.lower, help="currency of the fee, as eur")
    parser.add_argument("--language", help="en, fr or ro")
    parser.add_argument("--starts-on", type=given.day, metavar="DATE", help="first day, as 2026-01-15")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter of a clause; repeatable")
    parser.add_argument("--own", action="append", default=[], metavar="TITLE=FILE", help="add a clause of your own; repeatable")
    parser.add_argument("--off", action="append", default=[], metavar="CLAUSE", help="leave a clause out; repeatable")
    parser.add_argument(
        "--terms", type=Path, metavar="FILE", help="JSON with any of the fields that `show --format json` prints"
    )


def changed(terms: Terms, options: argparse.Namespace) -> Terms:
    """The terms with what the options give; InputError where one of them can't be used."""
    raw = terms.to_dict()
    if options.terms:
        raw |= given.fields(options.terms)
    for field in ("name", "address", "number", "signatory", "email"):
        entered = getattr(options, f"client_{field}")
        raw["client"] = {**raw["client"], field: entered} if entered is not None else raw["client"]
    currency = options.currency or raw["currency"]
    raw |= {"currency": currency, **({"starts_on": options.starts_on} if options.starts_on else {})}
    if options.price is not None:
        raw["monthly_minor"] = given.minor(options.price, currency)
    chosen = dict(given.pair(each) for each in options.set)
    raw["parameters"] = {**raw["parameters"], **chosen}
    strange = [name for name in chosen if name not in parameters.parameters()]
    if strange:
        raise InputError(f"There is no parameter “{strange[0]}”.", f"There are {', '.join(parameters.parameters())}.")
    for each in options.own:
        title, path = given.pair(each)
        number = len(raw["own"]) + 1
        raw["own"] = [*raw["own"], {"id": f"own-{number}", "title": title, "text": given.text(Path(path))}]
        raw["clauses"] = [*raw["clauses"], (f"own-{number}", True)]
    off = set(options.off)
    unknown = off - {key for key, _ in raw["clauses"]}
    if unknown:
        raise InputError(
            f"There is no clause “{sorted(unknown)[0]}”.", f"There are {', '.join(key for key, _ in raw['clauses'])}."
        )
    raw["clauses"] = [(key, is_on and key not in off) for key, is_on in raw["clauses"]]
    return from_dict(raw)
