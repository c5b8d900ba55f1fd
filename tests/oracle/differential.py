"""Sync a simulated account from the Stripe-shaped server, and compare every figure with the truth.

python tests/oracle/differential.py --account cases
python tests/oracle/differential.py --account random --seed 3 --clients 200 --shape old
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

if __name__ == "__main__":  # started as a file, from wherever
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pandas as pd

from data import metrics
from data.settings import Settings
from data.sources.demo import snapshot
from data.sources.demo.account import Account
from data.sync import sync
from data.warehouse import Warehouse
from tests.oracle import compare
from tests.oracle.amounts import Sync
from tests.oracle.clock import standing_at
from tests.oracle.truth import Truth
from tests.stripe_server.server import StripeServer

COMPARED: Mapping[str, Callable[[Truth, pd.DataFrame], list[str]]] = {
    "churn_rates": compare.churn_rates,
    "client_mrr": compare.client_mrr,
    "movements": compare.movements,
    "mrr_movements": compare.mrr_movements,
    "retention": compare.retention,
    "tier_mix": compare.tier_mix,
}


class Reader:
    """Someone who syncs an account into a home of their own, and then looks at the figures."""

    def __init__(self, home: Path, account: Account, shape: str = "new") -> None:
        self.account = account
        self.shape = shape
        self.home = home
        self.syncs: list[Sync] = []

    def sync(self, served_by: type[StripeServer] = StripeServer) -> None:
        """Read the account as it stands now; the reader's clock says the same."""
        shown = snapshot.take(self.account)
        with served_by(shown, shape=self.shape) as server, standing_at(shown.at):
            sync(self._settings(server.url), "stripe")
        self.syncs.append(Sync(shown.at, shown.at))

    def frames(self, as_of: int | None = None) -> dict[str, pd.DataFrame]:
        """The compared metrics, seen from `as_of` (Unix seconds)."""
        settings = self._settings("")
        with closing(Warehouse(settings.own_warehouse, settings)) as warehouse, ExitStack() as stack:
            instant = datetime.fromtimestamp(as_of, UTC) if as_of is not None else None
            cursor = stack.enter_context(warehouse.seen_from(instant) if instant else warehouse.cursor())
            return {name: metrics.read_by(cursor, name) for name in COMPARED}

    def differences(self, as_of: int | None = None) -> dict[str, list[str]]:
        """What differs from the truth, by metric, each with the cases of the client it names."""
        seen_from = self.syncs[-1].seen_at if as_of is None else as_of
        truth = Truth(self.account, as_of=seen_from, syncs=tuple(self.syncs))
        frames = self.frames(seen_from)
        return {name: [self._tagged(one) for one in compared(truth, frames[name])] for name, compared in COMPARED.items()}

    def _settings(self, url: str) -> Settings:
        return Settings(home=self.home, show="own", stripe_api_key="sk_test_x", stripe_api_base=url)

    def _tagged(self, difference: str) -> str:
        for word in difference.split():
            who = self.account.records.customers.get(word.rstrip(":"))
            if who:
                return f"[{who.description or who.name}] {difference}"
        return difference


def main() -> None:
    """Print what differs."""
    from tests.stripe_server import accounts

    parser = argparse.ArgumentParser(description="Compare the figures of a simulated account with the truth.")
    parser.add_argument("--account", choices=["demo", "cases", "random"], default="cases")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--shape", choices=["new", "old"], default="new")
    parser.add_argument("--as-of", default="")
    given = parser.parse_args()
    account = accounts.account(given.account, seed=given.seed, clients=given.clients)
    as_of = int(datetime.fromisoformat(given.as_of).replace(tzinfo=UTC).timestamp()) if given.as_of else None
    with tempfile.TemporaryDirectory() as home:
        reader = Reader(Path(home), account, given.shape)
        reader.sync()
        found = reader.differences(as_of)
    for name, wrong in found.items():
        print(f"{name}: {len(wrong)} differences")
    firsts = {one.split("] ")[0]: one for one in reversed(found["client_mrr"] + found["movements"])}
    for one in sorted(firsts.values()):
        print("  ", one)
    print(Counter(one.split("] ")[0] for one in found["client_mrr"]).most_common(40))


if __name__ == "__main__":
    main()
