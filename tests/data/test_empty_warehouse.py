"""The empty warehouse that tests copy is the one that opening makes."""

from contextlib import closing
from pathlib import Path
from typing import Any

from data.settings import Settings
from data.warehouse import Warehouse

COLUMNS = "select table_name, column_name, data_type from duckdb_columns() where not internal order by all"


def held(path: Path) -> tuple[list[tuple[str, ...]], dict[str, list[tuple[Any, ...]]]]:
    with closing(Warehouse(path, Settings(home=path.parent))) as opened, opened.cursor() as cursor:
        columns = cursor.execute(COLUMNS).fetchall()
        return columns, {name: cursor.execute(f"from {name} order by all").fetchall() for name in {row[0] for row in columns}}


def test_a_copied_empty_warehouse_holds_what_a_made_one_holds(tmp_path: Path, empty_warehouse: Path) -> None:
    columns, rows = held(tmp_path / "copied.duckdb")
    columns_made, rows_made = held(tmp_path / "a folder that is not there yet" / "made.duckdb")
    assert columns == columns_made and len(rows) > 100
    assert {name for name in rows if rows[name] != rows_made[name]} <= {"params"}, "apart from the instant"
