"""Places left for retainer clients (R9), counted from the hours that tiers in force have sold and the hours there are."""

from data.settings import Settings
from pages.ui import formats, warehouse
from proposals.offer import Capacity, Offer


def counted(made: Offer, settings: Settings) -> tuple[Capacity, str] | None:
    """Places left with the sentence they come from; None where hours are not set, or those sold are not fully known."""
    tier = made.recommended_tier or made.tiers[0]
    frame = warehouse.metric("client_allowances")
    if not settings.hours_available or not tier.hours or frame.empty:
        return None
    worked = frame.groupby("client_id")["hours_used"].max()  # where a tier states no hours, the most that its client took
    now = frame[frame["month"] == frame["month"].max()].set_index("client_id")["hours_allowed"]
    sold = now.fillna(worked)
    if sold.isna().any():
        return None
    hours = float(sold.sum())
    capacity = Capacity.from_hours(settings.hours_available, hours, tier.hours)
    clients = formats.count(len(sold), "client")
    return capacity, (
        f"{clients} hold {hours:g} of your {settings.hours_available} hours a month; at {tier.hours:g} a place "
        f"({tier.name('en')}), {formats.count(capacity.places_left, 'place')} left."
    )
