"""What a full build would give, held against what stands."""

from collections import Counter
from typing import Any

from data import models
from data.warehouse import Warehouse


def differences(warehouse: Warehouse) -> dict[str, tuple[int, int]]:
    """Rows that stand in each table but not after a full build of the same instant, and the other way round; builds fully."""
    names = [*(name for name, _ in models.ordered() if models.kept_as(name) == "table"), "params"]
    with warehouse.cursor() as before, warehouse.cursor() as after:
        before.execute("begin")  # goes on seeing what stood
        stood = _sums(before, names)
        warehouse.build(warehouse.as_of)
        differing = [name for name, summed in _sums(after, names).items() if summed != stood[name]]
        rows = {name: (_rows(before, name), _rows(after, name)) for name in differing}
    return {name: ((was - now).total(), (now - was).total()) for name, (was, now) in rows.items()}


def _sums(cursor: Any, names: list[str]) -> dict[str, list[int]]:
    """How many rows each table has, and the sum of their hashes."""
    parts = [f"select '{name}', count(*), sum(hash(one)::hugeint) from {name} as one" for name in names]
    return {name: summed for name, *summed in cursor.execute(" union all ".join(parts)).fetchall()}


def _rows(cursor: Any, name: str) -> Counter[str]:
    return Counter(repr(row) for row in cursor.execute(f"from {name}").fetchall())
