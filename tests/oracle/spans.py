"""The stretches of time in which a subscription stands, or stands still, by the case table of definitions.md."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.sources.demo.account import Account
from data.sources.demo.timeline import SubscriptionState
from tests.oracle.amounts import Terms


@dataclass(frozen=True)
class Span:
    """A subscription as it stood from `start` up to, not including, `end` (Unix seconds; None: still)."""

    start: int
    end: int | None
    state: SubscriptionState
    is_paused: bool


def spans_of(account: Account, terms: Terms) -> Iterator[Span]:
    """All spans of all subscriptions in which something stands or is paused."""
    by_subscription: dict[str, list[SubscriptionState]] = {}
    for state in account.timeline.states:
        by_subscription.setdefault(state.subscription, []).append(state)
    for subscription, states in by_subscription.items():
        is_sent = account.records.subscriptions[subscription].collection_method == "send_invoice"
        if is_sent and subscription not in account.timeline.finalised:
            continue  # send_invoice: before the first invoice is finalised nothing stands
        yield from _spans(_dated(states), terms)


def _dated(states: list[SubscriptionState]) -> list[SubscriptionState]:
    """The states, the last of each instant, dated from the backdated start or, once paid, from the incomplete one's."""
    last = {state.at: state for state in states}
    kept = [last[at] for at in sorted(last)]
    if kept[0].status == "incomplete":
        later = next((state for state in kept if state.status not in ("incomplete", "incomplete_expired")), None)
        if later is None:
            return []
        kept = [replace(later, at=kept[0].at), *[state for state in kept if state.at > later.at]]
    kept[0] = replace(kept[0], at=min(kept[0].at, kept[0].start_date))
    return kept


def _spans(states: list[SubscriptionState], terms: Terms) -> Iterator[Span]:
    is_paid = False
    for number, state in enumerate(states):
        end = states[number + 1].at if number + 1 < len(states) else None
        stands = state.status in ("active", "past_due") or (state.status == "trialing" and is_paid)
        if stands and any(amount for _, amount, _ in terms.amounts(state, state.at)):
            is_paid = True
        if state.status == "paused":
            yield Span(state.at, end, state, True)
        elif stands:
            yield from _collected(state, end, terms)


def _collected(state: SubscriptionState, end: int | None, terms: Terms) -> Iterator[Span]:
    """The span, cut where its collection was seen to be paused."""
    cursor = state.at
    for start, stop in terms.collection_pauses(state.subscription):
        begin, finish = max(start, cursor), stop if end is None else min(stop, end) if stop is not None else end
        if (end is not None and begin >= end) or (finish is not None and finish <= begin):
            continue
        if begin > cursor:
            yield Span(cursor, begin, state, False)
        yield Span(begin, finish, state, True)
        if finish is None:
            return
        cursor = finish
    if end is None or cursor < end:
        yield Span(cursor, end, state, False)
