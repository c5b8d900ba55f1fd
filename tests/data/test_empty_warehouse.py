"""The empty warehouse that tests copy is the one that opening makes."""

import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from data.settings import Settings
from data.warehouse import Warehouse
from tests.oracle.casebook import NOW
from tests.oracle.clock import standing_at

COLUMNS = "select table_name, column_name, data_type from duckdb_columns() where not internal order by all"


def held(path: Path) -> tuple[list[tuple[str, ...]], dict[str, list[tuple[Any, ...]]]]:
    with closing(Warehouse(path, Settings(home=path.parent))) as opened, opened.cursor() as cursor:
        columns = cursor.execute(COLUMNS).fetchall()
        return columns, {name: cursor.execute(f"from {name} order by all").fetchall() for name in {row[0] for row in columns}}


@pytest.mark.parametrize("now", [int(time.time()), NOW], ids=["today", "the casebook's day"])
def test_a_copied_empty_warehouse_holds_what_a_made_one_holds(tmp_path: Path, now: int) -> None:
    with standing_at(now):
        columns, rows = held(tmp_path / "copied.duckdb")
        columns_made, rows_made = held(tmp_path / "a folder that is not there yet" / "made.duckdb")
    assert columns == columns_made and len(rows) > 100
    assert {name for name in rows if rows[name] != rows_made[name]} <= {"params"}, "apart from the instant"
