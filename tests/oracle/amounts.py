"""Monthly amounts of items after lasting discounts and without tax, exact until the one rounding."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from data.sources.demo.account import Account
from data.sources.demo.ledger import Discount
from data.sources.demo.periods import DAY
from data.sources.demo.timeline import Billed, ItemState, SubscriptionState

EVENT_DAYS = 30
MONTHS = {"month": Fraction(1), "year": Fraction(1, 12), "week": Fraction(52, 12), "day": Fraction(365, 12)}


@dataclass(frozen=True)
class Sync:
    """A reading of the account: the instant that was shown, and the reader's own clock (Unix seconds)."""

    shown_at: int
    seen_at: int


class Terms:
    """What an account's discounts and pauses were, as far as a reader with these syncs can tell."""

    def __init__(self, account: Account, syncs: tuple[Sync, ...], once_counts: bool = False) -> None:
        self._syncs = sorted(syncs, key=lambda sync: sync.shown_at)
        self._once_counts = once_counts
        self._discounts: dict[str, list[Discount]] = {}
        for discount in account.records.discounts.values():
            self._discounts.setdefault(discount.customer, []).append(discount)
        self._billed: dict[str, list[Billed]] = {}
        for one in account.timeline.billed:
            self._billed.setdefault(one.item, []).append(one)
            self._billed.setdefault(one.subscription, []).append(one)
        self._states: dict[str, list[SubscriptionState]] = {}
        for state in account.timeline.states:
            self._states.setdefault(state.subscription, []).append(state)

    def was_told(self, at: int) -> bool:
        """Whether an event of this instant was still there at some sync."""
        return any(sync.shown_at - EVENT_DAYS * DAY < at <= sync.shown_at for sync in self._syncs)

    def amounts(self, state: SubscriptionState, at: int) -> Iterator[tuple[ItemState, int, Fraction]]:
        """Each licensed item with its monthly amount (minor units, rounded half-up) and its undiscounted period price."""
        items = [item for item in state.items if not item.price.is_metered]
        left = {item.id: item.price.amount(item.quantity, state.currency) for item in items}
        for discount in self._in_order(state):
            reach = [item for item in items if self._reaches(discount, state, item, at)]
            total = sum((left[item.id] for item in reach), Fraction(0))
            for item in reach:
                if discount.coupon.percent_off is not None:
                    left[item.id] *= 1 - discount.coupon.percent_off / 100
                elif total:
                    left[item.id] -= min(Fraction(discount.coupon.amount_off or 0), total) * left[item.id] / total
        for item in items:
            net = left[item.id]
            for rate in state.tax_rates:
                if rate.is_inclusive:
                    net = net / (1 + rate.percent / 100)
            monthly = net * MONTHS[item.price.interval or "month"] / item.price.interval_count
            yield item, int(monthly + Fraction(1, 2)), item.price.amount(item.quantity, state.currency)

    def edges(self, state: SubscriptionState) -> Iterator[int]:
        """The instants at which a discount of this subscription sets in or ends."""
        for discount in self._in_order(state):
            for item in state.items:
                for start, end in self._in_force(discount, state, item):
                    yield start
                    if end is not None:
                        yield end

    def collection_pauses(self, subscription: str) -> list[tuple[int, int | None]]:
        """Pauses of collection as they are dated: by their event, else from the sync that found them."""
        found: list[tuple[int, int | None]] = []
        start = None
        for state in self._states[subscription]:
            if state.is_collection_paused == (start is not None):
                continue
            if start is None:
                start = state.at
            else:
                found.append((start, state.at))
                start = None
        if start is not None:
            found.append((start, None))
        return [seen for pause in found if (seen := self._seen(*pause))]

    def _seen(self, start: int, end: int | None) -> tuple[int, int | None] | None:
        seeing = [sync for sync in self._syncs if sync.shown_at >= start and (end is None or sync.shown_at < end)]
        if end is not None and not self.was_told(end):
            end = next((sync.seen_at for sync in self._syncs if sync.shown_at >= end), end)
        if self.was_told(start):
            return start, end
        return (seeing[0].seen_at, end) if seeing else None

    def _in_order(self, state: SubscriptionState) -> list[Discount]:
        mine = self._discounts.get(state.customer, [])
        items = {item.id for item in state.items}
        of_items = [one for one in mine if one.item in items]
        of_subscription = [one for one in mine if one.subscription == state.subscription]
        of_customer = [one for one in mine if one.item is None and one.subscription is None]
        given = [*of_items, *of_subscription, *of_customer]
        return [one for one in given if self._once_counts or one.coupon.duration != "once"]

    def _reaches(self, discount: Discount, state: SubscriptionState, item: ItemState, at: int) -> bool:
        if discount.item not in (None, item.id) or not discount.coupon.covers(item.price.product):
            return False
        if discount.coupon.amount_off is not None and discount.coupon.currency not in (None, state.currency):
            return False
        spans = self._in_force(discount, state, item)
        return any(start <= at and (end is None or at < end) for start, end in spans)

    def _in_force(self, discount: Discount, state: SubscriptionState, item: ItemState) -> list[tuple[int, int | None]]:
        price = item.price
        length = price.interval_count * {"month": 1, "year": 12}.get(price.interval or "", 0)
        reduced = [one for one in self._billed.get(item.id, []) if discount.id in one.discounts]
        if discount.coupon.duration == "once":
            return [(one.start, one.end) for one in reduced]
        if discount.coupon.duration == "repeating" and (discount.coupon.months or 0) < length:
            return [(one.start, one.end) for one in reduced]
        return [(discount.start, self._end(discount, discount.item or state.subscription))]

    def _end(self, discount: Discount, billed: str) -> int | None:
        if discount.removed_at is None or self.was_told(discount.removed_at):
            return discount.removed_at if discount.removed_at is not None else discount.end
        later = [one.start for one in self._billed.get(billed, []) if one.is_recurring and one.start >= discount.removed_at]
        ends = [end for end in (min(later, default=None), discount.end) if end is not None]
        return min(ends, default=None)
