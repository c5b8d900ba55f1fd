"""All hand-made cases of definitions.md's table, and the account in which they live side by side."""

from data.sources.demo.account import Account
from tests.oracle import cases_coupons, cases_lives, cases_pauses, cases_prices
from tests.oracle.casebook import CASES, NOW, START, Case

__all__ = ["CASES", "NOW", "build", "cases_coupons", "cases_lives", "cases_pauses", "cases_prices"]


def build(*names: str, time_zone: str = "Etc/UTC", until: int = NOW) -> Account:
    """One account with a client for each of these cases (none named: for all), named by it, as it stands at `until`."""
    account = Account(start=START, tag="case", time_zone=time_zone)
    for name in names or CASES:
        CASES[name](Case(name, account, account.price(account.product("Care"), 10_000)))
    return account.advance(until)
