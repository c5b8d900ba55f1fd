"""What MRR was, by definitions.md, from the simulated account's own diary: no Stripe object and no SQL is read.

Every client's state is taken at the end of each local day on which something changed; movements are the differences.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from data.sources.demo.account import Account
from data.sources.demo.periods import moment
from tests.oracle.amounts import Sync, Terms
from tests.oracle.spans import Span, spans_of

PAYING, COMPED, PAUSED = "paying", "comped", "paused"
Key = tuple[str, str]  # client, currency


@dataclass(frozen=True)
class DayState:
    """What a client has in one currency at the end of a day: MRR in minor units, by tier, and how it stands."""

    mrr: int = 0
    standing: str | None = None
    is_carried: bool = False  # at 0, but it has paid and never left
    tiers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Movement:
    """One dated change of a client's MRR."""

    day: date
    client: str
    currency: str
    kind: str
    before: int
    after: int
    to_zero: bool = False
    from_zero: bool = False

    @property
    def amount(self) -> int:
        """The size of the change, in minor units."""
        return abs(self.after - self.before)


class Truth:
    """The figures of an account as seen at `as_of` (Unix seconds), for a reader with these syncs."""

    def __init__(
        self,
        account: Account,
        *,
        as_of: int | None = None,
        syncs: tuple[Sync, ...] = (),
        claims: Mapping[str, str] | None = None,
        once_counts: bool = False,
    ) -> None:
        self.as_of = account.now if as_of is None else as_of
        self.zone = ZoneInfo(account.time_zone)
        self.claims = claims or {}
        self._account = account
        self._terms = Terms(account, syncs or (Sync(account.now, account.now),), once_counts)
        self.states: dict[Key, list[tuple[date, DayState]]] = {}
        self.movements: list[Movement] = []
        for key, spans in self._by_client().items():
            self._walk(key, spans)
        self.movements.sort(key=lambda move: (move.day, move.client, move.currency))

    def _by_client(self) -> dict[Key, list[Span]]:
        found: dict[Key, list[Span]] = {}
        for span in spans_of(self._account, self._terms):
            found.setdefault((span.state.customer, span.state.currency), []).append(span)
        return found

    def _walk(self, key: Key, spans: list[Span]) -> None:
        edges = {edge for span in spans for edge in (span.start, span.end) if edge is not None}
        edges |= {edge for span in spans for edge in self._terms.edges(span.state)}
        days = sorted({self.day(edge) for edge in edges if edge <= self.as_of})
        before, has_paid = DayState(), False
        for day in days:
            after = self._state(spans, min(self.last_instant(day), self.as_of), before)
            if after != before:
                self.states.setdefault(key, []).append((day, after))
            move = _movement(key, day, before, after, has_paid)
            if move:
                self.movements.append(move)
            has_paid = has_paid or after.mrr > 0
            before = after

    def _state(self, spans: list[Span], at: int, before: DayState) -> DayState:
        live = [span for span in spans if span.start <= at and (span.end is None or at < span.end)]
        mrr, tiers, can_carry, is_comped = 0, dict[str, int](), False, False
        for span in live:
            if span.is_paused:
                can_carry = True
                continue
            for item, amount, price_amount in self._terms.amounts(span.state, at):
                mrr += amount
                can_carry = True
                is_comped = is_comped or (amount == 0 and price_amount > 0)
                if amount:
                    tier = self._tier(item.price.id)
                    tiers[tier] = tiers.get(tier, 0) + amount
        if mrr:
            return DayState(mrr, PAYING, False, tiers)
        if can_carry and (before.mrr or before.is_carried):
            return DayState(0, PAUSED if any(span.is_paused for span in live) else COMPED, True)
        return DayState(0, COMPED) if is_comped else DayState()

    def _tier(self, price_id: str) -> str:
        price = self._account.catalogue.prices[price_id]
        for claim in (price.id, price.product.id, price.lookup_key):
            if claim in self.claims:
                return self.claims[claim]
        return price.product.name

    def day(self, at: int) -> date:
        """The local day of an instant."""
        return moment(at).astimezone(self.zone).date()

    def last_instant(self, day: date) -> int:
        """The last second of a local day."""
        return int(datetime.combine(day + timedelta(days=1), time(), self.zone).timestamp()) - 1

    @cached_property
    def months(self) -> list[str]:
        """All months from the first change to `as_of`."""
        firsts = [rows[0][0] for rows in self.states.values()]
        return list(_months(min(firsts), self.day(self.as_of))) if firsts else []

    def _closing(self, key: Key, month: str) -> DayState:
        closing = DayState()
        for day, state in self.states.get(key, []):
            if f"{day:%Y-%m}" > month:
                break
            closing = state
        return closing

    @cached_property
    def client_mrr(self) -> dict[tuple[str, str, str], tuple[int, str]]:
        """(month, client, currency) → (mrr in minor units, standing), for clients that stand at the month's end."""
        rows = {}
        for client, currency in self.states:
            for month in self.months:
                state = self._closing((client, currency), month)
                if state.standing:
                    rows[month, client, currency] = (state.mrr, state.standing)
        return rows

    @cached_property
    def tier_mix(self) -> dict[tuple[str, str, str], tuple[int, int]]:
        """(month, tier, currency) → (mrr in minor units, customers)."""
        rows: dict[tuple[str, str, str], tuple[int, int]] = {}
        for client, currency in self.states:
            for month in self.months:
                for tier, amount in self._closing((client, currency), month).tiers.items():
                    mrr, customers = rows.get((month, tier, currency), (0, 0))
                    rows[month, tier, currency] = (mrr + amount, customers + 1)
        return rows

    @cached_property
    def mrr_movements(self) -> dict[tuple[str, str], dict[str, int]]:
        """(month, currency) → the columns of the metric, for all months of all currencies."""
        rows = {}
        for currency in sorted({currency for _, currency in self.states}):
            mrr = customers = 0
            for month in self.months:
                row = {"opening_minor": mrr, "customers_opening": customers, **dict.fromkeys(_COUNTED, 0)}
                for move in self.movements:
                    if move.currency == currency and f"{move.day:%Y-%m}" == month:
                        _count(row, move)
                closing = [self._closing(key, month).mrr for key in self.states if key[1] == currency]
                mrr, customers = sum(closing), sum(1 for one in closing if one)
                rows[month, currency] = row | {"closing_minor": mrr, "customers_closing": customers}
        return rows


