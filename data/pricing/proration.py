"""The first month's share of a monthly fee, from the day on which the work was finished to the month's end (mission.md F33)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from data.errors import InputError


@dataclass(frozen=True)
class Proration:
    """What the rest of a month costs: `days` of `days_in_month` of the fee, in minor units of its currency."""

    days: int
    days_in_month: int
    fee_minor: int
    share_minor: int
    balance_minor: int

    @property
    def total_minor(self) -> int:
        """The final project invoice: the balance and the first month's share."""
        return self.balance_minor + self.share_minor


def prorate(fee_minor: int, finished_on: date, *, is_day_counted: bool, balance_minor: int = 0) -> Proration:
    """The fee's share of the days left in the month, rounded half-up to the minor unit.

    On the 20th of a month of 30 days, 10 days are left, or 11 where the day itself counts. InputError for a negative amount.
    """
    if fee_minor < 0 or balance_minor < 0:
        raise InputError("An invoice can’t be about less than nothing.", "Enter amounts of 0 or more.")
    days_in_month = monthrange(finished_on.year, finished_on.month)[1]
    days = days_in_month - finished_on.day + (1 if is_day_counted else 0)
    share = (2 * fee_minor * days + days_in_month) // (2 * days_in_month)
    return Proration(days, days_in_month, fee_minor, share, balance_minor)
