"""Costs of a client beside hours, as the user enters them: hosting, licences, others (mission.md F1–F3, F7c)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data import clock
from data.clients import refuse_unknown
from data.errors import InputError

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

KINDS = ("hosting", "licence", "other")
EVERYBODY = "*"
MOST_MINOR = 10**11
LONGEST = 200


@dataclass(frozen=True)
class Cost:
    """An amount in minor units, paid every so many months, of a client's id, or of `*`: all who pay in that currency."""

    client_id: str
    name: str
    kind: str
    amount_minor: int
    currency: str
    months: int = 1
    from_month: date | None = None
    until_month: date | None = None


def add(warehouse: "Warehouse", cost: Cost) -> int:
    """Keep a cost, rebuild, and return its id. InputError for an unknown client or kind, or an amount that can't be right."""
    _check(cost)
    with warehouse.transaction() as cursor:
        refuse_unknown(cursor, *(() if cost.client_id == EVERYBODY else (cost.client_id,)))
        number = int(cursor.execute("select coalesce(max(cost_id), 0) + 1 from client_costs").fetchall()[0][0])
        values = [number, cost.client_id, " ".join(cost.name.split()), cost.kind, cost.amount_minor, cost.currency.lower()]
        at = clock.now()
        cursor.execute(
            "insert into client_costs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*values, cost.months, cost.from_month, cost.until_month, at],
        )
    warehouse.refresh()
    return number


def remove(warehouse: "Warehouse", cost_id: int) -> None:
    """Take a cost out again, from every month, and rebuild. Nothing happens where there is none of that id."""
    with warehouse.transaction() as cursor:
        cursor.execute("delete from client_costs where cost_id = ?", [cost_id])
    warehouse.refresh()


def count(warehouse: "Warehouse") -> int:
    """How many costs are entered."""
    return int(warehouse.read_once("select count(*) from client_costs")[0][0])


def listed(warehouse: "Warehouse") -> "pandas.DataFrame":
    """The costs entered, one a row, with the client's name (none for `*`) and months as `2026-01`."""
    with warehouse.cursor() as cursor:
        return cursor.execute(
            """
            select
                cost_id, costs.client_id, clients.client_name, costs.name, kind, amount_minor, currency, months,
                strftime(from_month, '%Y-%m') as from_month, strftime(until_month, '%Y-%m') as until_month
            from client_costs as costs
            left join client_parties as parties on parties.party_id = costs.client_id
            left join clients_dim as clients using (client_key)
            order by clients.client_name nulls first, cost_id
            """
        ).df()


def _check(cost: Cost) -> None:
    if cost.kind not in KINDS:
        raise InputError(f"“{cost.kind}” is no kind of cost.", f"Use {', '.join(KINDS)}.")
    if not cost.name.strip() or len(cost.name) > LONGEST:
        raise InputError("The cost has no name.", f"Say in up to {LONGEST} characters what is paid for.")
    if not 0 < cost.amount_minor <= MOST_MINOR or not 1 <= cost.months <= 60:
        raise InputError("This cost can't be right.", "Enter an amount above 0, paid every 1 to 60 months.")
    if len(cost.currency) != 3 or not cost.currency.isalpha():
        raise InputError(f"“{cost.currency}” is no currency.", "Write its code, as eur.")
    if cost.from_month and cost.until_month and cost.until_month < cost.from_month:
        raise InputError("The cost ends before it begins.", "Choose a later month, or none.")
