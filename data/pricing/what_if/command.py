"""The answer to a scenario file, for `python -m data what-if`: as JSON for other programs, as a table for people."""

import json
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from data import metrics, tables
from data.errors import InputError
from data.money import minor_digits, to_major
from data.pricing import price_book
from data.pricing.what_if import answers, backtest, effects, goal, measured
from data.pricing.what_if.book import Book
from data.pricing.what_if.document import Document, as_json, churn_as_json, read_file
from data.pricing.what_if.plan import MEASURES
from data.pricing.what_if.projection import Measure, Projection, project
from data.settings import Settings


def answer(settings: Settings, path: Path, form: str = "table") -> str:
    """The figures of the scenario in that file, on its own book or else the shown warehouse's, as `json` or `table`."""
    document = read_file(path)
    found = report(document, document.book or todays_book(settings, document.scenario.currency))
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n" if form == "json" else _table(found)


def todays_book(settings: Settings, currency: str) -> Book:
    """Today's book of the shown warehouse in that currency (empty: the largest MRR); InputError where there is none."""
    from data.warehouse import Warehouse

    with closing(Warehouse.reading(settings)) as warehouse:

        def read(name: str) -> Any:
            return metrics.read(warehouse, name)

        codes = measured.currencies(read)
        if not codes:
            raise InputError("Nobody pays anything yet.", "Put a book of clients into the file, or sync first.")
        if currency and currency not in codes:
            raise InputError(f"Nobody pays in {currency.upper()}.", f"Clients pay in {', '.join(codes).upper()}.")
        prices = price_book.in_use(settings)
        return measured.book(read, currency or codes[0], prices, warehouse.as_of.date())


def backtest_answer(settings: Settings, currency: str, form: str = "table") -> tuple[str, str]:
    """The look back of the shown warehouse as `table`, `csv` or `json`, and in words how well it went, a line a horizon."""
    from data.warehouse import Warehouse

    with closing(Warehouse.reading(settings)) as warehouse:
        full = backtest.full_months(warehouse, currency) if currency else []
        chosen = currency or next(iter(measured.currencies(lambda name: metrics.read(warehouse, name))), "")
        if not chosen or (currency and not full):
            raise InputError(
                f"Nobody has paid a full month in {currency.upper()}." if currency else "Nobody pays anything yet.",
                "Sync first, or choose another currency.",
            )
        found = backtest.look_back(warehouse, chosen)
    words = [
        f"{label}: {backtest.finding(found, months, with_newcomers=newcomers)}"
        for newcomers, label in ((False, "Clients of then"), (True, "With newcomers at the pace of then"))
        for months in backtest.OVER
    ]
    return tables.write(found.rows, form), "\n".join(words)


def report(document: Document, book: Book) -> dict[str, Any]:
    """Every figure of the scenario on that book: today, each month, and the answers; amounts in minor units."""
    scenario = document.scenario.checked(book)
    projection = project(book, scenario, document.seed, document.paths)
    unchanged = project(book, scenario.without_change(), document.seed, document.paths)
    even = answers.break_even(book, scenario)
    biggest = answers.largest(book, scenario)
    found: dict[str, Any] = {
        "currency": book.currency,
        "as_of": book.as_of.isoformat(),
        "scenario": as_json(scenario),
        "seed": document.seed,
        "paths": document.paths,
        "today": {
            "mrr_minor": book.mrr_minor,
            "clients": len(book.clients),
            "hours": round(book.hours, 2),
            "churn": {**churn_as_json(book.churn), "expected": book.churn.mean, "interval_95": list(book.churn.interval())},
        },
        "months": _months(projection),
        "without_change": _months(unchanged),
        "answers": {
            "break_even": asdict(even),
            "chance_below_today_in_12_months": projection.chance_below(book.mrr_minor),
            "chance_below_today_in_12_months_without_change": unchanged.chance_below(book.mrr_minor),
            "capacity": _dated(asdict(answers.capacity(projection))),
            "largest_client": asdict(biggest) if biggest else None,
            "levers": [asdict(one) for one in effects.effects(book, scenario)],
            "tornado": [{**asdict(swing), "span_minor": swing.span_minor} for swing in answers.tornado(book, scenario)],
        },
    }
    if document.target_minor is not None:
        found["answers"]["goal"] = asdict(goal.seek(book, scenario, document.target_minor, document.target_month))
    return found


def _months(projection: Projection) -> list[dict[str, Any]]:
    measures = {name: projection.measure(name) for name in MEASURES}
    return [
        {
            "month": f"{month:%Y-%m}",
            **{_key(name): _figures(measure, place, is_money=_key(name) != name) for name, measure in measures.items()},
        }
        for place, month in enumerate(projection.months)
    ]


def _key(name: str) -> str:
    return name if name in ("clients", "hours") else f"{name}_minor"


def _figures(measure: Measure, place: int, is_money: bool) -> dict[str, float]:
    edges = {name: float(getattr(measure, name)[place]) for name in ("p10", "p50", "p90")}
    return {
        **{name: int(value) if is_money else value for name, value in edges.items()},
        **{name: round(float(getattr(measure, name)[place]), 6) for name in ("mean", "standard_error", "closed_form")},
    }


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    return {name: f"{value:%Y-%m}" if isinstance(value, date) else value for name, value in values.items()}


def _table(found: dict[str, Any]) -> str:
    currency, answered = found["currency"], found["answers"]
    heads = ("month", "MRR p10", "p50", "p90", "mean", "exact mean", "clients", "hours", "cash")
    lines = [
        f"Today {_money(found['today']['mrr_minor'], currency)} a month from {found['today']['clients']} clients.",
        _break_even_words(answered["break_even"], currency),
        f"Chance of less than today in 12 months: {answered['chance_below_today_in_12_months']:.0%}.",
        "",
        _row(heads),
    ]
    for row in found["months"]:
        amounts = [_money(row["mrr_minor"][key], currency) for key in ("p10", "p50", "p90", "mean", "closed_form")]
        people = (f"{row['clients']['p50']:.0f}", f"{row['hours']['p50']:.1f}")
        lines.append(_row((row["month"], *amounts, *people, _money(row["cash_minor"]["mean"], currency))))
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return cells[0].ljust(8) + "".join(cell.rjust(14 if place < 5 or place == 7 else 9) for place, cell in enumerate(cells[1:]))


def _money(amount_minor: float, currency: str) -> str:
    return f"{to_major(round(amount_minor), currency):,.{minor_digits(currency)}f}"


def _break_even_words(even: dict[str, Any], currency: str) -> str:
    if not even["clients"]:
        return "No client of today pays another price."
    if even["share"] is None:
        return "Even at the new price they cost more than they pay: each one lost saves money."
    if even["must_come"]:
        return f"It takes {even['must_come']} more clients on top of {even['clients']} to earn the same."
    gain = _money(even["gain_minor"], currency)
    may = f"{even['may_leave']} of {even['clients']} ({even['share']:.1%})"
    return f"It brings {gain} a month if all stay; you can lose {may} before it costs you money."
