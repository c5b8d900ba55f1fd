"""The client's budget for this retainer, per month: which of the amounts it is, and where its limit lies."""

from bisect import bisect_left
from collections.abc import Sequence

from data.money import to_major
from proposals.reading.budget_candidates import (
    ENOUGH,
    FARTHEST,
    Candidate,
    as_corrected,
    by_elimination,
    in_all,
    in_thousands,
    is_capped_afterwards,
)
from proposals.reading.budget_counts import is_count
from proposals.reading.budget_currency import of_nation, only_currency, said_beside
from proposals.reading.budget_limits import Pair, is_ceiling, is_denied_past, next_above, pairs
from proposals.reading.money import Amount, amounts
from proposals.reading.note import FIRST, Found, Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

CERTAIN = 5.5  # what it takes where the note also says that no figure was named
NEAR = 60  # words on either side that can say what an amount is
NEAREST = 3  # other amounts on either side that can bound what is said of one
MOST = 4  # times the dearest tier: more without a period is no monthly budget
SMALLEST_BARE = 50  # a bare "300/month" that opens a statement
HEADED = 4  # words before a colon that head what follows
MOST_ABOVE = 2.5  # times the budget: a limit beyond is for something else
SMALLEST = 5  # nobody keeps a website or an account for less a month
NEXT = 9  # words from those of another price to that price
BEYOND = 3  # words behind an amount that no longer speak of it where another number follows them
NOT_BUDGET = ("turnover", "other_price", "own_price", "project", "authority", "haggle", "ads")


def budget(note: Note, sites: int | None) -> Found | None:
    """{low, high, ceiling, currency, period: "month"}: whole amounts where they are whole."""
    found = amounts(note)
    limited = pairs(note, found)
    candidates = [candidate for amount in found if (candidate := _judged(note, amount, limited))]
    is_alone = sum(1 for amount in found if amount.currency and amount.high >= SMALLEST) == 1
    bounded = {each.statement for each in candidates if each.is_ceiling}
    candidates = as_corrected(note, candidates)
    good = [each for each in candidates if each.score >= ENOUGH and (is_alone or not each.is_bare or each.statement in bounded)]
    if note.hits.get("budget.unstated"):
        good = [each for each in good if each.score >= CERTAIN or (each.statement.label == "budget" and each.amount.period)]
    plain = [candidate for candidate in good if not candidate.is_ceiling]
    limits = [candidate for candidate in good if candidate.is_ceiling]
    support = "said" if plain else "limit"
    if not plain:
        plain = [each for each in limits if each.amount.period and is_capped_afterwards(note, each)][:1]
        support = "capped" if plain else support
    if not plain and not any(each.amount.period for each in limits) and not note.hits.get("budget.unstated"):
        plain = by_elimination(note, candidates)
        support = "left over" if plain else support
    if not plain and not limits:
        return None
    main = max(plain, key=lambda candidate: candidate.score, default=None)
    if main is None and limits and limits[0].amount.low < limits[0].amount.high:
        main = limits[0]  # "700 to 800 a month, not a penny more" is both
    if main:
        plain = [each for each in plain if each.score == main.score] or [main]
        main = in_all(note, plain[0], candidates) or plain[0]
        limits += [each for each in candidates if each.is_ceiling and each not in limits and _beside(note, main, each)]
        limits = [in_thousands(each, main) for each in limits]
        limits = [each for each in limits if _monthly(each, each.amount.high, main) >= _monthly(main, main.amount.high)]
    if main is None:
        limits = [each for each in limits if each.amount.period or each.statement.label == "budget"]
    limit = max(limits, key=lambda candidate: candidate.score, default=None) or (main and _loose_limit(note, main))
    if main and limit is None and is_capped_afterwards(note, main):
        limit = main
    if main and limit is None and (above := next_above(note, main.amount, found)):
        limit = Candidate(above, 0.0, True, main.statement)
    if (
        main
        and limit
        and limit.amount.period
        and not main.amount.is_each
        and _monthly(limit, limit.amount.high) > MOST_ABOVE * _monthly(main, main.amount.high)
    ):
        main = None  # "pays 60 a month for hosting. For us no more than 500 a month"
    if main is None and limit is None:
        return None
    chosen = main or limit
    assert chosen is not None  # noqa: S101  # good is not empty
    if chosen.amount.is_each and sites is None:
        return None  # so much for each of nobody knows how many
    factor = sites if chosen.amount.is_each and sites else 1
    low = high = ceiling = None
    if main:
        low, high = (_whole(main.amount.monthly(value) * factor) for value in (main.amount.low, main.amount.high))
    if limit:
        each = factor if limit.amount.is_each or not main or _monthly(limit, limit.amount.high, chosen) < (high or 0) else 1
        ceiling = _whole(_monthly(limit, limit.amount.high, chosen) * each)
    currency = (
        of_nation(note, chosen)
        or chosen.amount.currency
        or (limit.amount.currency if limit else None)
        or said_beside(note, chosen)
        or only_currency(note)
    )
    value = {"low": low, "high": high, "ceiling": ceiling, "currency": currency, "period": "month"}
    if support == "said" and chosen.statement.label == "budget":
        support = "labelled"
    elif support == "said" and chosen.is_bare:
        support = "bare"
    return Found(value, chosen.amount.start, chosen.amount.end, support)


