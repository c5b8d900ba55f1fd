"""The weekly round of updates and off-site backups (mission.md F25): due on its day of each week until every site is done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from data.due.facts import Facts, required
from data.due.item import DueItem, Kind
from data.frames import rows

if TYPE_CHECKING:
    import pandas

NAMED = 3
KINDS = (
    Kind(
        "weekly_round",
        "Make the weekly round",
        "round",
        "Open the round",
        "weekly_round.py",
        settled="Every site of that week is ticked, or proven by its source.",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """This week's round while it is open, else the next one."""
    yield from rounds(facts.frame("weekly_round"), facts.today)


def rounds(asked: "pandas.DataFrame", today: date) -> Iterator[DueItem]:
    """The round of this week where a site is open, due on its day; where all are done, that of the next week."""
    week_on = today - timedelta(days=today.weekday())
    current = [row for row in rows(asked) if row["week_on"] == str(week_on)]
    if not current:
        return
    sites = len({row["site"] for row in current})
    left = list(dict.fromkeys(row["site"] for row in current if row["state"] == "open"))
    due_on = required(current[0]["due_on"])
    if not left:
        week_on, due_on = week_on + timedelta(days=7), due_on + timedelta(days=7)
        words = f"This week’s {sites} {'site is' if sites == 1 else 'sites are'} done. Then comes the next round."
    else:
        named = ", ".join(left[:NAMED]) + (f" and {len(left) - NAMED} more" if len(left) > NAMED else "")
        words = f"{len(left)} of {sites} {'site is' if sites == 1 else 'sites are'} open: {named}."
    yield DueItem(
        id=f"round:{week_on}",
        kind="weekly_round",
        rule="F25",
        subject="Weekly round",
        detail=f"{words} Updates done, off-site backup seen.",
        due_on=due_on,
        opens={} if not left else {"week": str(week_on)},
    )
