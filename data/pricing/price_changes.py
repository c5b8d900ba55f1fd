"""Price changes on record: planned from a scenario, told to each client or withdrawn. Nothing changes in Stripe (F27)."""

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from data import clock, metrics, version
from data.errors import InputError
from data.pricing.what_if import document
from data.pricing.what_if.scenario import Scenario
from data.pricing.what_if.telling import Telling, from_json

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

LONGEST_NAME = 200


def plan(warehouse: "Warehouse", name: str, currency: str, scenario: Scenario, tellings: Sequence[Telling]) -> str:
    """Put the change on record and return its id.

    InputError without a client to tell, and where one of them has still to be told of another change.
    """
    if not tellings:
        raise InputError("There is nobody to tell.", "Move a price that clients of today pay.")
    waiting = read(warehouse, currency)
    waiting = waiting[waiting["state"].isin(["planned", "due"])]
    twice = waiting[waiting["client_id"].isin([one.client_id for one in tellings])]
    if not twice.empty:
        raise InputError(
            f"{twice['client_name'].iloc[0]} has still to be told of another price change.",
            "Tell or withdraw that one first.",
        )
    now = clock.now()
    text = json.dumps(document.as_json(scenario), ensure_ascii=False)
    with warehouse.transaction() as cursor:
        row = cursor.execute("select count(*) + 1 from price_changes").fetchone()
        change_id = f"change-{row[0] if row else 1}"
        cursor.execute(
            "insert into price_changes values (?, ?, ?, ?, ?)",
            [change_id, " ".join(name.split())[:LONGEST_NAME] or change_id, currency, text, now],
        )
        cursor.executemany(
            "insert into price_change_clients values (?, ?, ?, ?, ?, null, null)",
            [
                [change_id, one.client_id, json.dumps(one.as_json(), ensure_ascii=False), one.effective_on, one.tell_by]
                for one in tellings
            ],
        )
        version.rise(cursor)
    return change_id


def read(warehouse: "Warehouse", currency: str | None = None) -> "pandas.DataFrame":
    """Every client of every planned change (metric price_changes)."""
    return metrics.read(warehouse, "price_changes", currency=currency)


def telling(warehouse: "Warehouse", change_id: str, client_id: str) -> Telling:
    """What that client is told, as it was planned; InputError where nothing is planned for it."""
    with warehouse.cursor() as cursor:
        row = cursor.execute(
            "select content::varchar, tell_by from price_change_clients where change_id = ? and client_id = ?",
            [change_id, client_id],
        ).fetchone()
    if row is None:
        raise InputError("No price change is planned for this client.", "Plan one on the page What-if.")
    return from_json(client_id, json.loads(row[0]), row[1])


def mark_told(warehouse: "Warehouse", change_id: str, client_id: str, on: date) -> None:
    """Write down that the client was told on that day; InputError where it was withdrawn, or never planned."""
    _mark(warehouse, "told_on", change_id, client_id, on)


def withdraw(warehouse: "Warehouse", change_id: str, client_id: str | None, on: date) -> None:
    """Take back the change for that client, or (None) for every client who was not told yet."""
    _mark(warehouse, "withdrawn_on", change_id, client_id, on)


def reopen(warehouse: "Warehouse", change_id: str, client_id: str) -> None:
    """Undo told or withdrawn: the client has to be told again."""
    with warehouse.transaction() as cursor:
        cursor.execute(
            "update price_change_clients set told_on = null, withdrawn_on = null where change_id = ? and client_id = ?",
            [change_id, client_id],
        )
        version.rise(cursor)


def _mark(warehouse: "Warehouse", column: str, change_id: str, client_id: str | None, on: date) -> None:
    with warehouse.transaction() as cursor:
        changed = cursor.execute(
            f"""
            update price_change_clients set {column} = $on
            where change_id = $change and ($client is null or client_id = $client) and told_on is null and withdrawn_on is null
            returning client_id
            """,  # noqa: S608 - one of two columns named above
            {"on": on, "change": change_id, "client": client_id},
        ).fetchall()
        if not changed:
            raise InputError("This client has nothing to be told of any more.", "Load the page anew.")
        version.rise(cursor)
