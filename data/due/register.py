"""What is kept of due items: what the user said of them, and why those that are gone were closed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data import clock, version
from data.due.item import DueItem
from data.errors import InputError

if TYPE_CHECKING:
    from data.warehouse import Warehouse

MARKS = ("done", "snoozed", "dismissed")
CLOSED_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Mark:
    """What somebody said of an item: done, snoozed (until a day) or dismissed; `marked_at` is naive UTC."""

    mark: str
    until_on: date | None
    marked_at: datetime
    marked_by: str

    def hides(self, today: date) -> bool:
        """Whether the item is out of sight today; a snoozed one comes back on its day."""
        return self.mark != "snoozed" or self.until_on is None or self.until_on > today


@dataclass(frozen=True)
class Closed:
    """An item that the data settled: when that was noticed (naive UTC), and why it closed."""

    item: DueItem
    closed_at: datetime
    why: str


def mark(warehouse: "Warehouse", item_id: str, what: str, *, by: str = "", until_on: date | None = None) -> None:
    """Keep that an item is done, snoozed until a day, or dismissed; InputError for another word or a snooze without a day."""
    if what not in MARKS or (what == "snoozed") != (until_on is not None):
        raise InputError(f"An item can’t be “{what}” so.", f"Use {', '.join(MARKS)}; a snoozed one names its day.")
    with warehouse.transaction() as cursor:
        cursor.execute("insert or replace into due_marks values (?, ?, ?, ?, ?)", [item_id, what, until_on, clock.now(), by])
        version.rise(cursor)


def undo(warehouse: "Warehouse", item_id: str) -> None:
    """Forget what was said of an item: it is due again, if the data still say so."""
    with warehouse.transaction() as cursor:
        cursor.execute("delete from due_marks where item_id = ?", [item_id])
        version.rise(cursor)


def marks(warehouse: "Warehouse") -> Mapping[str, Mark]:
    """What was said of each item, by its id."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute("select item_id, mark, until_on, marked_at, marked_by from due_marks").fetchall()
    return {row[0]: Mark(*row[1:]) for row in rows}


def keep(warehouse: "Warehouse", items: Sequence[DueItem], why: Callable[[DueItem], str]) -> None:
    """Take note of what is due, and close what no longer is with its reason; writes only where something has changed.

    What was said of an item ends with it, so the same thing may fall due again.
    """
    found = {item.id: _content(item) for item in items}
    with warehouse.cursor() as cursor:
        known = dict(cursor.execute("select item_id, content::varchar from due_items where closed_at is null").fetchall())
    changed = {key: content for key, content in found.items() if known.get(key) != content}
    gone = {key: _item(content) for key, content in known.items() if key not in found}
    if not changed and not gone:
        return
    closed = [(clock.now(), why(item), key) for key, item in gone.items()]
    with warehouse.transaction() as cursor:
        for key, content in changed.items():
            cursor.execute(
                """
                insert into due_items values ($id, $content, $now, null, null)
                on conflict (item_id) do update set content = excluded.content, closed_at = null, closed_why = null,
                    first_seen_at = if(closed_at is null, first_seen_at, excluded.first_seen_at)
                """,
                {"id": key, "content": content, "now": clock.now()},
            )
        for row in closed:
            cursor.execute("update due_items set closed_at = ?, closed_why = ? where item_id = ?", list(row))
            cursor.execute("delete from due_marks where item_id = ?", [row[2]])


def closed(warehouse: "Warehouse", as_of: datetime) -> list[Closed]:
    """What the data settled in the last 30 days, the newest first."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(
            """
            select content::varchar, closed_at, closed_why from due_items
            where closed_at >= ? order by closed_at desc, item_id
            """,
            [as_of - CLOSED_SHOWN_FOR],
        ).fetchall()
    return [Closed(_item(content), at, why) for content, at, why in rows]


def _content(item: DueItem) -> str:
    return json.dumps({**asdict(item), "due_on": item.due_on.isoformat()}, ensure_ascii=False)


def _item(content: str) -> DueItem:
    values: dict[str, Any] = json.loads(content)
    return DueItem(**{**values, "due_on": date.fromisoformat(values["due_on"])})
