"""The demo's agreements, put on record where they are missing; looked up before all that writing them takes is loaded."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.warehouse import Warehouse


def give(warehouse: "Warehouse") -> None:
    """Put the demo's agreements on record, unless it holds an agreement already."""
    if not warehouse.read_once("select 1 from contracts limit 1"):
        from proposals.agreement import samples  # with it come the reader, templates and typesetting, which few pages need

        samples.seed(warehouse)
