"""Ours against theirs, client by client and month by month, with the rule that makes each difference.

A difference is explained where what a rule would change in our figure is the difference. Since a tool follows
a rule throughout, of several that fit that one is taken which explains the most, and the most of what it would change; what a
rule of facts explains is not laid to a shifted date; two rules together are tried last.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from data.money import minor_digits
from data.reconcile import dates
from data.reconcile.cell import Cell
from data.reconcile.rules import Facts, Rule, rules

if TYPE_CHECKING:
    import pandas

CLOSE = 2  # minor units: a sum rounded once instead of item by item
CHANGE = ["month", "client_id", "currency", "rule", "variant", "delta_minor"]
THEIRS = ["party_id", "email", "name", "client_id", "month", "currency", "amount_minor", "fits"]
AGREED, UNEXPLAINED = "", "unexplained"
PLAIN_RULES = {
    rule.name: rule
    for rule in (
        Rule("rounding", "Amounts are rounded otherwise there", "Each item is rounded once to a whole minor unit."),
        Rule("currency", "The amount stands there in another currency", "Currencies are never added together or converted."),
        Rule("unknown_client", "A client there is none of ours", "A client is known by its Stripe id, e-mail address or name."),
        Rule("several_fit", "A client there fits several of ours", "A name or address that two clients share tells neither."),
        Rule("listed_again", "The same line stands several times there", "A client’s amounts of a month are added up."),
        Rule("missing_there", "The client is not in their file", "Every client with MRR counts."),
        *dates.RULES,
        Rule(UNEXPLAINED, "Not explained", ""),
    )
}


@dataclass(frozen=True)
class Comparison:
    """`rows`: month, client_id, client_name, their_client, currency, ours_minor, theirs_minor, difference_minor (theirs less
    ours), rule (empty where both agree) and reason in words; one row a client, month and currency in which either side has MRR.
    """

    rows: "pandas.DataFrame"
    skipped_months: tuple[str, ...]

    @property
    def differences(self) -> "pandas.DataFrame":
        """The rows on which we differ."""
        return self.rows[self.rows["difference_minor"] != 0].reset_index(drop=True)


def compare(matched: "pandas.DataFrame", facts: Facts) -> Comparison:
    """The comparison of a statement, its clients matched, with our facts; a pure function of both."""
    import pandas

    known = matched[matched["month"] <= facts.last_month]
    skipped = tuple(sorted(set(matched["month"]) - set(known["month"])))
    cells = _cells(known, facts)
    reasons = _explain(cells, facts, set(matched["client_id"]))
    rows = [
        (cell.month, cell.client_id, facts.names.get(cell.client_id, cell.their_client), cell.their_client, cell.currency,
         cell.ours, cell.theirs, cell.theirs - cell.ours, *reasons[cell])
        for cell in cells
    ]  # fmt: skip
    names = ["month", "client_id", "client_name", "their_client", "currency", "ours_minor", "theirs_minor", "difference_minor"]
    frame = pandas.DataFrame(rows, columns=[*names, "rule", "reason"])
    return Comparison(frame.sort_values(["month", "client_name", "currency"], ignore_index=True), skipped)


def _cells(known: "pandas.DataFrame", facts: Facts) -> list[Cell]:
    theirs: dict[tuple[str, str, str, str], list[Any]] = {}
    is_rounded = bool(known["is_whole"].all())
    for who, email, name, client, month, currency, amount, fits in known[THEIRS].itertuples(index=False, name=None):
        named = str(name or email or who)
        held = theirs.setdefault((month, client, "" if client else named, currency), [0, named, fits, Counter()])
        held[0] += int(amount)
        held[3][int(amount)] += 1
    months, currencies = set(known["month"]), set(known["currency"])
    present = set(known["client_id"]) - {""}
    ours = {
        (month, client, "", currency): int(mrr)
        for month, client, currency, mrr in facts.ours[list(dates.OURS)].itertuples(index=False, name=None)
        if month in months and (currency in currencies or client in present)
    }
    cells = []
    for key in sorted(ours.keys() | theirs.keys()):
        amount, named, fits, each = theirs.get(key, (0, "", 1, Counter()))
        repeats = each.total() if len(each) == 1 else 1
        if amount or ours.get(key):
            cells.append(Cell(key[0], key[1], named, key[3], ours.get(key, 0), amount, is_rounded, fits, repeats))
    return cells


def _explain(cells: list[Cell], facts: Facts, present: set[str]) -> dict[Cell, tuple[str, str]]:
    found: dict[Cell, tuple[str, str]] = {}
    changes: dict[tuple[str, str, str], list[tuple[str, str, int]]] = defaultdict(list)
    for month, client_id, currency, rule, variant, delta in facts.changes[CHANGE].itertuples(index=False, name=None):
        changes[month, client_id, currency].append((rule, variant, int(delta)))
    reach = Counter((rule, _wording(rule, variant)) for held in changes.values() for rule, variant, _ in held)
    open_ = []
    in_other_currency = _in_other_currency(cells)
    elsewhere = {cell for both in in_other_currency for cell in both}
    for cell in cells:
        if cell.ours == cell.theirs:
            found[cell] = (AGREED, "")
        elif not cell.client_id:
            found[cell] = _said("several_fit" if cell.fits > 1 else "unknown_client")
        elif cell.is_rounded and _is_rounding(cell):
            found[cell] = _said("rounding")
        elif cell.repeats > 1 and cell.theirs == cell.repeats * cell.ours:
            found[cell] = _said("listed_again")
        else:
            open_.append(cell)
    single = {cell: [(rule, variant) for rule, variant, delta in changes[_key(cell)] if _fits(cell, delta)] for cell in open_}
    absent: dict[str, list[Cell]] = defaultdict(list)
    for cell in open_:
        if cell.client_id not in present:
            absent[cell.client_id].append(cell)
    _only_whole_stories(single, absent.values())
    _only_whole_stories(single, in_other_currency)
    _take_likeliest(single, found, reach)
    for cell in open_:
        if cell not in found and cell in elsewhere:
            found[cell] = _said("currency")
        elif cell not in found and cell.client_id not in present:
            found[cell] = _said("missing_there")
        elif cell not in found and _is_rounding(cell):
            found[cell] = _said("rounding")
    rest = [cell for cell in open_ if cell not in found]
    _take_likeliest(dates.fitting(rest, facts.ours), found, {})
    pairs = {
        cell: [(f"{one[0]}+{two[0]}", _both(one, two)) for one, two in combinations(changes[_key(cell)], 2)
               if one[0] != two[0] and _fits(cell, one[2] + two[2])]
        for cell in rest if cell not in found
    }  # fmt: skip
    _take_likeliest(pairs, found, {})
    return {cell: found.get(cell) or _said(UNEXPLAINED) for cell in cells}


def _take_likeliest(
    fitting: Mapping[Cell, list[tuple[str, str]]], found: dict[Cell, tuple[str, str]], reach: Mapping[tuple[str, str], int]
) -> None:
    """Give each difference the likeliest rule that fits it: one that fits many, and much of what it would change (`reach`)."""
    order = {name: place for place, name in enumerate(rules())}
    left = {cell: {(name, _wording(name, variant)) for name, variant in fits} for cell, fits in fitting.items() if fits}
    while left:
        counts = Counter(rule for fits in left.values() for rule in fits)
        rule = min(counts, key=lambda one: (-(counts[one] ** 2) / reach.get(one, counts[one]), order.get(one[0], 99), one))
        for cell in [cell for cell, fits in left.items() if rule in fits]:
            found[cell] = (rule[0], title(*rule))
            del left[cell]


def _only_whole_stories(single: dict[Cell, list[tuple[str, str]]], stories: Iterable[list[Cell]]) -> None:
    """Leave only rules that explain every cell of a story: all months of a client that is in none of their rows, or a month in
    which one client stands here in one currency and there in another."""
    for cells in stories:
        told = [cell for cell in cells if cell in single]
        shared = set.intersection(*({name for name, _ in single[cell]} for cell in told)) if told else set()
        for cell in told:
            single[cell] = [rule for rule in single[cell] if rule[0] in shared]


def _wording(name: str, variant: str) -> str:
    """The variant where it is part of what is said, else nothing: an hour of a cut is no rule of its own."""
    is_said = "+" in name or (name in rules() and "{variant}" in rules()[name].title)
    return variant if is_said else ""


def title(name: str, variant: str = "") -> str:
    """What a rule does in the other tool, in words."""
    if "+" in name:
        return variant
    return (rules().get(name) or PLAIN_RULES[name]).title.format(variant=variant)


def _both(one: tuple[str, str, int], two: tuple[str, str, int]) -> str:
    return " · ".join(sorted(title(rule, variant) for rule, variant, _ in (one, two)))


def _said(name: str) -> tuple[str, str]:
    return name, PLAIN_RULES[name].title


def _key(cell: Cell) -> tuple[str, str, str]:
    return cell.month, cell.client_id, cell.currency


def _fits(cell: Cell, delta: int) -> bool:
    return abs(cell.ours + delta - cell.theirs) <= _tolerance(cell)


def _tolerance(cell: Cell) -> int:
    return max(CLOSE, 10 ** minor_digits(cell.currency) // 2) if cell.is_rounded else CLOSE


def _is_rounding(cell: Cell) -> bool:
    return cell.theirs != 0 and abs(cell.ours - cell.theirs) <= _tolerance(cell)


def _in_other_currency(cells: Iterable[Cell]) -> list[list[Cell]]:
    """The cells of each client and month that have only ours in one currency and only theirs in another."""
    by_month: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.client_id:
            by_month[cell.month, cell.client_id].append(cell)
    pairs = []
    for both in by_month.values():
        ours, theirs = [cell for cell in both if not cell.theirs], [cell for cell in both if not cell.ours]
        if ours and theirs:
            pairs.append([*ours, *theirs])
    return pairs
