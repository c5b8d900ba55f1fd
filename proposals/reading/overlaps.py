"""Phrases inside longer phrases of another meaning, which say nothing by themselves ("standing order" is no order)."""

import re
from collections.abc import Callable, Mapping

from proposals.reading.phrases import Match

PAYMENTS = ("payment.bank_transfer", "payment.cheque", "payment.direct_debit", "payment.card")
WRITTEN_ADDRESS = re.compile(r"(?<!\S)\S+@\S+")
OF_THE_MATTER = ("service.", "problems", "goal", "growth", "objections")
ABBREVIATED = ("growth.nouns", "decision.", "budget.not.turnover")

Hits = dict[str, list[Match]]


def drop_inner(hits: Hits, is_lookalike: Callable[[int], bool]) -> None:
    """Take out of the hits what a longer phrase covers; is_lookalike tells of a word that it only resembles an abbreviation."""
    paid = {index for name in PAYMENTS for match in hits.get(name, ()) for index in _words(match) if len(_words(match)) > 1}
    hits["growth.nouns"] = [match for match in hits.get("growth.nouns", ()) if match.first not in paid]
    grows = {index for match in hits["growth.nouns"] if len(_words(match)) > 1 for index in _words(match)}
    for name in [name for name in hits if name.startswith("objections.")]:
        hits[name] = [match for match in hits[name] if match.first not in grows or match.last - match.first > 1]
    for name in [name for name in hits if name.startswith(ABBREVIATED)]:
        hits[name] = [match for match in hits[name] if not any(map(is_lookalike, _words(match)))]
    services = {name: hits[name] for name in hits if name.startswith("service.") and not name.endswith(".units")}
    longest = _longest(services)
    for name, matches in services.items():
        if name.endswith(".asks"):
            hits[name] = [match for match in matches if not _is_covered(match, name.split(".")[1], longest)]


def _words(match: Match) -> range:
    return range(match.first, match.last)


def _longest(services: Mapping[str, list[Match]]) -> dict[int, tuple[int, str]]:
    """Word → length and service of the longest phrase that holds it."""
    longest: dict[int, tuple[int, str]] = {}
    for name, matches in services.items():
        for match in matches:
            for index in _words(match):
                if len(_words(match)) > longest.get(index, (0, ""))[0]:
                    longest[index] = (len(_words(match)), name.split(".")[1])
    return longest


def _is_covered(match: Match, service: str, longest: Mapping[int, tuple[int, str]]) -> bool:
    """Whether longer phrases of other services hold every word of it."""
    return all(longest[index][1] != service and longest[index][0] > len(_words(match)) for index in _words(match))


def drop_in_addresses(hits: Hits, folded: str, word_index: Callable[[int], int]) -> None:
    """Take out what only an address says of wishes, problems or goals ("contact@moulin-vert.fr")."""
    written = [found.span() for found in WRITTEN_ADDRESS.finditer(folded)]
    inner = {index for start, end in written for index in range(word_index(start), word_index(end))}
    for name, matches in hits.items() if inner else ():
        if name.startswith(OF_THE_MATTER):
            hits[name] = [match for match in matches if match.first not in inner]
