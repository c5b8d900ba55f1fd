"""Clients of another tool's statement found among ours: by Stripe id, else e-mail address, else name, if one alone fits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

Handles = Mapping[str, Mapping[str, frozenset[str]]]
WAYS = ("party_id", "email", "name")
PARTIES = """
    select clients.client_id, parties.party_id, lower(trim(coalesce(customers.email, clients.email))) as email,
        coalesce(customers.name, clients.client_name) as name, clients.client_name
    from client_parties as parties
    join clients_dim as clients using (client_key)
    left join stg_stripe__customers as customers on customers.customer_id = parties.party_id
"""


def handles(warehouse: "Warehouse") -> Handles:
    """What our clients can be recognised by: way → handle → the ids of the clients that it fits."""
    with warehouse.cursor() as cursor:
        rows = cursor.execute(PARTIES).fetchall()
    known: dict[str, dict[str, set[str]]] = {way: defaultdict(set) for way in WAYS}
    for client_id, party_id, email, name, client_name in rows:
        for way, values in (("party_id", (party_id, client_id)), ("email", (email,)), ("name", (name, client_name, party_id))):
            for value in values:
                known[way][plain(value)].add(client_id)
    return {way: {handle: frozenset(ids) for handle, ids in found.items() if handle} for way, found in known.items()}


def match(rows: "pandas.DataFrame", known: Handles) -> "pandas.DataFrame":
    """The statement's rows with `client_id` (empty unless exactly one client fits) and `fits`, how many clients do."""
    found: dict[tuple[Any, ...], tuple[str, int]] = {}
    keys = [tuple(key) for key in rows[list(WAYS)].itertuples(index=False)]
    for key in keys:
        if key not in found:
            found[key] = _client(key, known)
    return rows.assign(client_id=[found[key][0] for key in keys], fits=[found[key][1] for key in keys])


def plain(text: Any) -> str:
    """A handle without what people write differently: capitals and spaces."""
    return " ".join(str(text or "").casefold().split())


def _client(key: Iterable[Any], known: Handles) -> tuple[str, int]:
    most = 0
    for way, value in zip(WAYS, key, strict=True):
        fitting = known[way].get(plain(value), frozenset())
        if way == "party_id" and not fitting:  # a column of “ids” may hold the names that agreements go by
            fitting = known["name"].get(plain(value), frozenset())
        if len(fitting) == 1:
            return next(iter(fitting)), 1
        most = max(most, len(fitting))
    return "", most
