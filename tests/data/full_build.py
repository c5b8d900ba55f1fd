"""What a full build would give, held against what stands."""

from data import models
from data.warehouse import Warehouse


def differences(warehouse: Warehouse) -> dict[str, tuple[int, int]]:
    """Rows that stand in each table but not after a full build of the same instant, and the other way round; builds fully."""
    names = [*(name for name, _ in models.ordered() if models.kept_as(name) == "table"), "params"]
    with warehouse.cursor() as cursor:
        for name in names:
            cursor.execute(f"create temp table stood_{name} as from {name}")
        warehouse.build(warehouse.as_of)
        counts = {}
        for name in names:
            row = cursor.execute(
                f"""
                select (select count(*) from (from stood_{name} except all from {name})),
                    (select count(*) from (from {name} except all from stood_{name}))
                """
            ).fetchone()
            counts[name] = (row[0], row[1]) if row else (0, 0)
    return {name: count for name, count in counts.items() if any(count)}
