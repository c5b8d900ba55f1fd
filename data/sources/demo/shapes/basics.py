"""What all shapes share: the version, nested lists, decimals."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

API_VERSION = "2026-10-28.endive"
NESTED = 10  # so many rows of a nested list come with its object

Object = dict[str, Any]


def listing(url: str, rows: list[Object]) -> Object:
    """A list object that holds all its rows."""
    return {"object": "list", "data": rows, "has_more": False, "total_count": len(rows), "url": url}


def cut_nested(payload: Object) -> Object:
    """The object as an answer shows it: nested lists hold ten rows and say whether there are more."""
    cut = dict(payload)
    for key in ("items", "lines", "payments"):
        rows = cut.get(key)
        if isinstance(rows, dict):
            cut[key] = {**rows, "data": rows["data"][:NESTED], "has_more": len(rows["data"]) > NESTED}
    return cut


def decimal(amount: Fraction) -> str:
    """A fraction of minor units as Stripe writes its decimals: up to twelve places, no trailing zeros."""
    text = f"{Decimal(amount.numerator) / Decimal(amount.denominator):.12f}".rstrip("0").rstrip(".")
    return text or "0"


def whole(amount: Fraction) -> int | None:
    """A fraction of minor units as an integer, None where it isn't one."""
    return int(amount) if amount.denominator == 1 else None
