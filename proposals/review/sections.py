"""The parts of a review below its headline figures: waterfall, movements, tiers, concentration, cash, leavers, restatements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from proposals.review import pictures, words
from proposals.review.facts import GAINS, KINDS, Facts
from proposals.review.figures import Figures, clean
from proposals.review.frames import Frames
from proposals.review.pictures import Bar

LARGEST_SHOWN = 5
COMPARED = ("then", "now", "difference")


@dataclass(frozen=True)
class Table:
    """Rows of text below headings; `is_figure` says which columns are set to the right."""

    headings: tuple[str, ...]
    is_figure: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part with its title: words, an SVG with what it says, a table; whatever is empty is left out."""

    title: str
    text: str = ""
    svg: str = ""
    svg_about: str = ""
    table: Table | None = None


def sections(frames: Frames, facts: Facts, look: Figures, book: Sequence[str], *, is_closed: bool) -> tuple[Section, ...]:
    """Every part that has something to say; `book` names the price book's tiers from the cheapest up."""
    titles = look.words["sections"]
    moved = _moved(frames, look)
    every = (
        *((_waterfall(facts, look),) if moved else ()),
        Section(titles["movements"], "" if moved else look.words["nobody_moved"], table=moved),
        _tiers(frames, facts, look, book),
        _concentration(facts, look),
        _cash(facts, look),
        _leavers(facts, look),
        *(_restated(frames, facts, look) if is_closed else ()),
    )
    return tuple(section for section in every if section.text or section.svg or section.table)


def _waterfall(facts: Facts, look: Figures) -> Section:
    step, names, currency = facts.step, look.words["kinds"], facts.currency
    level = int(step["opening_minor"])
    bars = [Bar(names["opening"], 0, level, look.money(level, currency))]
    for kind in KINDS:
        amount = int(step[f"{kind}_minor"]) * (1 if kind in GAINS else -1)
        text = look.money(amount, currency, signed=True) if amount else "–"
        bars.append(Bar(names[kind], level, level + amount, text, kind))
        level += amount
    bars.append(Bar(names["closing"], 0, level, look.money(level, currency), "closing"))
    about = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    svg, is_cut = pictures.steps(bars, about)
    return Section(look.words["sections"]["waterfall"], look.words["cut"] if is_cut else "", svg, about)


def _moved(frames: Frames, look: Figures) -> Table | None:
    rows = [
        (
            look.day(row["date"]),
            clean(row["client_name"]),
            look.words["kinds"][row["kind"]],
            look.money(int(row["amount_minor"]) * (1 if row["kind"] in GAINS else -1), row["currency"], signed=True),
            look.money(row["to_minor"], row["currency"]),
            words.cause(clean(row["cause"]), look),
        )
        for row in frames["movements"].to_dict("records")
    ]
    return _table(look, ("date", "client", "kind", "change", "after", "why"), {"change", "after"}, rows)


def _tiers(frames: Frames, facts: Facts, look: Figures, book: Sequence[str]) -> Section:
    mix = frames["tier_mix"]
    names = [tier for tier in book if tier in set(mix["tier"])] + sorted(set(mix["tier"]) - set(book))
    rows = [row for row in mix.to_dict("records") if row["month"] == f"{facts.month:%Y-%m}"]
    of_tier = {row["tier"]: row for row in rows}
    total = sum(int(row["mrr_minor"]) for row in rows)
    lines = [
        (
            clean(tier),
            look.money(of_tier[tier]["mrr_minor"], facts.currency),
            look.share(int(of_tier[tier]["mrr_minor"]) / total) if total else "",
            look.count(of_tier[tier]["customers"]),
        )
        for tier in names
        if tier in of_tier
    ]
    table = _table(look, ("tier", "mrr", "share", "customers"), {"mrr", "share", "customers"}, lines)
    title = look.words["sections"]["tiers"]
    months = [str(month) for month in frames["revenue_summary"]["month"]]
    if len(months) < 2 or not total:
        return Section(title, table=table)
    known = {(row["month"], row["tier"]): int(row["mrr_minor"]) for row in mix.to_dict("records")}
    values = {tier: [known.get((month, tier), 0) for month in months] for tier in names}
    highest = max(sum(series[place] for series in values.values()) for place in range(len(months)))
    if len(names) == 1 and len(set(values[names[0]])) == 1:
        return Section(title, table=table)  # a level block would show nothing
    about = "; ".join(f"{line[0]} {line[1]}" for line in lines)
    colours = pictures.tier_colours(names, book)
    svg = pictures.columns(
        [look.month(month, short=True) for month in months],
        {clean(tier): series for tier, series in values.items()},
        {clean(tier): colours[tier] for tier in names},
        look.money(highest, facts.currency),
        about,
        is_unfinished=facts.is_unfinished,
    )
    return Section(title, "", svg, about, table)


