"""The scenario: every lever of a pricing decision, checked. Nothing moved = today's book, with churn alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from data.errors import InputError
from data.pricing.what_if.book import Book, Tier
from data.pricing.what_if.churn import Churn

KEEP, NOW, AT_RENEWAL, GRANDFATHER = "keep", "move_now", "move_at_renewal", "grandfather"
ACTIONS = (KEEP, NOW, AT_RENEWAL, GRANDFATHER)
IN_PROPORTION, TO_LIST = "in_proportion", "to_list"
SHORTEST, LONGEST = 12, 36
MOST_MINOR = 10**12
MOST_NEW = 100


@dataclass(frozen=True)
class Choice:
    """What happens to one client: `keep` its price and tier, `move_now` or `move_at_renewal` to the new price (or to `tier`),

    or `grandfather`: its old price for as long as it stays in its tier.
    """

    action: str = NOW
    tier: str = ""


@dataclass(frozen=True)
class Move:
    """Clients of one tier who go to another by themselves: which share of them each month. A client moves so once at most."""

    from_tier: str
    to_tier: str
    monthly_rate: float


@dataclass(frozen=True)
class Costs:
    """What serving costs, in minor units: a share and a fixed fee of each payment, an hour's worth, fixed costs a month, and

    costs a month of a client by tier (these replace what was measured).
    """

    fee_rate: float = 0.0
    fee_fixed_minor: int = 0
    hour_minor: int = 0
    overhead_minor: int = 0
    tiers_minor: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Scenario:
    """All levers. Prices are monthly list prices in minor units; rates are shares a month; months count from today's (0).

    `prices_minor` hold at once for whoever comes new or changes tier, and for the clients of today as `existing_clients` (or
    their own `clients` entry) says, from month `starts_in` on. `off_list` says what becomes of prices that differ from the
    list: moved in the same proportion, or to the new list price. Of the clients whose price rises, a share within
    `extra_loss` leaves when it does, beside ordinary churn. `churn` replaces the measured one, for a tier or for `all`.
    """

    name: str = ""
    currency: str = ""
    horizon_months: int = 12
    starts_in: int = 1
    prices_minor: Mapping[str, int] = field(default_factory=dict)
    existing_clients: str = NOW
    off_list: str = IN_PROPORTION
    clients: Mapping[str, Choice] = field(default_factory=dict)
    new_clients: Mapping[str, float] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    churn: Mapping[str, Churn] = field(default_factory=dict)
    churn_by_tier: bool = False
    extra_loss: tuple[float, float] = (0.0, 0.0)
    new_tiers: tuple[Tier, ...] = ()
    hours: Mapping[str, float] = field(default_factory=dict)
    hours_available: float | None = None
    costs: Costs = field(default_factory=Costs)

    def __post_init__(self) -> None:
        low, high = self.extra_loss
        _require(
            SHORTEST <= self.horizon_months <= LONGEST,
            f"The horizon (horizon_months) is {SHORTEST} to {LONGEST} months, not {self.horizon_months}.",
        )
        _require(
            1 <= self.starts_in <= self.horizon_months,
            f"The price change must start within the horizon (starts_in 1 to {self.horizon_months}, not {self.starts_in}).",
        )
        _require(
            0 <= low <= high <= 1,
            "Extra loss (extra_loss) is a range from a lower to a higher share, each between 0 and 1, as [0, 0.1].",
        )
        _require(
            self.off_list in (IN_PROPORTION, TO_LIST), f"Prices off the list (off_list) move {IN_PROPORTION} or {TO_LIST}."
        )
        for action in (self.existing_clients, *(choice.action for choice in self.clients.values())):
            _require(
                action in ACTIONS, f"“{action}” is nothing that can be done with a client; use one of {', '.join(ACTIONS)}."
            )
        for choice in self.clients.values():
            moving = choice.action in (NOW, AT_RENEWAL)
            _require(moving or not choice.tier, f"A client who changes tier must {NOW} or {AT_RENEWAL}.")
        for tier, price in self.prices_minor.items():
            _require(0 < price <= MOST_MINOR, f"The price of {tier} (prices_minor) must be 1 to {MOST_MINOR:,}, not {price}.")
        for tier, number in self.new_clients.items():
            _require(0 <= number <= MOST_NEW, f"New clients of {tier} (new_clients) are 0 to {MOST_NEW} a month, not {number}.")
        for tier, hours in self.hours.items():
            _require(0 <= hours <= 744, f"Hours of {tier} (hours) are 0 to 744 a month, not {hours}.")
        _require(
            self.hours_available is None or 0 <= self.hours_available <= 10**6,
            "Hours available (hours_available) are 0 to 1,000,000.",
        )
        _check_costs(self.costs)
        _check_moves(self.moves)
        for churn in self.churn.values():
            check_churn(churn)

    def checked(self, book: Book) -> "Scenario":
        """This scenario, once it is sure that it speaks of the book's currency, tiers and clients; InputError where not."""
        _require(
            self.currency in ("", book.currency),
            f"The book is in {book.currency.upper()}, the scenario in {self.currency.upper()}.",
        )
        names = {tier.name for tier in (*book.tiers, *self.new_tiers)}
        _require(len(names) == len(book.tiers) + len(self.new_tiers), "A new tier needs a name that no other tier has.")
        named = [
            *self.prices_minor, *self.new_clients, *self.hours, *self.costs.tiers_minor,
            *(choice.tier for choice in self.clients.values() if choice.tier),
            *(tier for tier in self.churn if tier != "all"),
            *(tier for move in self.moves for tier in (move.from_tier, move.to_tier)),
        ]  # fmt: skip
        unknown = sorted(set(named) - names)
        _require(not unknown, f"There is no tier “{unknown[0] if unknown else ''}”; the tiers are {', '.join(sorted(names))}.")
        strangers = sorted(set(self.clients) - {client.id for client in book.clients})
        _require(not strangers, f"There is no client “{strangers[0] if strangers else ''}” in this book.")
        return self

    def without_change(self) -> "Scenario":
        """The same market, hours and costs, with today's tiers and prices and nobody told anything: what to compare with."""
        same = replace(self, name="", prices_minor={}, clients={}, extra_loss=(0.0, 0.0))
        return same.without_tiers({tier.name for tier in self.new_tiers})

    def without_tiers(self, names: Collection[str]) -> "Scenario":
        """The same without these new tiers, and without whatever is said of them or leads there."""
        if not names:
            return self

        def rest(values: Mapping[str, Any]) -> dict[str, Any]:
            return {tier: value for tier, value in values.items() if tier not in names}

        return replace(
            self,
            new_tiers=tuple(tier for tier in self.new_tiers if tier.name not in names),
            prices_minor=rest(self.prices_minor),
            clients={client: choice for client, choice in self.clients.items() if choice.tier not in names},
            new_clients=rest(self.new_clients),
            moves=tuple(move for move in self.moves if not {move.from_tier, move.to_tier} & set(names)),
            churn=rest(self.churn),
            hours=rest(self.hours),
            costs=replace(self.costs, tiers_minor=rest(self.costs.tiers_minor)),
        )

    def changed(self) -> tuple[str, ...]:
        """Names of the levers that are not where they stand by themselves."""
        untouched = Scenario()
        return tuple(lever.name for lever in fields(self) if getattr(self, lever.name) != getattr(untouched, lever.name))


