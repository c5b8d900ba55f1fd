"""What is compared with another tool, one by one: a client-month."""

from typing import NamedTuple


class Cell(NamedTuple):
    """One client-month: ours against theirs, in minor units."""

    month: str
    client_id: str
    their_client: str
    currency: str
    ours: int
    theirs: int
    is_rounded: bool
    fits: int
