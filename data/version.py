"""The warehouse's version: the number that what pages keep of earlier reads is keyed by."""

from typing import Any


def rise(cursor: Any) -> None:
    """Let every page read anew, in the caller's transaction: for whoever writes what pages show, and needs no build for it."""
    cursor.execute("update warehouse_version set version = version + 1")
