"""An amount off a subscription with items of several intervals: each item's part is that of its own invoice line."""

from pathlib import Path

import pandas as pd

from data.sources.demo.account import Account
from tests.oracle.casebook import NOW, START, Case, instant
from tests.oracle.differential import Reader


def test_an_amount_off_over_several_intervals_is_shared_by_the_invoice_lines_of_each_month(tmp_path: Path) -> None:
    account = Account(start=START, tag="case", time_zone="Etc/UTC")
    it = Case("mixed", account, account.price(account.product("Care"), 10_000))
    it.start(items=[(it.price, 1), (it.yearly(60_000), 1)], coupons=[account.coupon(amount_off=1_400, currency="usd")])
    account.advance(NOW)
    reader = Reader(tmp_path, account)
    reader.sync()
    # 1,400 off 10,000 a month and 60,000 a year: 200 and 1,200 where both are billed, in other months all off the monthly one.
    told = _by_month(reader)
    both, alone = 9_800 + 4_900, 8_600 + 4_900
    assert told["2025-03":"2026-04"].to_dict() == {"2025-03": both, "2026-03": both} | {
        month: alone for month in told["2025-03":"2026-04"].index if not month.endswith("-03")
    }
    assert _by_month(reader, instant(2025, 3, 31, 23))["2025-03"] == both, "a later line changes nothing of what was"


def _by_month(reader: Reader, as_of: int | None = None) -> pd.Series:
    frame = reader.frames(as_of)["client_mrr"]
    return frame.set_index("month")["mrr_minor"].sort_index()
