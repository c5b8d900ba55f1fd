"""An empty warehouse, made once in each test process and copied wherever a test opens its first."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from data import params, warehouse
from data.settings import Settings
from data.warehouse import Warehouse

RULES = Settings().rules


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """Inside, a warehouse that is not there yet is a copy of an empty one, made in `folder`, seen from its own instant.

    One of other rules, or opened on another day than today, is made as ever: its empty tables would differ. So is one in a
    folder that is not there yet: that the folder is made for its owner alone is the product's work.
    """
    empty = folder / "empty.duckdb"
    with closing(Warehouse(empty, Settings(home=folder))) as made:
        day = made.as_of.date()
    really = Warehouse.__init__

    def opening(self: Warehouse, path: Path, settings: Settings) -> None:
        now = warehouse.datetime.now(warehouse.UTC).replace(tzinfo=None)
        is_copied = settings.rules == RULES and now.date() == day and path.parent.is_dir() and not path.exists()
        if is_copied:
            shutil.copy(empty, path)
        really(self, path, settings)
        if is_copied:
            with self.transaction() as cursor:
                params.write(cursor, settings, now, "table")

    with patch.object(Warehouse, "__init__", opening):
        yield empty
