"""Clients as the user sees them: several Stripe customers, agreements or sites linked to one (definitions.md, Clients)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from data import clock
from data.errors import InputError

if TYPE_CHECKING:
    from data.warehouse import Warehouse

SITE = "site:"


def refuse_unknown(cursor: Any, *client_ids: str) -> None:
    """InputError for the first of these that is no client."""
    known = {row[0] for row in cursor.execute("select party_id from client_parties").fetchall()}
    for client_id in client_ids:
        if client_id not in known:
            raise InputError(f"There is no client “{client_id}”.", "Choose one from the list.")


def link(warehouse: "Warehouse", party_id: str, client_id: str) -> None:
    """Let a party (Stripe customer, agreement's client, or `site:` and an address) stand for a client, and rebuild.

    What was linked to the party follows it. Linked parties count as one client; going from one to another is no movement.
    Raises InputError where either is unknown, or the link would lead back to itself.
    """
    with warehouse.transaction() as cursor:
        refuse_unknown(cursor, client_id, *(() if party_id.startswith(SITE) else (party_id,)))
        root = cursor.execute("select client_id from client_links where linked_id = ?", [client_id]).fetchone()
        target = root[0] if root else client_id
        if target == party_id:
            raise InputError("A client can't be linked to itself.", "Undo the other link first.")
        now = clock.now()
        cursor.execute("update client_links set client_id = ? where client_id = ?", [target, party_id])
        cursor.execute("insert or replace into client_links values (?, ?, ?)", [party_id, target, now])
    warehouse.build()


def confirm_sites(warehouse: "Warehouse", matches: Sequence[tuple[str, str]]) -> None:
    """Confirm that sites belong to the clients they were matched to, as (address, client's id) each, and rebuild once.

    Each can be undone like a link (`site:` and the address). InputError where a client is unknown; nothing is written then.
    """
    with warehouse.transaction() as cursor:
        refuse_unknown(cursor, *(client_id for _, client_id in matches))
        roots = dict(cursor.execute("select linked_id, client_id from client_links").fetchall())
        now = clock.now()
        for address, client_id in matches:
            cursor.execute(
                "insert or replace into client_links values (?, ?, ?)", [SITE + address, roots.get(client_id, client_id), now]
            )
    warehouse.build()


def unlink(warehouse: "Warehouse", party_id: str) -> None:
    """Undo a link, and rebuild; the party is a client by itself again. Nothing happens where there was none."""
    with warehouse.transaction() as cursor:
        cursor.execute("delete from client_links where linked_id = ?", [party_id])
    warehouse.build()


def map_tier(warehouse: "Warehouse", stripe_id: str, tier: str | None) -> None:
    """Say to which tier a Stripe price or product belongs (None: as the price book says again), and rebuild."""
    map_tiers(warehouse, {stripe_id: tier})


def map_tiers(warehouse: "Warehouse", tiers: Mapping[str, str | None]) -> None:
    """Say of several Stripe prices or products, by their ids, to which tier they belong, and rebuild once."""
    now = clock.now()
    with warehouse.transaction() as cursor:
        for stripe_id, tier in tiers.items():
            cursor.execute("delete from tier_mappings where stripe_id = ?", [stripe_id])
            if tier:
                cursor.execute("insert into tier_mappings values (?, ?, ?)", [stripe_id, tier, now])
    warehouse.build()
