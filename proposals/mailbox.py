"""To whom an e-mail goes: a name and an address that a header can hold."""

import re

from proposals.wording import plain

ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def mailbox(name: str, address: str) -> tuple[str, str] | None:
    """(name, address), the name on one line; None for an address that a header can't hold."""
    return (plain(name)[:80], address) if ADDRESS.fullmatch(address) else None
