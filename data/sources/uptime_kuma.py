"""Uptime Kuma: what each monitor shows now, its uptime and its certificate, from the server's `/metrics` (Prometheus text)."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.errors import SourceUnreachable
from data.settings import Settings

if TYPE_CHECKING:
    from data.sources import Report
    from data.sources.rest.web import Web
    from data.spool import Run

Object = dict[str, Any]
SAMPLE = re.compile(r"^(monitor_[a-z_]+)\{(.*)\}\s+(\S+)(?:\s+-?\d+)?\s*$")
LABEL = re.compile(r'([A-Za-z_]\w*)="((?:[^"\\]|\\.)*)"')
NOTHING = ("", "null", "undefined")


class UptimeKuma:
    """The Uptime Kuma source, as data/sources/__init__.py asks for it."""

    name = "uptime_kuma"
    title = "Uptime Kuma"
    entities = ("monitors",)
    logged: frozenset[str] = frozenset()
    is_snapshot = True
    how_to_connect = "Set UPTIME_KUMA_URL and UPTIME_KUMA_KEY, or connect it on the page Sources."
    needs = ("uptime_kuma_url", "uptime_kuma_key")
    brings = (
        "The uptime of 30 days (from version 2 on) and the days until each certificate ends. It tells of no single outages, "
        "and version 1 of no uptime: those stay “no data”."
    )
    key_from = "In Uptime Kuma: Settings, API Keys, Add. Where none is in use, enter user:password of the log-in."

    def is_connected(self, settings: Settings) -> bool:
        """Whether there are an address and a key."""
        return bool(settings.uptime_kuma_url.strip() and settings.uptime_kuma_key.strip())

    def check(self, settings: Settings) -> str:
        """What the key shows, in a sentence; errors as `extract`."""
        count = len(_monitors(settings))
        return f"The key works: {count} monitor{'' if count == 1 else 's'}."

    def extract(self, settings: Settings, run: "Run", report: "Report") -> None:
        """Read all monitors into the run; errors as in data/sources/__init__.py, never with the key in them."""
        from data.sources.rest.reading import Reading

        reading = Reading(self.title, run, report)
        monitors = reading.keep("monitors", _monitors(settings))
        if monitors and not any("uptime_ratio_30d" in found for found in monitors):
            reading.warnings.append("This server tells of no uptime over 30 days (before version 2); it stays “no data”.")
        reading.finish()


def _monitors(settings: Settings) -> list[Object]:
    with closing(_web(settings)) as web:
        text = web.text("metrics", "metrics")
    if "<html" in text[:2000].lower():
        raise SourceUnreachable("Uptime Kuma answered with a web page, not with its metrics.", "Check UPTIME_KUMA_URL.")
    return list(monitors_in(text, datetime.now(UTC)))


def monitors_in(text: str, read_at: datetime) -> Iterator[Object]:
    """Each monitor of a metrics page with its labels and values; what is “null”, Nan or below zero is left out."""
    found: dict[str, Object] = {}
    for line in text.split("\n"):  # a name may hold signs at which splitlines would cut
        sample = SAMPLE.match(line.strip())
        if not sample:
            continue
        name, labels, written = sample.groups()
        said = {key: _unescaped(value) for key, value in LABEL.findall(labels)}
        said = {key: value for key, value in said.items() if value not in NOTHING}
        window = said.pop("window", "")
        key = said.get("monitor_id") or "|".join(
            said.get(f"monitor_{part}", "") for part in ("name", "type", "url", "hostname")
        )
        monitor = found.setdefault(key, {"id": key, "read_at": read_at.isoformat(timespec="seconds"), **said})
        value = _number(written)
        if value is not None:
            monitor[f"{name.removeprefix('monitor_')}{f'_{window}' if window else ''}"] = value
    return (monitor for key, monitor in found.items() if key.strip("|"))


def _number(written: str) -> float | None:
    try:
        value = float(written)
    except ValueError:
        return None
    return value if 0 <= value < 1e15 else None


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda sign: {"n": "\n"}.get(sign[1], sign[1]), value)


def _web(settings: Settings) -> "Web":
    from data.sources.rest import web

    address = (
        web.checked_address(settings.uptime_kuma_url, "UPTIME_KUMA_URL").removesuffix("/metrics").removesuffix("/dashboard")
    )
    key = web.checked_key(settings.uptime_kuma_key, "Uptime Kuma", "UPTIME_KUMA_KEY")
    # An API key goes in place of the password, with no user; a log-in has both.
    user, _, password = ("", "", key) if key.startswith("uk") or ":" not in key else key.partition(":")
    return web.Web("Uptime Kuma", address, web.basic(user, password))


UPTIME_KUMA = UptimeKuma()
