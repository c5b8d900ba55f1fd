"""The weekly round (mission.md F25): ticks of sites, remembered with who and when; undoing one is another row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data import clock, version
from data.errors import InputError

if TYPE_CHECKING:
    from data.warehouse import Warehouse

TASKS = ("updates", "off_site")
LONGEST = 1_000


@dataclass(frozen=True)
class Tick:
    """What was told of one site and task: done or not, and a note, which may be empty."""

    site: str
    task: str
    is_done: bool
    note: str = ""


def tell(warehouse: "Warehouse", week_on: date, ticks: Sequence[Tick], *, by: str = "") -> None:
    """Write ticks of the week that begins on that Monday, told by somebody today; all of them or none.

    InputError for a day that is no Monday or lies ahead, an unknown task, a site not asked for, or a note that is too long.
    """
    if week_on.weekday():
        raise InputError(f"{week_on} is no Monday.", "A week is named by its Monday.")
    with warehouse.transaction() as cursor:
        today = cursor.execute("select today from params").fetchall()[0][0]
        if week_on > today:
            raise InputError("That week is still to come.", "Tick the sites of this week or an earlier one.")
        known = {row[0] for row in cursor.execute("select distinct site from round_proofs").fetchall()}
        place = int(cursor.execute("select coalesce(max(place), 0) from round_ticks").fetchall()[0][0])
        now = clock.now()
        for number, tick in enumerate(ticks, start=place + 1):
            _check(tick, known)
            cursor.execute(
                "insert into round_ticks values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [number, tick.site, week_on, tick.task, tick.is_done, _line(by), _line(tick.note), today, now],
            )
        version.rise(cursor)


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def _check(tick: Tick, known: set[str]) -> None:
    if tick.task not in TASKS:
        raise InputError(f"The round has no task “{tick.task}”.", f"It has {' and '.join(TASKS)}.")
    if tick.site not in known:
        raise InputError(f"{tick.site} is not in care.", "Reload the page: its site may have been taken out of care.")
    if len(tick.note) > LONGEST:
        raise InputError("The note is too long.", f"Keep it under {LONGEST} characters.")


def _line(text: str) -> str:
    return " ".join(text.split())
