"""Empty warehouses of today and of the casebook's day, made once in each test process and copied where a test opens one."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

from data import params, warehouse
from data.settings import Settings
from data.warehouse import Warehouse
from tests.oracle.casebook import NOW
from tests.oracle.clock import standing_at

RULES = Settings().rules


@contextmanager
def copied(folder: Path) -> Iterator[None]:
    """Inside, a warehouse that is not there yet is a copy of an empty one, made in `folder`, seen from its own instant.

    One of other rules, or opened on another day than those, is made as ever: its empty tables would differ. So is one in a
    folder that is not there yet: that the folder is made for its owner alone is the product's work.
    """
    empty: dict[date, Path] = {}

    def make() -> None:
        path = folder / f"{len(empty)}.duckdb"
        with closing(Warehouse(path, Settings(home=folder))) as made:
            empty[made.as_of.date()] = path

    make()
    with standing_at(NOW):
        make()
    really = Warehouse.__init__

    def opening(self: Warehouse, path: Path, settings: Settings) -> None:
        now = warehouse.datetime.now(warehouse.UTC).replace(tzinfo=None)
        is_copied = settings.rules == RULES and now.date() in empty and path.parent.is_dir() and not path.exists()
        if is_copied:
            shutil.copy(empty[now.date()], path)
        really(self, path, settings)
        if is_copied:
            with self.transaction() as cursor:
                params.write(cursor, settings, now, "table")

    with patch.object(Warehouse, "__init__", opening):
        yield
