"""Quotes that hold another fact: who called, the sum or the number of posts is no trouble, and a number of posts no aim."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from proposals.reading.note import Found

OF_TROUBLE = (
    "contact_name", "company", "email", "call_date", "budget", "hours_per_month", "decision_maker", "volumes",
)  # fmt: skip
OF_AIM = ("hours_per_month", "volumes")


def apart(quotes: Iterable[Found], others: Sequence[str], facts: Mapping[str, Found | Sequence[Found] | None]) -> list[Found]:
    """The quotes; those that share words with one of the other fields' facts stand on evidence "of another fact", unless the
    note itself labels them."""
    spans = [(each.start, each.end) for name in others for each in _each(facts.get(name))]
    return [
        replace(quote, support="of another fact")
        if quote.support != "labelled" and any(quote.start < end and start < quote.end for start, end in spans)
        else quote
        for quote in quotes
    ]


def _each(facts: Found | Sequence[Found] | None) -> Sequence[Found]:
    return [facts] if isinstance(facts, Found) else facts or ()
