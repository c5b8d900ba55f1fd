"""The clock: instants as the warehouse keeps them."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, naive, in UTC."""
    return datetime.now(UTC).replace(tzinfo=None)
