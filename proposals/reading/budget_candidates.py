"""Amounts that may be the budget, and how much speaks for each; those that a change of mind or a total replaces."""

from dataclasses import dataclass, replace

from proposals.reading.money import Amount
from proposals.reading.note import FIRST, Note
from proposals.reading.statements import Statement

ENOUGH = 3.0
LATER, SOON = 16, 8  # words between an amount and the change of mind, and from there to the new amount


@dataclass(frozen=True, slots=True)
class Candidate:
    """An amount and how much speaks for it as the budget (`is_ceiling`: as its limit)."""

    amount: Amount
    score: float
    is_ceiling: bool
    statement: Statement
    is_bare: bool = False  # nothing but currency and period says that it may be the budget
    is_other: bool = False  # something says outright that it is not


def as_corrected(note: Note, candidates: list[Candidate]) -> list[Candidate]:
    """Without the amounts that a change of mind replaces ("500 a month, before thinking again: 450"), of the same period."""
    for match in sorted(note.hits.get("correction.later", []) + note.hits.get("correction.outright", []), key=FIRST):
        before = [each for each in candidates if each.amount.last <= match.first <= each.amount.last + LATER]
        after = [each for each in candidates if match.last <= each.amount.first <= match.last + SOON]
        if not before or not after or before[-1].is_other or after[0].is_other:
            continue
        old, new = before[-1].amount, after[0].amount
        if new.period in (None, old.period) and (new.currency or old.currency) and new.currency in (None, old.currency):
            amount = replace(new, period=old.period, currency=old.currency)
            score = max(before[-1].score, after[0].score) + 1
            taken = replace(after[0], amount=amount, score=score, is_bare=before[-1].is_bare and score < ENOUGH + 1)
            candidates = [taken if each is after[0] else each for each in candidates if each is not before[-1]]
    return candidates


def in_all(note: Note, main: Candidate, candidates: list[Candidate]) -> Candidate | None:
    """The total said beside an amount for each site ("200 per site, so 400 in all")."""
    if not main.amount.is_each:
        return None
    for each in candidates:
        told = note.beginning("money.total", each.amount.body, 2) or note.ending("money.total", each.amount.first, 1)
        if (
            told
            and each.statement == main.statement
            and not each.is_other
            and not each.is_ceiling
            and each.amount.high > main.amount.high
        ):
            return replace(each, amount=replace(each.amount, is_each=False, period=each.amount.period or main.amount.period))
    return None
