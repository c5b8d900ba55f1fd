"""What a month's frames say, before any language: the facts that paragraph, tables and pictures share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from proposals.review.figures import as_day, clean, is_missing
from proposals.review.frames import Frames

GAINS = ("new", "reactivation", "expansion")
LOSSES = ("contraction", "churn")
KINDS = (*GAINS, *LOSSES)


@dataclass(frozen=True)
class Mover:
    """A client's movements of one kind in the month, in minor units, with the cause of the largest."""

    name: str
    amount_minor: int
    cause: str


@dataclass(frozen=True)
class Leaver:
    """A client that is set to leave."""

    name: str
    leaves_on: date
    mrr_minor: int


@dataclass(frozen=True)
class Facts:
    """One month and currency, amounts in minor units; `step` is its row of mrr_movements, `summary` of revenue_summary."""

    month: date
    currency: str
    is_unfinished: bool
    step: dict[str, Any]
    summary: dict[str, Any]
    counts: dict[str, int]
    movers: dict[str, tuple[Mover, ...]]
    largest: tuple[Mover, ...]
    leavers: tuple[Leaver, ...]
    cash: dict[str, Any]

    @property
    def net_minor(self) -> int:
        """Closing less opening."""
        return int(self.step["closing_minor"]) - int(self.step["opening_minor"])

    @property
    def way(self) -> str:
        """How the month went: first, up, down, level (moved, and came out even) or still."""
        if not any(self.counts.values()):
            return "still"
        if not int(self.step["opening_minor"]) and self.counts["new"] and not self.counts["reactivation"]:
            return "first"
        return "up" if self.net_minor > 0 else "down" if self.net_minor < 0 else "level"


def read(frames: Frames, today: date | None = None) -> Facts:
    """The facts of the month whose frames these are; `today` says whether it is over, and whether leavers still matter."""
    step = frames["mrr_movements"].iloc[-1].to_dict()
    month = as_day(step["month"])
    moved = frames["movements"].to_dict("records")
    clients = frames["client_mrr"].sort_values(["mrr_minor", "client_name"], ascending=[False, True]).to_dict("records")
    cash = frames["cash"].to_dict("records")
    return Facts(
        month=month,
        currency=str(step["currency"]),
        is_unfinished=today is not None and _months(today) <= _months(month),
        step={str(name): value for name, value in step.items()},
        summary={str(name): value for name, value in frames["revenue_summary"].iloc[-1].items()},
        counts={kind: sum(row["kind"] == kind for row in moved) for kind in KINDS},
        movers={kind: _movers([row for row in moved if row["kind"] == kind]) for kind in KINDS},
        largest=tuple(Mover(clean(row["client_name"]), int(row["mrr_minor"]), "") for row in clients if row["mrr_minor"] > 0),
        leavers=_leavers(frames) if today is None or _months(today) - _months(month) <= 1 else (),
        cash={str(name): value for name, value in cash[0].items()} if cash else {},
    )


def _movers(rows: list[dict[Any, Any]]) -> tuple[Mover, ...]:
    """Movements of one kind by client, the largest sum first."""
    by_client: dict[str, list[dict[Any, Any]]] = {}
    for row in rows:
        by_client.setdefault(row["client_id"], []).append(row)
    movers = [
        Mover(
            clean(theirs[0]["client_name"]),
            sum(int(row["amount_minor"]) for row in theirs),
            clean(max(theirs, key=lambda row: int(row["amount_minor"]))["cause"]),
        )
        for theirs in by_client.values()
    ]
    return tuple(sorted(movers, key=lambda mover: (-mover.amount_minor, mover.name)))


def _leavers(frames: Frames) -> tuple[Leaver, ...]:
    rows = [row for row in frames["clients"].to_dict("records") if not is_missing(row["leaves_on"])]
    return tuple(Leaver(clean(row["client_name"]), as_day(row["leaves_on"]), _leaving(row)) for row in rows)


def _leaving(row: dict[Any, Any]) -> int:
    """The MRR that goes with a leaver, which is not all of it where only one of several subscriptions ends."""
    part = row.get("leaving_minor")
    return int(row["mrr_minor"]) if part is None or is_missing(part) else int(part)


def _months(day: date) -> int:
    return day.year * 12 + day.month
