"""Amounts that may be the budget, and how much speaks for each; those that a change of mind or a total replaces."""

from dataclasses import dataclass, replace

from proposals.reading.money import Amount, amounts
from proposals.reading.note import FIRST, Note
from proposals.reading.statements import Statement

ENOUGH = 3.0
POSSIBLE = 2.5  # what currency and period alone give
LARGE = 100  # from which a number at a rate is money, sign or not
THOUSAND, SMALL = 1000, 1000
FARTHEST = 1.6  # times the budget: as far as its limit lies without a currency or period of its own
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


def by_elimination(note: Note, candidates: list[Candidate]) -> list[Candidate]:
    """The one amount a month, week, quarter or year of which nothing says that it is somebody else's price or another thing.

    Withheld where the note names another amount at that rate, in a question, where the freelancer says it, and beside a word
    for charging. (Right : wrong on notes not read before: alone at its rate 5 : 0, beside others 0 : 2.)
    """
    rates = [each.period for each in amounts(note) if each.currency or each.high >= LARGE]
    left = [each for each in candidates if not each.is_other and each.score >= POSSIBLE and not each.is_ceiling]
    left = [each for each in left if each.amount.currency and each.amount.period and each.statement.speaker != "me"]
    left = [each for each in left if not each.statement.is_question and not _is_charged(note, each)]
    left = [each for each in left if rates.count(each.amount.period) == 1]
    return left if len({(each.amount.low, each.amount.high, each.amount.period) for each in left}) == 1 else []


def _is_charged(note: Note, candidate: Candidate) -> bool:
    """Whether the words before the amount, in its sentence, say that somebody charges or is paid it."""
    first = max(candidate.statement.label_first, candidate.amount.first - LATER)
    return bool(note.within("money.charged", first, candidate.amount.first))


def is_capped_afterwards(note: Note, candidate: Candidate) -> bool:
    """Whether the limit is said behind a pause, so that the amount is named before it ("36,000 a year, not more")."""
    amount = candidate.amount
    if note.ending("budget.ceiling.before", amount.first, 0):
        return False  # "max 18k a month, more the boss won't allow" is a limit and nothing else
    joins = {word for each in note.signals for word in each.words("budget", "ceiling", "joins")}
    for match in note.beginning("budget.ceiling.after", amount.last, SOON):
        if _number_within(note, amount.last, match.first):
            return False
        if _number_within(note, match.last, match.last + 1):
            continue  # "10k a month, 11k at most" limits the second
        if match.first == amount.last and match.last - match.first == 1:
            return False  # "9,500 a month, tops" is a limit and nothing else
        paused = any(note.breaks[index] == 1 for index in range(amount.last, match.first + 1))
        joined = joins & set(note.words[amount.last : match.first + 1])
        if match.last <= candidate.statement.last and (
            paused or (joined and not note.ending("budget.ceiling.before", amount.first, 1))
        ):
            return True
    line = [
        each.last
        for each in note.statements
        if each.line == candidate.statement.line and each.first >= candidate.statement.first
    ]
    return bool(note.within("budget.ceiling.it", amount.last, min(max(line), amount.last + LATER)))


def _number_within(note: Note, first: int, last: int) -> bool:
    return any(first <= number.first < last and not number.is_article for number in note.numbers)


def in_thousands(limit: Candidate, main: Candidate) -> Candidate:
    """A limit that leaves the thousands out, as the amount beside it tells ("nine thousand a month, but ten is the wall")."""
    return replace(limit, amount=in_full(limit.amount, main.amount))


def in_full(top: Amount, base: Amount) -> Amount:
    """The same amount with its thousands, where it leaves them out and lies that way a little above the one beside it."""
    is_short = None in (top.currency, base.currency) and top.period in (None, base.period)
    if not is_short or not (top.high < SMALL <= base.high < THOUSAND * top.high <= FARTHEST * base.high):
        return top
    return replace(top, low=THOUSAND * top.low, high=THOUSAND * top.high)
