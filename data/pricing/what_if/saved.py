"""Scenarios kept by name in the warehouse, so that they can be opened again and laid side by side."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from data import clock
from data.errors import InputError
from data.pricing.what_if import document
from data.pricing.what_if.book import Book
from data.pricing.what_if.comparison import compare
from data.pricing.what_if.scenario import Scenario

if TYPE_CHECKING:
    from data.warehouse import Warehouse

MOST_SIDE_BY_SIDE = 4
LONGEST_NAME = 60


def save(warehouse: "Warehouse", name: str, currency: str, scenario: Scenario) -> None:
    """Keep the scenario under that name, in the place of an earlier one of the same name; InputError without a usable name."""
    name = _usable(name)
    text = _text(name, currency, scenario)
    with warehouse.transaction() as cursor:
        cursor.execute("insert or replace into what_if_scenarios values (?, ?, ?, ?)", [name, currency, text, clock.now()])


def rename(warehouse: "Warehouse", name: str, new_name: str, currency: str) -> None:
    """Give a kept scenario another name; InputError without a usable name, or where another has it."""
    new_name, known = _usable(new_name), kept(warehouse, currency)
    if new_name == name:
        return
    if name not in known:
        raise InputError(f"There is no scenario “{name}” any more.", "Load the page anew.")
    if new_name in known:
        raise InputError(f"Another scenario is called “{new_name}”.", "Choose another name, or remove that one first.")
    with warehouse.transaction() as cursor:
        cursor.execute(
            "update what_if_scenarios set name = ?, scenario = ? where name = ? and currency = ?",
            [new_name, _text(new_name, currency, known[name]), name, currency],
        )


def _usable(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise InputError("This scenario needs a name.", f"Give it one of at most {LONGEST_NAME} letters.")
    return name


def _text(name: str, currency: str, scenario: Scenario) -> str:
    return json.dumps(document.as_json(replace(scenario, name=name, currency=currency)), ensure_ascii=False)


def forget(warehouse: "Warehouse", name: str, currency: str) -> None:
    """Drop the scenario of that name; nothing happens where there is none."""
    with warehouse.transaction() as cursor:
        cursor.execute("delete from what_if_scenarios where name = ? and currency = ?", [name, currency])


def kept(warehouse: "Warehouse", currency: str) -> dict[str, Scenario]:
    """Every scenario kept for that currency by its name, the newest first."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            "select name, scenario::varchar from what_if_scenarios where currency = ? order by saved_at desc, name", [currency]
        ).fetchall()
    return {name: document.scenario(json.loads(text), f"the scenario “{name}”") for name, text in rows}


def side_by_side(book: Book, scenarios: dict[str, Scenario]) -> tuple[pd.DataFrame, list[str]]:
    """The answers of each scenario on the book of today, a row each, and a sentence for each that it no longer fits.

    Columns: name, gain_minor (a month if all stay), may_leave, clients, mrr_minor (expected in 12 months), low_minor and
    high_minor (8 of 10 outcomes), chance_pays, chance_below (of today's MRR). All share their luck.
    """
    rows, faults = [], []
    for name, scenario in list(scenarios.items())[:MOST_SIDE_BY_SIDE]:
        try:
            found = compare(book, scenario)
        except InputError as error:
            faults.append(f"{name}: {error.hint}")
            continue
        rows.append(
            {
                "name": name,
                "gain_minor": found.even.gain_minor,
                "may_leave": found.even.may_leave,
                "clients": found.even.clients,
                "mrr_minor": round(float(found.mrr.closed_form[found.at])),
                "low_minor": int(found.mrr.p10[found.at]),
                "high_minor": int(found.mrr.p90[found.at]),
                "chance_pays": found.chance_pays,
                "chance_below": found.chance_below,
            }
        )
    columns = [
        "name",
        "gain_minor",
        "may_leave",
        "clients",
        "mrr_minor",
        "low_minor",
        "high_minor",
        "chance_pays",
        "chance_below",
    ]
    return pd.DataFrame(rows, columns=columns), faults
