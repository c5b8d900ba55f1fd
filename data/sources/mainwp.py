"""MainWP: the dashboard's child sites with versions, pending updates, monitors and costs, over its REST API v2, read only."""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from data.errors import KeyRefused
from data.settings import Settings

if TYPE_CHECKING:
    from data.sources import Report
    from data.sources.rest.web import Web
    from data.spool import Run

Object = dict[str, Any]
PER_PAGE = 100
AT_ONCE = 4


class MainWP:
    """The MainWP source, as data/sources/__init__.py asks for it."""

    name = "mainwp"
    title = "MainWP"
    entities = ("sites", "plugins", "updates", "monitors", "incidents", "costs", "clients", "tags")
    logged: frozenset[str] = frozenset()
    is_snapshot = True
    how_to_connect = "Set MAINWP_URL and MAINWP_KEY, or connect it on the page Sources."
    needs = ("mainwp_url", "mainwp_key")
    brings = (
        "Child sites, WordPress and PHP versions, plugins and themes, updates that wait, uptime and outages, premium licences. "
        "It keeps no backups and no history of updates: import the Child Reports file for those."
    )
    key_from = "In MainWP, API Access, REST API, Add API keys (v2, read). Enter both as ck_…:cs_…, or the Bearer token alone."

    def is_connected(self, settings: Settings) -> bool:
        """Whether there are an address and a key."""
        return bool(settings.mainwp_url.strip() and settings.mainwp_key.strip())

    def check(self, settings: Settings) -> str:
        """What the key shows, in a sentence; errors as `extract`."""
        with closing(_Server(settings)) as server:
            count = len(list(server.pages("sites", "sites")))
        return f"The key works: {count} child site{'' if count == 1 else 's'}."

    def extract(self, settings: Settings, run: "Run", report: "Report") -> None:
        """Read the dashboard into the run; errors as in data/sources/__init__.py, never with the key in them."""
        from data.sources.rest.reading import Reading

        reading = Reading(self.title, run, report)
        with closing(_Server(settings)) as server:
            sites = reading.keep("sites", server.pages("sites", "sites"))
            reading.optional("plugins", lambda: server.parts(sites))
            reading.optional("updates", server.updates)
            monitors = reading.optional("monitors", server.monitors)
            is_first = run.bookmark is None
            reading.optional("incidents", lambda: server.incidents(monitors, is_first=is_first), is_complete=False)
            for entity in ("costs", "clients", "tags"):
                reading.optional(entity, partial(server.pages, entity, entity))
        reading.finish()


