"""What was agreed with a client against what came of it in a period (R23, R24)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.reporting import Period

# measure → the figure of the facts that it reads
FIGURES = {
    "uptime": "uptime",
    "updates": "updates_done",
    "security_updates": "security_updates",
    "backups": "backups_done",
    "backups_off_site": "backups_off_site",
    "hours": "hours",
}


@dataclass(frozen=True)
class Agreed:
    """One line: its target for this period and the actual value (uptime in per cent), or met or not; None is not known."""

    promise_id: int
    kind: str
    name: str
    measure: str
    unit: str
    target: float | None
    is_at_most: bool
    actual: float | None
    is_met: bool | None
    note: str

    @property
    def is_known(self) -> bool:
        """Whether anything can be said of it."""
        return self.is_met is not None


def agreed(
    found: Sequence[Mapping[str, Any]],
    measured: Mapping[str, float | None],
    period: Period,
    floors: frozenset[str] = frozenset(),
) -> tuple[Agreed, ...]:
    """Every line in force in that period, from rows of the metric `promises` of one client and the period's own figures.

    Of the measures in `floors` the figure is a least number: it may show that a line was met, but not that it was missed.
    """
    lines: dict[int, Agreed] = {}
    for row in found:
        is_late = row["from_month"] and row["from_month"] > period.months[-1]
        is_over = row["until_month"] and row["until_month"] < period.months[0]
        is_of_period = (row["starts_on"], row["ends_on"]) == (str(period.starts_on), str(period.ends_on))
        if not (is_late or is_over) and (is_of_period or row["promise_id"] not in lines):
            lines[row["promise_id"]] = _line(row, row if is_of_period else {}, measured, period)
            if row["measure"] in floors:
                lines[row["promise_id"]] = _of_floor(lines[row["promise_id"]])
    return tuple(lines[number] for number in sorted(lines))


def _of_floor(line: Agreed) -> Agreed:
    shows = line.is_met is (not line.is_at_most)
    return line if shows else replace(line, actual=None, is_met=None)


def _line(row: Mapping[str, Any], told: Mapping[str, Any], measured: Mapping[str, float | None], period: Period) -> Agreed:
    measure = row["measure"] or ""
    actual = measured.get(FIGURES[measure]) if measure else told.get("actual")
    if measure == "uptime" and actual is not None:
        actual = 100 * actual
    target = row["target"]
    if row["kind"] == "deliverable" and target is not None:
        target = target * period.number
    is_met = told.get("is_met")
    if row["kind"] != "expectation":
        is_met = None if actual is None or target is None else actual <= target if row["is_at_most"] else actual >= target
    return Agreed(
        promise_id=int(row["promise_id"]),
        kind=row["kind"],
        name=row["name"],
        measure=measure,
        unit="%" if measure == "uptime" else row["unit"] or "",
        target=target,
        is_at_most=bool(row["is_at_most"]),
        actual=None if actual is None else float(actual),
        is_met=None if is_met is None else bool(is_met),
        note=told.get("note") or "",
    )
