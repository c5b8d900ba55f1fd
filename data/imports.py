"""Files that the user brings: which kinds there are, and what takes them in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import InputError
from data.settings import Settings
from data.sources import agreements, maintenance
from data.warehouse import Warehouse

KINDS = ("maintenance", "agreements")


def import_file(settings: Settings, kind: str, path: Path) -> str:
    """Take a file into the user's own warehouse and say in sentences what was read, and what was not.

    Raises InputError for a kind or file that can't be read; nothing is kept of such a file.
    """
    if kind not in KINDS:
        raise InputError(f"There is no import of “{kind}”.", f"Known are {' and '.join(KINDS)}.")
    if not path.is_file():
        raise InputError(f"There is no file {path}.", "Check the path.")
    with _own(settings) as warehouse:
        if kind == "agreements":
            return "\n".join(agreements.import_file(path, warehouse).lines())
        return "\n".join(maintenance.import_file(path, warehouse=warehouse).lines())


@contextmanager
def _own(settings: Settings) -> Iterator[Warehouse]:
    """The user's own warehouse; made for this file, it goes again if nothing was kept, so that the demo stays shown."""
    stood_before = settings.own_warehouse.exists()
    warehouse = Warehouse(settings.own_warehouse, settings)
    try:
        yield warehouse
    finally:
        is_empty = warehouse.is_empty
        warehouse.close()
        if is_empty and not stood_before:
            settings.own_warehouse.unlink(missing_ok=True)
