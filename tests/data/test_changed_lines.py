"""Which invoice lines history reads: those that show their item otherwise than the line before, however lines lie in time."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from data import models
from data.settings import Settings
from data.warehouse import Warehouse

# What the model finds without sorting most lines, said plainly: every line in order, beside the one before it.
PLAINLY = """
    select invoice_id from recurring_lines
    where period_start_at is not null
    window by_item as (
        partition by subscription_item_id
        order by period_start_at, is_credit desc, period_end_at, hash(invoice_id), hash(price_id), quantity
    )
    qualify is_proration or is_credit
        or lag((price_id, quantity, false)) over by_item is distinct from (price_id, quantity, false)
        or lag(is_proration or is_credit) over by_item
"""
COLUMNS = """
    line_no bigint, invoice_id varchar, subscription_id varchar, subscription_item_id varchar, price_id varchar,
    quantity double, period_start_at timestamp, period_end_at timestamp, is_proration boolean, is_credit boolean
"""
PLACES = "?, ?, ?, ?, ?, ?, make_timestamp(?::bigint * 1000000), make_timestamp(?::bigint * 1000000), ?, ?"
DAY = 86_400


def life(dice: random.Random, item: int) -> list[tuple[object, ...]]:
    """The lines of one item: months that tile, and by chance a gap, an overlap, an empty period, a double or a proration."""
    lines, at, price = [], dice.randrange(0, 40) * 365 * DAY, 0
    for month in range(dice.randrange(1, 14)):
        price = dice.choice([price, price, price, 1, 2])
        length = dice.choice([28, 30, 31]) * DAY
        oddity = (
            dice.choice(["gap", "overlap", "empty", "empty", "double", "double", "proration", "away"])
            if dice.random() < item % 4 * 0.05
            else ""
        )
        start = at + {"gap": 3, "overlap": -40}.get(oddity, 0) * DAY
        end = start if oddity == "empty" else start + length
        quantity = float(dice.choice([1, 1, 1, 2]))
        for copy in range(2 if oddity == "double" else 1):
            shown = (f"price_{price + (oddity == 'empty')}", quantity, None if oddity == "away" else start, end)
            lines.append(
                (f"in_{item}_{month}_{copy}", "sub", f"si_{item}", *shown, oddity == "proration", dice.random() < 0.02)
            )
        at = end
    return lines


@pytest.mark.parametrize("seed", range(3))
def test_the_lines_that_change_something_are_found_whether_they_tile_overlap_or_come_twice(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    lines = [line for item in range(120) for line in life(dice, item)]
    dice.shuffle(lines)
    with closing(Warehouse(tmp_path / "w.duckdb", Settings(home=tmp_path))) as opened, opened.cursor() as cursor:
        cursor.execute(f"create temp table recurring_lines ({COLUMNS})")
        numbered = [(number if number % 3 else -1 - number, *line) for number, line in enumerate(lines)]
        cursor.executemany(f"insert into recurring_lines values ({PLACES})", numbered)
        found = sorted(
            row for (row,) in cursor.execute(f"select invoice_id from ({models.select('changed_lines')})").fetchall()
        )
        plainly = sorted(row for (row,) in cursor.execute(PLAINLY).fetchall())
    assert found == plainly
    assert len(found) < len(lines)
