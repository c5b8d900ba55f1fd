"""What the rows say of a client's care in a period: counts, uptime, incidents, restores tested, and what was agreed.

Empty (None) is “not recorded”, which is never told as a figure; 0 is told to nobody as an achievement.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.frames import rows
from data.reporting import Period
from proposals.care_report.agreed import Agreed, agreed

if TYPE_CHECKING:
    import pandas

Reader = Callable[[str], "pandas.DataFrame"]
FLOOR = ("Backups are known in part, from a list of those still kept: the report says “at least”.",)
SUMS = ("updates_done", "security_updates", "backups_done", "backups_off_site", "downtime_minutes", "hours")


@dataclass(frozen=True)
class Uptime:
    """Uptime of a site as a share of one: the mean of `months` readings, the last of which was known on that day."""

    site: str
    share: float
    known_on: date
    months: int


@dataclass(frozen=True)
class Event:
    """An incident on a site; minutes are None where its length is not recorded."""

    site: str
    happened_on: date
    kind: str
    is_over: bool
    minutes: float | None


@dataclass(frozen=True)
class Restore:
    """A day on which restoring a site was tested."""

    site: str
    tested_on: date


@dataclass(frozen=True)
class Facts:
    """One client and period. A sum is None where no record of its kind names the client's sites at all.

    `is_backups_floor`: the backups are known in part, so that there were at least so many.
    """

    client_id: str
    client_name: str
    period: Period
    today: date
    sites: tuple[str, ...]
    uptimes: tuple[Uptime, ...]
    sums: Mapping[str, float | None]
    events: tuple[Event, ...]
    restores: tuple[Restore, ...]
    agreed: tuple[Agreed, ...]
    missing: tuple[str, ...]
    is_backups_floor: bool = False

    @property
    def until(self) -> date:
        """The last day that the report can speak of."""
        return min(self.period.ends_on, self.today)

    @property
    def is_unfinished(self) -> bool:
        """Whether the period still runs."""
        return self.today <= self.period.ends_on

    @property
    def lowest_uptime(self) -> float | None:
        """The uptime of the site that had the least; None unless every site of the client has one."""
        is_whole = {one.site for one in self.uptimes} >= set(self.sites)
        return min((one.share for one in self.uptimes), default=None) if is_whole else None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to tell the client."""
        told = any(value for name, value in self.sums.items() if name != "hours")
        return not (told or self.uptimes or self.events or self.restores or any(line.is_known for line in self.agreed))

    def of(self, kind: str) -> list[Event]:
        """The incidents of that kind, the first one first."""
        return sorted((event for event in self.events if event.kind == kind), key=lambda event: event.happened_on)

    def as_data(self) -> dict[str, Any]:
        """The facts as plain data, days as text."""
        data = {**asdict(self), "period": self.period.label, "sums": dict(self.sums)}
        return {name: _plain(value) for name, value in data.items()}


def read(reader: Reader, client_id: str, period: Period, today: date) -> Facts:
    """The facts of a client in a period, from the metrics that `reader` gives; InputError where the period is still to come."""
    if period.starts_on > today:
        raise InputError(f"{period.label} is still to come.", "Choose a period that has begun.")
    sites = [row for row in rows(reader("sites")) if row["client_id"] == client_id]
    ever = [row for row in rows(reader("care_months")) if row["client_id"] == client_id]
    within = [row for row in ever if row["month"] in period.months]
    in_care = sorted({row["site"] for row in sites if row["is_in_care"]} | {row["site"] for row in within})
    uptimes = _uptimes([row for row in rows(reader("care_uptime")) if row["site"] in in_care], period)
    sums = {name: _sum(name, within, ever) for name in SUMS}
    first, last = str(period.starts_on), str(min(period.ends_on, today))
    events = [
        row for row in rows(reader("care_events")) if row["client_id"] == client_id and first <= row["happened_on"] <= last
    ]
    tested = [row for row in sites if row["restore_tested_on"] and first <= row["restore_tested_on"] <= last]
    is_whole = len(uptimes) == len(in_care)
    is_floor = _is_floor(within, ever, period)
    measured = {**sums, "uptime": min((one.share for one in uptimes), default=None) if is_whole else None}
    return Facts(
        client_id=client_id,
        client_name=_name(reader, client_id),
        period=period,
        today=today,
        sites=tuple(in_care),
        uptimes=uptimes,
        sums=sums,
        events=tuple(
            Event(row["site"], date.fromisoformat(row["happened_on"]), row["kind"], bool(row["is_over"]), row["minutes"])
            for row in events
            if row["kind"] != "security_update"
        ),
        restores=tuple(Restore(row["site"], date.fromisoformat(row["restore_tested_on"])) for row in tested),
        agreed=agreed(
            [row for row in rows(reader("promises")) if row["client_id"] == client_id],
            measured,
            period,
            frozenset({"backups", "backups_off_site"} if is_floor else ()),
        ),
        missing=_missing(in_care, uptimes, sums) + (FLOOR if is_floor else ()),
        is_backups_floor=is_floor,
    )


def _name(reader: Reader, client_id: str) -> str:
    return next((str(row["client_name"]) for row in rows(reader("clients")) if row["client_id"] == client_id), client_id)


def _uptimes(found: list[dict[str, Any]], period: Period) -> tuple[Uptime, ...]:
    told: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        if row["month"] in period.months:
            told.setdefault(row["site"], []).append(row)
    return tuple(
        Uptime(
            site,
            sum(float(row["uptime_30d"]) for row in readings) / len(readings),
            max(date.fromisoformat(row["known_on"]) for row in readings),
            len(readings),
        )
        for site, readings in sorted(told.items())
    )


def _sum(name: str, within: list[dict[str, Any]], ever: list[dict[str, Any]]) -> float | None:
    """The sum over the period's months; None where no month of these sites ever had any record of that kind."""
    kind = {"security_updates": "updates_done", "backups_off_site": "backups_done"}.get(name, name)
    if not any(row[kind] or (kind == "updates_done" and row["updates_failed"]) for row in ever):
        return None
    values = [row[name] for row in within if row[name] is not None]
    return float(sum(values)) if values or name not in ("hours", "downtime_minutes") else None


def _is_floor(within: list[dict[str, Any]], ever: list[dict[str, Any]], period: Period) -> bool:
    """Whether the period's backups are a least number: of some month, or since a site's first list begins within the period."""
    known: dict[str, list[str]] = {}
    for row in ever:
        if row["backups_done"]:
            known.setdefault(row["site"], []).append(row["month"])
    begins_within = any(period.months[0] < min(months) <= period.months[-1] for months in known.values())
    return begins_within or any(row["is_backups_floor"] and row["backups_done"] for row in within)


def _missing(sites: list[str], uptimes: tuple[Uptime, ...], sums: Mapping[str, float | None]) -> tuple[str, ...]:
    """What is not recorded, in sentences for the user alone; the client reads nothing of it."""
    unmonitored = [site for site in sites if site not in {one.site for one in uptimes}]
    told = [f"No uptime is recorded for {', '.join(unmonitored)}."] if unmonitored else []
    names = {"updates_done": "updates", "backups_done": "backups"}
    told += [f"No {word} are recorded for this client." for name, word in names.items() if sums[name] is None]
    return tuple(told)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
