"""What is compared with another tool, one by one: a client-month."""

from typing import NamedTuple


class Cell(NamedTuple):
    """One client-month: ours against theirs, in minor units; `repeats` says how often one and the same amount stands there."""

    month: str
    client_id: str
    their_client: str
    currency: str
    ours: int
    theirs: int
    is_rounded: bool
    fits: int
    repeats: int = 1
