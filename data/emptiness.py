"""Of nothing comes nothing: where all that a model reads is empty, settings aside, so is the model, and it stands as it is.

Why: most people bring in a few sources only, and to prepare a model takes longer than to fill it with the little they have.
"""

from typing import Any

from data import models

# What lends a model its instant and days, but no rows.
LENDING = {"params", "zone_days"}


class Emptiness:
    """Which tables hold no row, kept up to date while models are made in their order."""

    def __init__(self, cursor: Any) -> None:
        """As things stand; every model must have been made by these same models before."""
        names = _names(cursor)
        self._tables = names.keys() | dict(models.ordered()).keys()
        self._empty = _without_rows(cursor, [name for name, rows in names.items() if rows == 0])
        self._standing = set(self._empty)

    def leaves(self, name: str) -> bool:
        """Whether a model can stay as it is, since it is empty and nothing that it reads holds a row."""
        needed = models.empty_without(name) or models.reads(name) & self._tables - LENDING
        if not needed <= self._empty:
            return False
        if models.kept_as(name) in ("view", "step"):
            self._empty.add(name)
        return name in self._standing

    def note(self, name: str, rows: int | None) -> None:
        """A table was made anew, or another of its name stands before it, with so many rows; None: a view."""
        if rows is not None:
            (self._empty.discard if rows else self._empty.add)(name)


def _names(cursor: Any) -> dict[str, int]:
    """Every table and view of this warehouse, with about how many rows it has; a view counts as full."""
    return dict(
        cursor.execute(
            """
            select table_name, estimated_size from duckdb_tables() where database_name = current_database() and not temporary
            union all
            select view_name, 1 from duckdb_views() where database_name = current_database() and not internal
            """
        ).fetchall()
    )


def _without_rows(cursor: Any, names: list[str]) -> set[str]:
    """Those of the tables that hold no row, as this transaction sees them."""
    counts = " union all ".join(f"select '{name}' as name, count(*) as rows from {name}" for name in names)  # noqa: S608 - our own
    return {name for name, rows in cursor.execute(counts).fetchall() if not rows} if names else set()
