"""Raw tables: the objects of each source as they came, upserted by id, and a note of each that changed for the next build."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from data import models
from data.errors import WarehouseError

# More changed objects of one entity than that are noted as the whole entity: everything is built anew then anyway.
NOTED = 20_000
# Whose an object is, as far as it says so itself; a payment says only which invoice it is for.
OWNER = """
    case
        when $entity = 'customers' then id
        when $entity = 'agreements' then payload ->> '$.client'
        when $entity = 'invoice_payments' then coalesce(payload ->> '$.invoice.id', payload ->> '$.invoice')
        when $entity = 'events' then coalesce(
            if((payload ->> '$.data.object.object') = 'customer', payload ->> '$.data.object.id', null),
            payload ->> '$.data.object.customer.id', payload ->> '$.data.object.customer'
        )
        else coalesce(payload ->> '$.customer.id', payload ->> '$.customer')
    end
"""


@dataclass(frozen=True)
class Landed:
    """How many objects of one entity a landing added, changed and found gone."""

    entity: str
    added: int
    changed: int
    gone: int


def ensure(cursor: Any, source: str, entity: str) -> str:
    """The raw table of an entity, made if there is none; its name."""
    table = f"raw_{source}__{entity}"
    if not re.fullmatch(r"[a-z0-9_]+", table):
        raise WarehouseError(f"“{table}” is no name for a raw table.")
    cursor.execute(
        f"""
        create table if not exists {table}
        (id varchar primary key, payload json, seen_at timestamp, changed_at timestamp, gone_at timestamp)
        """
    )
    return table


def ensure_all(cursor: Any) -> None:
    """Every raw table that a model reads."""
    tables = cursor.execute("select table_name from duckdb_tables() where database_name = current_database()").fetchall()
    for source, entity in (*models.raw_tables(), ("stripe", "account")):
        if (f"raw_{source}__{entity}",) not in tables:
            ensure(cursor, source, entity)


def ensure_notes(cursor: Any) -> None:
    """The table that says what the next build must look at: objects, and whose they are."""
    cursor.execute("create table if not exists raw_touched (source varchar, entity varchar, id varchar, owner varchar)")


def load(
    cursor: Any,
    source: str,
    entity: str,
    files: Sequence[Path],
    seen_at: datetime,
    *,
    complete: bool,
    logged: bool,
    touch: bool,
) -> Landed:
    """Upsert NDJSON objects by their `id`, the last one of an id winning; `seen_at` is naive UTC."""
    table = ensure(cursor, source, entity)
    cursor.execute("create or replace temp table landing (id varchar, payload json)")
    if files:
        cursor.execute(
            """
            insert into landing
            select json ->> '$.id', json
            from read_ndjson_objects($files, filename = true, maximum_object_size = 134217728)
            qualify row_number() over (partition by json ->> '$.id' order by filename desc) = 1
            """,
            {"files": [str(file) for file in files]},
        )
    cursor.execute(
        f"""
        create or replace temp table landing_changed as
        select landing.id, landing.payload, known.id is null as is_new from landing
        left join {table} as known on known.id = landing.id
        where known.id is null or known.gone_at is not null or known.payload::varchar <> landing.payload::varchar
        """
    )
    added, updated = cursor.execute(
        "select count(*) filter (is_new), count(*) filter (not is_new) from landing_changed"
    ).fetchone()
    note(cursor, source, entity, "landing_changed", added + updated)
    seen = {"seen_at": seen_at}
    if logged:
        cursor.execute(
            "insert into raw_versions select $source, $entity, id, $seen_at, payload from landing_changed",
            {**seen, "source": source, "entity": entity},
        )
    cursor.execute(
        f"""
        insert into {table} select id, payload, $seen_at, $seen_at, null from landing_changed
        on conflict (id) do update set payload = excluded.payload, seen_at = excluded.seen_at,
            changed_at = excluded.changed_at, gone_at = null
        """,
        seen,
    )
    if touch:
        cursor.execute(f"update {table} set seen_at = $seen_at where id in (select id from landing)", seen)
        note_all(cursor, source, entity)
    gone = _mark_gone(cursor, source, entity, seen_at) if complete else 0
    cursor.execute("drop table landing")
    cursor.execute("drop table landing_changed")
    return Landed(entity, added, updated, gone)


def note(cursor: Any, source: str, entity: str, changed: str, count: int) -> None:
    """Note the objects of the table `changed` (id, payload) for the next build."""
    if count > NOTED:
        note_all(cursor, source, entity)
    elif count:
        cursor.execute(
            f"insert into raw_touched select $source, $entity, id, {OWNER} from {changed}", {"source": source, "entity": entity}
        )


def note_all(cursor: Any, source: str, entity: str) -> None:
    """Note an entity as a whole, or, without a name, that something of the source was brought."""
    cursor.execute("insert into raw_touched values (?, ?, null, null)", [source, entity])


def _mark_gone(cursor: Any, source: str, entity: str, seen_at: datetime) -> int:
    table = f"raw_{source}__{entity}"
    cursor.execute(
        f"create or replace temp table landing_gone as select id, payload from {table}"
        " where gone_at is null and id not in (select id from landing)"
    )
    (count,) = cursor.execute("select count(*) from landing_gone").fetchone()
    note(cursor, source, entity, "landing_gone", count)
    cursor.execute(f"update {table} set gone_at = $at where id in (select id from landing_gone)", {"at": seen_at})
    cursor.execute("drop table landing_gone")
    return int(count)
