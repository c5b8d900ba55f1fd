"""The hosting check list of a site (mission.md F19, F21): ticked by the user, remembered with who and when."""

from typing import TYPE_CHECKING

from data import clock, version
from data.errors import InputError

if TYPE_CHECKING:
    from data.warehouse import Warehouse

# Item → the rule it comes from, and what is so where it is met.
ITEMS = {
    "own_server": ("F19", "A VPS or managed WordPress, no shared hosting"),
    "own_panel_account": ("F21", "A panel account of its own"),
    "services_off": ("F21", "Services that WordPress doesn’t need are off"),
    "no_email": ("F21", "No e-mail on the site’s server"),
}


def tick(warehouse: "Warehouse", site: str, item: str, is_met: bool | None, by: str = "") -> None:
    """Write down that an item is met, is not, or is not known any more (None); what was told before is kept as history.

    InputError for an item that is not on the list, and for a site that nothing is known of.
    """
    if item not in ITEMS:
        raise InputError(f"“{item}” is not on the hosting check list.", f"Known are {', '.join(ITEMS)}.")
    with warehouse.transaction() as cursor:
        if not cursor.execute("select 1 from care_sites where site = ?", [site]).fetchone():
            raise InputError(f"There is no site {site}.", "Choose one from the list.")
        now = clock.now()
        cursor.execute("insert into hosting_checks values (?, ?, ?, ?, ?)", [site, item, is_met, now, by.strip()[:200]])
        version.rise(cursor)