class _Server:
    """The REST API of one dashboard, old or new."""

    def __init__(self, settings: Settings) -> None:
        from data.sources.rest import web

        address = web.checked_address(settings.mainwp_url, "MAINWP_URL")
        address = re.split(r"/wp-json\b|/wp-admin\b|/wp-login\b|/index\.php\b|\?", address)[0].rstrip("/")
        self._prefix = "wp-json/mainwp/v2/"
        self._web: Web = web.Web("MainWP", address, _authorization(settings.mainwp_key))
        self._is_found = False

    def close(self) -> None:
        self._web.close()

    def get(self, path: str, words: str, **params: Any) -> Any:
        """The answer at a path, asked for the plain way where pretty addresses are switched off."""
        from data.errors import SourceUnreachable
        from data.sources.rest.web import NotThere

        try:
            found = self._ask(path, words, params)
        except (NotThere, SourceUnreachable):
            if self._is_found or not self._web.has_answered:
                raise
            try:
                self._prefix = "?rest_route=/mainwp/v2/"
                found = self._ask(path, words, params)
            except (NotThere, SourceUnreachable):
                self._prefix = "wp-json/mainwp/v2/"
            else:
                self._is_found = True
                return found
            raise
        self._is_found = True
        return found

    def _ask(self, path: str, words: str, params: dict[str, Any]) -> Any:
        return self._web.json(self._prefix + path, words, **params)

    def pages(self, path: str, words: str) -> Iterator[Object]:
        """All objects of a list. `total` counts one page only, so pages are asked for until one brings nothing new."""
        from data.sources.rest.reading import objects_in, paged
        from data.sources.rest.web import Refused

        size: dict[str, int] = {"per_page": PER_PAGE}

        def ask(page: int) -> list[Object]:
            try:
                return objects_in(self.get(path, words, page=page, paged=page, **size))
            except Refused:
                if not size:
                    raise
                size.clear()  # some versions allow fewer a page
                return objects_in(self.get(path, words, page=page, paged=page))

        return (found for found in paged(ask, lambda found: str(found.get("id") or found.get("url") or found)) if _named(found))

    def parts(self, sites: Iterable[Object]) -> Iterator[Object]:
        """Plugins and themes of the sites whose own entry in the list doesn't hold them."""
        from data.sources.rest.reading import objects_in

        for site in sites:
            if "plugins" not in site or "themes" not in site:
                found = {kind: objects_in(self.get(f"sites/{site['id']}/{kind}", kind)) for kind in ("plugins", "themes")}
                yield {"id": site["id"], **found}

    def updates(self) -> Iterator[Object]:
        """What waits, one object a site; the map of sites may be a list, or empty."""
        answer = self.get("updates", "updates")
        data = answer.get("data", answer) if isinstance(answer, dict) else answer
        entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
        for site_id, found in entries:
            if isinstance(found, dict):
                yield {**found, "id": str(found.get("id") or found.get("site_id") or site_id)}

    def monitors(self) -> Iterator[Object]:
        """Monitors; those never checked share the id 0."""
        for found in self.pages("monitors", "monitors"):
            number = str(found.get("monitor_id") or found.get("id"))
            is_checked = number.isdigit() and number != "0"
            yield {
                **found,
                "monitor_id": number if is_checked else "0",
                "id": number if is_checked else f"never:{found.get('url')}",
            }

    def incidents(self, monitors: Iterable[Object], *, is_first: bool) -> Iterator[Object]:
        """Outages of the monitors that have had any lately, at the first sync of all."""
        asked = [
            found
            for found in monitors
            if found["monitor_id"] != "0" and (is_first or str(found.get("incidents_count_30d", "1")) not in ("0", ""))
        ]
        with ThreadPoolExecutor(AT_ONCE) as crew:
            for found, outages in zip(asked, crew.map(self._incidents_of, asked), strict=True):
                for outage in outages:
                    if outage.get("started_at"):
                        number = found["monitor_id"]
                        yield {
                            **outage,
                            "id": f"{number}-{outage['started_at']}",
                            "monitor_id": number,
                            "url": found.get("url"),
                        }

    def _incidents_of(self, monitor: Object) -> list[Object]:
        from data.sources.rest.reading import objects_in, paged
        from data.sources.rest.web import NotThere

        path = f"monitors/{monitor['monitor_id']}/incidents"
        try:
            return list(
                paged(
                    lambda page: objects_in(self.get(path, "incidents", page=page, paged=page, per_page=PER_PAGE)),
                    lambda found: str(found.get("started_at") or found),
                )
            )
        except NotThere:
            return []


def _named(found: Object) -> bool:
    """Whether it is an object of a list, and no message beside it; an id is put in where only the address tells them apart."""
    if not found.get("id"):
        found["id"] = found.get("monitor_id") or found.get("client_id") or found.get("url") or found.get("name") or ""
    return bool(found["id"])


def _authorization(key: str) -> str:
    from data.sources.rest import web

    parts = [part for part in re.split(r"[:\s,]+", key.strip()) if part]
    if len(parts) == 2 and parts[0].startswith("ck_"):
        return web.basic(*(web.checked_key(part, "MainWP", "MAINWP_KEY") for part in parts))
    if len(parts) == 1 and re.fullmatch(r"c[ks]_[0-9a-zA-Z]+", parts[0]):
        raise KeyRefused("MainWP needs both the consumer key and its secret.", "Write them as ck_…:cs_… into MAINWP_KEY.")
    return web.bearer(web.checked_key(key, "MainWP", "MAINWP_KEY"))


MAINWP = MainWP()