def _concentration(facts: Facts, look: Figures) -> Section:
    title, closing = look.words["sections"]["concentration"], int(facts.step["closing_minor"])
    if len(facts.largest) < 2 or not closing:
        return Section(title)
    bars = [
        Bar(
            mover.name,
            0,
            mover.amount_minor,
            f"{look.money(mover.amount_minor, facts.currency)} · {look.share(mover.amount_minor / closing)}",
            "expansion",
        )
        for mover in facts.largest[:LARGEST_SHOWN]
    ]
    about = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Section(title, "", pictures.lengths(bars, about), about)


def _cash(facts: Facts, look: Figures) -> Section:
    title, labels = look.words["sections"]["cash"], look.words["labels"]
    if not facts.cash:
        return Section(title, look.words["no_cash"])
    money = {name: look.money(facts.cash[f"{name}_minor"], facts.currency) for name in ("collected", "refunded", "failed")}
    number = int(facts.cash["failed_charges"])
    failed = f"{look.count(number)} ({money['failed']})" if number else look.words["none"]
    cells = {labels["collected"]: money["collected"], labels["refunded"]: money["refunded"]}
    disputed = int(facts.cash.get("disputed_minor") or 0)
    if disputed:
        cells[labels["disputed"]] = look.money(disputed, facts.currency)
    cells[labels["failed"]] = failed
    return Section(title, table=Table(tuple(cells), (True,) * len(cells), (tuple(cells.values()),)))


def _leavers(facts: Facts, look: Figures) -> Section:
    title = look.words["sections"]["leavers"]
    rows = [(one.name, look.day(one.leaves_on), look.money(one.mrr_minor, facts.currency)) for one in facts.leavers]
    if not rows:
        return Section(title, look.words["nobody_leaves"] if facts.is_unfinished else "")
    return Section(title, table=_table(look, ("client", "leaves_on", "mrr"), {"mrr"}, rows))


def _restated(frames: Frames, facts: Facts, look: Figures) -> tuple[Section, ...]:
    """What is other now than when the month was closed: figures first, then the clients behind them."""

    def amounts(figure: str, *values: Any) -> list[str]:
        as_money = figure.endswith("_minor")
        return [
            look.money(value, facts.currency, signed=place == 2) if as_money else look.count(value, signed=place == 2)
            for place, value in enumerate(values)
        ]

    labels, title = look.words["figures"], look.words["sections"]["restatements"]
    figures = [
        (
            " · ".join(part for part in (clean(row["tier"]), labels.get(row["figure"], row["figure"])) if part),
            *amounts(row["figure"], row["closed_value"], row["now_value"], row["difference"]),
        )
        for row in frames["restated_figures"].to_dict("records")
    ]
    clients = [
        (
            clean(row["client_name"]),
            *amounts("mrr_minor", row["closed_mrr_minor"], row["now_mrr_minor"], row["difference_minor"]),
        )
        for row in frames["restatements"].to_dict("records")
    ]
    right = {"then", "now", "difference"}
    return (
        Section(title, look.words["restated"] if figures else "", table=_table(look, ("figure", *COMPARED), right, figures)),
        Section(f"{title}: {look.words['labels']['client']}", table=_table(look, ("client", *COMPARED), right, clients)),
    )


def _table(look: Figures, names: Sequence[str], right: set[str], rows: Iterable[tuple[str, ...]]) -> Table | None:
    lines = tuple(rows)
    headings = tuple(str(look.words["labels"][name]) for name in names)
    return Table(headings, tuple(name in right for name in names), lines) if lines else None