def check_churn(churn: Churn) -> None:
    """InputError where leavers, client-months or the rate can't be."""
    _require(
        churn.rate is None or 0 <= churn.rate <= 1, "A churn rate (rate) is a share between 0 and 1 a month, as 0.02 for 2 %."
    )
    _require(
        0 <= churn.leavers <= churn.client_months,
        f"Leavers can’t be fewer than 0, nor more than the client-months: {churn.leavers} of {churn.client_months}.",
    )


def _check_costs(costs: Costs) -> None:
    _require(0 <= costs.fee_rate < 1, "The payment fee (fee_rate) is a share of 0 or more and below 1, as 0.029 for 2.9 %.")
    amounts = (costs.fee_fixed_minor, costs.hour_minor, costs.overhead_minor, *costs.tiers_minor.values())
    _require(all(0 <= amount <= MOST_MINOR for amount in amounts), f"Costs (costs) are amounts of 0 to {MOST_MINOR:,}.")


def _check_moves(moves: tuple[Move, ...]) -> None:
    leaving: dict[str, float] = {}
    for move in moves:
        _require(0 <= move.monthly_rate <= 1, "A share that changes tier (monthly_rate) is between 0 and 1 a month.")
        _require(move.from_tier != move.to_tier, f"A move from {move.from_tier} must lead to another tier.")
        leaving[move.from_tier] = leaving.get(move.from_tier, 0.0) + move.monthly_rate
    for tier, share in leaving.items():
        _require(share <= 1 + 1e-12, f"More than all clients of {tier} would change tier in a month.")


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise InputError("This scenario can’t be used.", sentence)