def _loose_limit(note: Note, main: Candidate) -> Candidate | None:
    """A limit said later without a currency of its own ("elle ne veut pas dépasser quatre cent cinquante")."""
    for amount in amounts(note):
        statement = note.statement_at(amount.first)
        if statement is None or amount.first < main.amount.last or amount.currency not in (None, main.amount.currency):
            continue
        if amount.period not in (None, main.amount.period) or is_count(note, amount) or statement.speaker == "me":
            continue
        first, last = _clause(note, amount, statement)
        told = any(note.within(f"budget.not.{name}", first, last) for name in NOT_BUDGET)
        said = note.ending("budget.ceiling.before", amount.first, 1) or note.beginning("budget.ceiling.after", amount.last, 1)
        said = said or note.within("budget.ceiling.it", amount.last, statement.last)
        limit = in_thousands(Candidate(amount, 0.0, True, statement), main)
        if said and not told and main.amount.high < limit.amount.high <= FARTHEST * main.amount.high:
            return limit
    return None


def _monthly(candidate: Candidate, value: float, beside: Candidate | None = None) -> float:
    """Per month; a limit without a period of its own is for that of the amount beside it."""
    if candidate.amount.period is None and beside and beside.amount.period:
        return beside.amount.monthly(value)
    return candidate.amount.monthly(value)


def _judged(note: Note, amount: Amount, limited: Sequence[Pair]) -> Candidate | None:
    statement = note.statement_at(amount.first)
    base = next((each for each in limited if each.base.first == amount.first), None)
    top = next((each for each in limited if each.top.first == amount.first), None)
    amount = top.top if top else base.base if base else amount
    if statement is None or amount.first < statement.first or is_count(note, amount) or amount.high < SMALLEST:
        return None  # what stands before a statement is its label or the time of a message
    dearest = to_major(note.book.tiers[-1].price_minor, note.book.currency) if note.book.tiers else 0
    is_dear = dearest and amount.monthly(amount.high) > MOST * dearest and amount.currency not in ("RON", "MDL", "INR")
    if is_dear and amount.period is None:
        return None
    first, last = _clause(note, amount, statement)
    first, last = (max(first, top.base.last), top.last) if top else (first, min(last, base.top.first) if base else last)
    near = lambda name: bool(note.within(name, first, last))  # noqa: E731
    opens = _opens(note, amount, statement)
    said = near("budget.cue") or opens or bool(base or top) or is_denied_past(note, amount)
    anywhere = said or note.has("budget.cue", statement)
    labelled = statement.label == "budget"
    if is_dear and not (said or labelled):
        return None
    if not amount.currency and amount.high < SMALLEST_BARE and not (top or labelled):
        return None  # "30 at most"
    ceiling = bool(top) or (is_ceiling(note, amount, first, last) and not base)
    if not amount.currency and not (labelled or said or (ceiling and anywhere)):
        if not (_follows_budget(note, amount, statement) and (ceiling or amount.period)):
            return None
        anywhere = True
    score = (
        3.0 * labelled
        + (2.0 if amount.currency else 0.5)
        + (1.0 if amount.period in ("month", "week") else 0.5 if amount.period else 0.0)
    )
    score += 2.0 if said else 1.0 if anywhere else 0.0
    score += 0.5 * (ceiling or base is not None)
    if statement.label in ("goals", "challenges", "contact", "company") and not ((said or ceiling) and statement.is_inherited):
        score -= 3
    other = False
    for name in NOT_BUDGET:
        if top and name in ("haggle", "ads"):
            continue  # what leads from one to the other
        against = note.within(f"budget.not.{name}", first, last)
        if any(not (said and (_is_of_next(note, amount, each) or _is_beyond(note, amount, each))) for each in against):
            other = other or name not in ("haggle", "ads")
            score -= 1.5 if said and name in ("other_price", "ads") and _nearer(note, amount, f"budget.not.{name}") else 6
        elif not said and not labelled and note.has(f"budget.not.{name}", statement):
            score -= 2
    if statement.speaker == "me":
        score -= 4
    if statement.label in ("excluded", "other", "situation") and not (said and statement.is_inherited):
        score -= 3
    if _is_aside(note, amount):
        score -= 1.5  # "(the site has its own budget, $8,000)"
    if near("growth.nouns") and not said and not labelled:
        score -= 3
    if not labelled and note.ending("money.charged", amount.first, 0):
        score -= 2  # "took £90 for it"
    if near("budget.negated"):
        score -= 6
    is_bare = not (anywhere or labelled or ceiling)
    if is_bare and note.has("objections.money", statement):
        score -= 2  # "I said 320 a month, he found it far too dear"
    return Candidate(amount, score, ceiling, statement, is_bare, other)


