"""Places left for retainer clients (R9), from the hours there are and those that agreements and tiers in force have sold."""

from data.allowances import allowances
from data.settings import Settings
from pages.ui import formats, warehouse
from proposals.offer import Capacity, Offer


def counted(made: Offer, settings: Settings) -> tuple[Capacity, str] | None:
    """Places left with the sentence they come from; None where hours are not set, or those sold are not fully known."""
    tier = made.recommended_tier or made.tiers[0]
    frame = warehouse.metric("client_allowances")
    if not settings.hours_available or not tier.hours or frame.empty:
        return None
    worked = frame.groupby("client_id")["hours_used"].max()  # where no hours are agreed, the most that the client took
    agreed = allowances(warehouse.metric, str(frame["month"].max())).drop_duplicates("client_id").set_index("client_id")
    now = agreed["hours_allowed"].astype(float)
    sold = now.fillna(worked)
    if sold.isna().any():
        return None
    hours = float(sold.sum())
    capacity = Capacity.from_hours(settings.hours_available, hours, tier.hours)
    clients = f"{formats.count(len(sold), 'client')} {'holds' if len(sold) == 1 else 'hold'}"
    return capacity, (
        f"{clients} {hours:g} of your {settings.hours_available} hours a month; at {tier.hours:g} a place "
        f"({tier.name('en')}), {formats.count(capacity.places_left, 'place')} left."
    )
