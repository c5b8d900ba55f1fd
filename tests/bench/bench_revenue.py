"""What building costs against one plain scan of the same lines; `python -m tests.bench revenue [LINES …]`.

Synthetic accounts of monthly subscriptions that change price or quantity now and then, 50 lines a client. Reach: history and marts
in SQL at most 7 × the scan at a million lines, a page's query at most 0.6 ×, growth no worse than linear, and after a hundred
changed lines at most 0.2 × of a full rebuild.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from data import building, metrics, models
from data.emptiness import Emptiness
from data.settings import Settings
from data.warehouse import Warehouse

SIZES = (10_000, 100_000, 1_000_000)
MONTHS = 50
SCAN = """
    select count(customer_id), max(subscription_item_id), max(price_id), sum(quantity), sum(amount_minor), max(period_start_at)
    from stg_stripe__invoice_lines
"""
LINES = f"""
    create temp table lines as
    select client, month, date '2022-09-01' + to_months(month::integer) as on_day,
        (client + month // 9) % 20 as price, 1 + (client + month // 14) % 3 as quantity
    from range($lines // {MONTHS}) as clients(client), range({MONTHS}) as months(month)
"""
FILLS = {
    "products": """select 'prod_' || i, json_object('id', 'prod_' || i, 'name', 'Tier ' || i) from range(20) as t(i)""",
    "prices": """select 'price_' || i, json_object('id', 'price_' || i, 'currency', 'usd', 'product', 'prod_' || i,
        'unit_amount_decimal', (1000 * (i + 1))::varchar, 'recurring', json_object('interval', 'month', 'interval_count', 1)) from range(20) as t(i)""",
    "customers": """select 'cus_' || client, json_object('id', 'cus_' || client, 'name', 'Client ' || client, 'created', 1600000000)
        from (select distinct client from lines)""",
    "subscriptions": """select 'sub_' || client, json_object('id', 'sub_' || client, 'customer', 'cus_' || client, 'status', 'active',
        'currency', 'usd', 'created', epoch(min(on_day))::bigint, 'start_date', epoch(min(on_day))::bigint,
        'items', json_object('data', [json_object('id', 'si_' || client, 'created', epoch(min(on_day))::bigint,
            'quantity', arg_max(quantity, on_day), 'price', json_object('id', 'price_' || arg_max(price, on_day)))]))
        from lines group by client""",
    "invoices": """select 'in_' || client || '_' || month, json_object('id', 'in_' || client || '_' || month, 'customer', 'cus_' || client,
        'status', 'paid', 'currency', 'usd', 'created', epoch(on_day)::bigint, 'total', 1000 * (price + 1) * quantity,
        'status_transitions', json_object('finalized_at', epoch(on_day)::bigint),
        'parent', json_object('subscription_details', json_object('subscription', 'sub_' || client)),
        'lines', json_object('data', [json_object('id', 'il_' || client || '_' || month, 'amount', 1000 * (price + 1) * quantity,
            'currency', 'usd', 'quantity', quantity,
            'period', json_object('start', epoch(on_day)::bigint, 'end', epoch(on_day + interval 1 month)::bigint),
            'parent', json_object('type', 'subscription_item_details', 'subscription_item_details',
                json_object('subscription', 'sub_' || client, 'subscription_item', 'si_' || client, 'proration', false)),
            'pricing', json_object('price_details', json_object('price', 'price_' || price)))]))
        from lines""",
}


def timed(run: Callable[[], Any], times: int = 1, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median seconds of some runs."""
    taken = []
    for _ in range(times):
        began = clock()
        run()
        taken.append(clock() - began)
    return median(taken)


def fill(opened: Warehouse, lines: int) -> None:
    """Land an account of that many invoice lines."""
    with opened.transaction() as cursor:
        cursor.execute(LINES, {"lines": lines})
        for entity, sql in FILLS.items():
            cursor.execute(
                f"insert into raw_stripe__{entity} select *, timestamp '2026-11-01', timestamp '2026-11-01', null from ({sql})"
            )
        cursor.execute(
            "insert into raw_versions select 'stripe', 'subscriptions', id, timestamp '2026-11-01', payload from raw_stripe__subscriptions"
        )
        cursor.execute("drop table lines")


def built(opened: Warehouse, layer: str, emptiness: Emptiness) -> tuple[float, float]:
    """Seconds to build one layer by the clock and of the processor, committed: much of what is written is only packed then."""
    began, busy = time.perf_counter(), time.process_time()
    with opened.transaction() as cursor:
        building.make_layer(cursor, layer, emptiness)
    return time.perf_counter() - began, time.process_time() - busy


def touch(opened: Warehouse, folder: Path) -> None:
    """Land a hundred invoices with a changed line, each of another client where there are so many."""
    with opened.transaction() as cursor:
        rows = cursor.execute(
            "select payload from raw_stripe__invoices where id like 'in\\_%\\_40' escape '\\' limit 100"
        ).fetchall()
        invoices = [json.loads(row[0]) for row in rows]
        for invoice in invoices:
            invoice["lines"]["data"][0]["quantity"] += 1
        file = folder / "invoices.ndjson"
        file.write_text("".join(json.dumps(invoice) + "\n" for invoice in invoices), encoding="utf-8")
        opened.load_raw(cursor, "stripe", "invoices", [file], seen_at=datetime.now(UTC))


def incremental(opened: Warehouse, folder: Path) -> float:
    """Seconds to build what a hundred changed lines touch, raw to marts, committed."""
    touch(opened, folder)
    began = time.perf_counter()
    reason = opened.refresh()
    if reason:
        print(f"{'':15} everything was rebuilt: {reason}")
    return time.perf_counter() - began


def measure(lines: int) -> dict[str, float]:
    """Seconds of each part at that size."""
    with (
        tempfile.TemporaryDirectory() as home,
        closing(Warehouse(Path(home) / "w.duckdb", Settings(home=Path(home)))) as opened,
    ):
        fill(opened, lines)
        with opened.cursor() as cursor:
            emptiness = Emptiness(cursor)
        parts = {}
        for layer in models.LAYERS:
            parts[layer], parts[f"{layer} busy"] = built(opened, layer, emptiness)
        with opened.cursor() as cursor:
            parts["scan"] = timed(lambda: cursor.execute(SCAN).fetchall(), 9)
            parts["scan busy"] = timed(lambda: cursor.execute(SCAN).fetchall(), 9, time.process_time)
        parts["read"] = timed(lambda: metrics.read(opened, "mrr_movements"), 5)
        parts["increment"] = median(incremental(opened, Path(home)) for _ in range(3))
        parts["whole"] = timed(opened.build)
    return parts


def main(*sizes: str) -> None:
    """Print the ratios of one run, at these numbers of lines or at SIZES."""
    before = None
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for lines in [int(size) for size in sizes] or SIZES:
        parts = measure(lines)
        scan, rebuild = parts["scan"], parts["history"] + parts["marts"]
        grown = f", {rebuild / before:.1f} × the size before" if before else ""
        print(f"{lines:>9,} lines: scan {scan * 1000:.1f} ms")
        print(f"{'':15} staging from JSON {parts['staging'] / scan:.0f} × the scan")
        print(
            f"{'':15} history {parts['history'] / scan:.0f} ×, marts {parts['marts'] / scan:.0f} ×, both {rebuild / scan:.0f} ×{grown}"
        )
        busy = {layer: parts[f"{layer} busy"] / parts["scan busy"] for layer in models.LAYERS}
        print(
            f"{'':15} by processor time: staging {busy['staging']:.0f} ×, history {busy['history']:.0f} ×, "
            f"marts {busy['marts']:.0f} ×, history and marts {busy['history'] + busy['marts']:.0f} ×"
        )
        print(f"{'':15} mrr_movements read {parts['read'] / scan:.2f} ×")
        print(
            f"{'':15} 100 changed lines, raw to marts: {parts['increment'] / scan:.0f} × the scan, "
            f"{parts['increment'] / parts['whole']:.3f} × of a full rebuild, {parts['increment'] / rebuild:.3f} × of history and marts alone"
        )
        before = rebuild


if __name__ == "__main__":
    main(*sys.argv[1:])