_COUNTED = (
    "new_minor expansion_minor contraction_minor churn_minor reactivation_minor customers_new customers_reactivated "
    "customers_churned customers_to_zero customers_from_zero"
).split()
_CUSTOMERS = {"new": "customers_new", "reactivation": "customers_reactivated", "churn": "customers_churned"}


def _count(row: dict[str, int], move: Movement) -> None:
    row[f"{move.kind}_minor"] += move.amount
    if move.kind in _CUSTOMERS:
        row[_CUSTOMERS[move.kind]] += 1
    row["customers_to_zero"] += move.to_zero
    row["customers_from_zero"] += move.from_zero


def _movement(key: Key, day: date, before: DayState, after: DayState, has_paid: bool) -> Movement | None:
    if before.mrr == after.mrr:
        return None
    to_zero = from_zero = False
    if before.mrr == 0:
        from_zero = before.is_carried
        kind = "expansion" if from_zero else "reactivation" if has_paid else "new"
    elif after.mrr == 0:
        to_zero = after.is_carried
        kind = "contraction" if to_zero else "churn"
    else:
        kind = "expansion" if after.mrr > before.mrr else "contraction"
    return Movement(day, *key, kind, before.mrr, after.mrr, to_zero, from_zero)


def _months(first: date, last: date) -> Iterator[str]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield f"{year:04d}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
