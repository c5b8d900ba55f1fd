"""UptimeRobot: monitors, certificates and outages, over its API v3, read only."""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from data.settings import Settings

if TYPE_CHECKING:
    from data.sources import Report
    from data.sources.rest.web import Web
    from data.spool import Run

Object = dict[str, Any]
ADDRESS = "https://api.uptimerobot.com/v3"


class UptimeRobot:
    """The UptimeRobot source, as data/sources/__init__.py asks for it."""

    name = "uptime_robot"
    title = "UptimeRobot"
    entities = ("monitors", "incidents")
    logged: frozenset[str] = frozenset()
    is_snapshot = True
    how_to_connect = "Set UPTIMEROBOT_KEY, or connect it on the page Sources."
    needs = ("uptimerobot_key",)
    brings = (
        "Monitors, certificate dates and outages. The uptime of 30 days is worked out of its own outages, for monitors that "
        "are older than that and not paused; slow answers are no outage."
    )
    key_from = "In UptimeRobot: Integrations & API, API, a read-only key."

    def is_connected(self, settings: Settings) -> bool:
        """Whether there is a key."""
        return bool(settings.uptimerobot_key.strip())

    def check(self, settings: Settings) -> str:
        """What the key shows, in a sentence; errors as `extract`."""
        with closing(_web(settings)) as web:
            count = len(list(_linked(web, "monitors", "monitors")))
        return f"The key works: {count} monitor{'' if count == 1 else 's'}."

    def extract(self, settings: Settings, run: "Run", report: "Report") -> None:
        """Read monitors and outages into the run; errors as in data/sources/__init__.py, never with the key in them."""
        from data.sources.rest.reading import Reading

        reading = Reading(self.title, run, report)
        with closing(_web(settings)) as web:
            reading.keep("monitors", _linked(web, "monitors", "monitors"))
            # Old outages leave the list; they have happened all the same.
            reading.optional("incidents", lambda: _linked(web, "incidents", "incidents"), is_complete=False)
        reading.finish()


def _web(settings: Settings) -> "Web":
    from data.sources.rest import web

    key = web.checked_key(settings.uptimerobot_key, "UptimeRobot", "UPTIMEROBOT_KEY")
    address = web.checked_address(settings.uptimerobot_url or ADDRESS, "UPTIMEROBOT_URL")
    return web.Web("UptimeRobot", address if address.endswith("/v3") else f"{address}/v3", web.bearer(key))


def _linked(web: "Web", path: str, words: str) -> Iterator[Object]:
    """All objects of a list whose pages link to the next one; links that lead in a circle end it."""
    from urllib.parse import parse_qsl, urlsplit

    from data.sources.rest.reading import objects_in

    params: dict[str, Any] = {"limit": 200} if path == "monitors" else {}
    asked: set[str] = set()
    while True:
        answer = web.json(path, words, **params)
        yield from (found for found in objects_in(answer) if found.get("id") is not None)
        link = str((answer.get("nextLink") if isinstance(answer, dict) else None) or "")
        if not link or link.lower() == "null" or link in asked:
            return
        asked.add(link)
        # Only the cursor is taken over: the key goes to the configured server alone.
        params = dict(parse_qsl(urlsplit(link).query))


UPTIME_ROBOT = UptimeRobot()