def _opens(note: Note, amount: Amount, statement: Statement) -> bool:
    """Whether the statement begins with so much a month, or between so much and so much."""
    openers = {word for each in note.signals for word in each.words("money", "openers")}
    led = all(note.words[index] in openers for index in range(statement.first, amount.first))
    return led and amount.period == "month" and amount.high >= SMALLEST_BARE


def _is_aside(note: Note, amount: Amount) -> bool:
    """Whether the amount stands in brackets after another one on the same line."""
    line = note.text.folded[note.text.folded.rfind("\n", 0, amount.start) + 1 : amount.start]
    opening = line.rfind("(")
    return opening > line.rfind(")") and any(character.isdigit() for character in line[:opening])


def _is_of_next(note: Note, amount: Amount, match: Match) -> bool:
    """Whether the words stand right before another number, far from this one ("130 at most the oven cost him 40,000")."""
    following = next((each for each in note.numbers if each.first >= match.last and not each.is_article), None)
    if match.first >= amount.last and note.ending("budget.cue", amount.first, 1) and following is not None:
        return following.first - match.last <= NEXT  # "budget sixty thousand a quarter I said that my big one is ten thousand"
    return match.first - amount.last >= BEYOND and following is not None and following.first - match.last <= 1


def _is_beyond(note: Note, amount: Amount, match: Match) -> bool:
    """Whether the budget's cue touches this amount and another stands before the words: "budget 4,000, 5,000 at most, the
    rent is 2,200"."""
    is_touched = bool(note.ending("budget.cue", amount.first, 1))
    between = note.numbers[
        bisect_left(note.numbers, amount.last, key=FIRST) : bisect_left(note.numbers, match.first, key=FIRST)
    ]
    return is_touched and any(each.value >= SMALLEST_BARE and not each.is_article for each in between)


def _nearer(note: Note, amount: Amount, name: str) -> bool:
    """Whether the budget's own cue stands nearer to the amount than what speaks against it."""
    distance = lambda match: min(abs(match.last - amount.first), abs(match.first - amount.last))  # noqa: E731
    return min(map(distance, note.hits.get("budget.cue", [])), default=99) < min(
        map(distance, note.hits.get(name, [])), default=99
    )


def _clause(note: Note, amount: Amount, statement: Statement) -> tuple[int, int]:
    """The words around the amount up to the next strong mark, contrast, or the amount before and after."""
    first, last = amount.first, amount.last
    contrasts = {match.first for match in note.within("contrast", statement.label_first, statement.last)}
    while first > max(statement.label_first, amount.first - NEAR) and first not in contrasts and note.breaks[first] < 2:
        first -= 1
    if first and note.text.folded[note.places[first - 1][2] : note.places[first][1]].strip() == ":":
        first = max(note.clause(first - 1)[0], first - HEADED)  # "my quote: 690"
    while last < min(statement.last, amount.last + NEAR) and last not in contrasts and note.breaks[last] < 2:
        last += 1
    low = bisect_left(note.numbers, max(statement.first, amount.first - NEAR), key=FIRST)
    high = bisect_left(note.numbers, min(statement.last, amount.last + NEAR), key=FIRST)
    others = [each for each in note.numbers[low:high] if not each.is_article and each.value >= 20]
    before = [each for each in others if each.last <= amount.first][-NEAREST:]
    after = [each for each in others if each.first >= amount.last][:NEAREST]
    for other in before + after:
        if other.last <= amount.first:
            cut = _mark_between(note, other.last, amount.first)
            first = max(first, cut if cut is not None else first)
        elif other.first >= amount.last:
            cut = _mark_between(note, amount.last, other.first)
            last = min(last, cut if cut is not None else last)
    return first, max(last, amount.last)


def _mark_between(note: Note, first: int, last: int) -> int | None:
    """The word after the comma or dash between two amounts, if there is one."""
    return next((index for index in range(first, last + 1) if index < len(note.breaks) and note.breaks[index] >= 1), None)


def _beside(note: Note, main: Candidate, other: Candidate) -> bool:
    """A limit in the same or the next statement of the same subject."""
    near = other.statement in (main.statement, note.before(main.statement)) or note.before(other.statement) == main.statement
    return near and other.score > -2 and not other.is_other and (other.amount.currency in (None, main.amount.currency))


def _follows_budget(note: Note, amount: Amount, statement: Statement) -> bool:
    before = note.before(statement)
    return before is not None and (before.label == "budget" or note.has("budget.cue", before))


def _whole(value: float) -> float | int:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
