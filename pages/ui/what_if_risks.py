"""What the outcome of a price change hangs on, as sentences: the largest client, the hours, and what sways it most."""

from data.pricing.what_if.answers import Capacity, Largest, Swing
from data.pricing.what_if.comparison import Comparison
from pages.ui import formats, what_if_findings


def risks(found: Comparison, currency: str) -> list[str]:
    """What else to know: the largest client and the hours."""
    sentences = [largest(found.largest, currency)] if found.largest and found.largest.left_minor else []
    return [*sentences, *filter(None, [capacity(found.capacity)])]


def largest(found: Largest, currency: str) -> str:
    """What hangs on the largest client."""
    left, later = (what_if_findings.about(amount, currency) for amount in (found.left_minor, found.expected_without_minor))
    share = formats.rate(found.share, 0)
    return (
        f"Losing {found.name} ({share} of MRR) would leave {left} a month today, and {later} expected in {found.month} months."
    )


def capacity(found: Capacity) -> str:
    """When the hours run out, or that there is room; empty without hours to compare with."""
    if found.available is None:
        return ""
    used = f"Today’s clients take {found.hours:.0f} of {found.available:.0f} hours"
    if found.hours > found.available:
        return f"{used}: you are over already."
    places = [f"{number} {tier}" for tier, number in found.places.items() if number]
    room = f" Room today for {formats.listing(places).replace(' and ', ' or ')}." if places else ""
    if found.full_in:
        return f"{used}; they run out in {formats.month(found.full_in)}.{room}"
    if found.tight_in:
        return f"{used}; they may run out by {formats.month(found.tight_in)} if many come or stay.{room}"
    return f"{used}, and they do not run out.{room}"


def most(found: Comparison) -> str:
    """What the outcome hangs on most."""
    if not found.swings:
        return ""
    said, is_name = swing(found.swings[0], found), found.swings[0].cause == "largest" and found.largest
    return f"It hangs most on: {said if is_name else said[:1].lower() + said[1:]}"


def swing(one: Swing, found: Comparison) -> str:
    """What moves the outcome, with both its ends."""
    low, high = (formats.rate(value, 1) for value in (one.low, one.high))
    return {
        "churn": f"Usual churn {low} or {high} a month",
        "extra_loss": f"Leave over the price {formats.rate(one.low, 0)} or {formats.rate(one.high, 0)}",
        "new_clients": "Few or many new clients, by chance",
        "prices": "No change of price, or twice the change",
        "moves": "Half the changes of tier, or all",
        "largest": f"{found.largest.name if found.largest else 'The largest'} stays or leaves",
    }[one.cause]
