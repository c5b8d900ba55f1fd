"""The log of syncs and imports: what was brought when, from where, and what was missing."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

NEWEST = """
    select syncs.*, max(finished_at) filter (status = 'ok') over (partition by source) as last_ok_at
    from syncs
    qualify row_number() over (partition by source order by finished_at desc) = 1
    order by source
"""


def record(
    cursor: Any,
    source: str,
    started_at: datetime,
    finished_at: datetime,
    status: str,
    objects: int,
    message: str,
    bookmark: Mapping[str, Any],
    missing: Mapping[str, str],
) -> None:
    """Write down one finished (`status` ok) or failed (`failed`) sync or import; instants are naive UTC."""
    texts = [json.dumps(bookmark), json.dumps(missing)]
    cursor.execute(
        "insert into syncs values (?, ?, ?, ?, ?, ?, ?, ?)", [source, started_at, finished_at, status, objects, message, *texts]
    )


def newest(cursor: Any) -> list[dict[str, Any]]:
    """The newest sync of each source, as dicts of the table's columns plus `last_ok_at`."""
    return _rows(cursor.execute(NEWEST))


def last(cursor: Any, source: str, status: str) -> dict[str, Any] | None:
    """The newest sync of a source with that status, or None."""
    found = _rows(
        cursor.execute(
            "select * from syncs where source = ? and status = ? order by finished_at desc limit 1", [source, status]
        )
    )
    return found[0] if found else None


def _rows(found: Any) -> list[dict[str, Any]]:
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [{**row, "bookmark": json.loads(row["bookmark"]), "missing": json.loads(row["missing"])} for row in rows]
