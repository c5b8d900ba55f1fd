"""The accounts that the server can show by hand: the demo, all hand-made cases, or a random one."""

from datetime import UTC, datetime

from data.sources.demo import agency, snapshot
from data.sources.demo.account import Account
from tests.oracle import cases, generator


def chosen(kind: str, *, seed: int = 1, clients: int = 200, at: str = "") -> snapshot.Snapshot:
    """The snapshot of an account at an ISO instant (empty: its usual one)."""
    return snapshot.take(account(kind, seed=seed, clients=clients, at=at))


def account(kind: str, *, seed: int = 1, clients: int = 200, at: str = "") -> Account:
    """The account of that kind: `demo`, `cases` or `random`."""
    moment = datetime.fromisoformat(at).astimezone(UTC) if at else None
    seconds = int(moment.timestamp()) if moment else None
    if kind == "demo":
        return agency.simulate((moment or datetime.now(UTC)).date()).account
    if kind == "cases":
        return cases.build(until=seconds or cases.NOW)
    return generator.build(seed, clients=clients, until=seconds or cases.NOW)
