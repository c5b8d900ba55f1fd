"""WP Umbrella: projects with versions and pending updates, backups, updates made, uptime and custom works, read only."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

from data.settings import Settings

if TYPE_CHECKING:
    from data.sources import Report
    from data.sources.rest.web import Web
    from data.spool import Run

Object = dict[str, Any]
ADDRESS = "https://public-api.wp-umbrella.com"
PER_PAGE = 100
AT_ONCE = 4
# What is read of each project, and the entity that it is kept as.
LISTS = {"backups": "backups", "tasks": "tasks", "custom-works": "works"}


class WPUmbrella:
    """The WP Umbrella source, as data/sources/__init__.py asks for it."""

    name = "wp_umbrella"
    title = "WP Umbrella"
    entities = ("projects", "backups", "tasks", "works", "uptime")
    logged: frozenset[str] = frozenset()
    is_snapshot = True
    how_to_connect = "Set WP_UMBRELLA_KEY, or connect it on the page Sources."
    needs = ("wp_umbrella_key",)
    brings = (
        "Sites with versions and updates that wait, backups with their outcome, updates made, uptime and outages, and custom "
        "works with their estimated time. Backups lie in WP Umbrella’s own store, off the site."
    )
    key_from = "In WP Umbrella: Profile, Public API (for developers), generate a token."

    def is_connected(self, settings: Settings) -> bool:
        """Whether there is a token."""
        return bool(settings.wp_umbrella_key.strip())

    def check(self, settings: Settings) -> str:
        """What the token shows, in a sentence; errors as `extract`."""
        with closing(_web(settings)) as web:
            count = len(list(_pages(web, "projects", "projects")))
        return f"The token works: {count} site{'' if count == 1 else 's'}."

    def extract(self, settings: Settings, run: "Run", report: "Report") -> None:
        """Read all projects into the run; errors as in data/sources/__init__.py, never with the token in them."""
        from data.sources.rest.reading import Reading

        reading = Reading(self.title, run, report)
        with closing(_web(settings)) as web:
            projects = reading.keep("projects", _pages(web, "projects", "projects"))
            for path, entity in LISTS.items():
                reading.optional(entity, partial(_of_each, projects, partial(_list_of, web, path)))
            reading.optional("uptime", lambda: _of_each(projects, partial(_uptime_of, web)))
        reading.finish()


def _web(settings: Settings) -> "Web":
    from data.sources.rest import web

    key = web.checked_key(settings.wp_umbrella_key, "WP Umbrella", "WP_UMBRELLA_KEY")
    return web.Web("WP Umbrella", web.checked_address(settings.wp_umbrella_url or ADDRESS, "WP_UMBRELLA_URL"), web.bearer(key))


def _pages(web: "Web", path: str, words: str) -> Iterator[Object]:
    from data.sources.rest.reading import objects_in, paged

    return (
        found
        for found in paged(
            lambda page: objects_in(web.json(path, words, page=page, per_page=PER_PAGE)), lambda found: str(found.get("id"))
        )
        if found.get("id") is not None
    )


def _list_of(web: "Web", path: str, project: str) -> list[Object]:
    return [
        {**found, "project_id": project, "id": f"{project}-{found['id']}"}
        for found in _pages(web, f"projects/{project}/{path}", path.replace("-", " "))
    ]


def _uptime_of(web: "Web", project: str) -> list[Object]:
    from data.sources.rest.web import NotThere

    try:
        answer = web.json(f"projects/{project}/uptime", "uptime")
    except NotThere:
        return []
    found = answer.get("data", answer) if isinstance(answer, dict) else None
    return [{**found, "project_id": project, "id": project}] if isinstance(found, dict) else []


def _of_each(projects: list[Object], read: Callable[[str], list[Object]]) -> Iterator[Object]:
    with ThreadPoolExecutor(AT_ONCE) as crew:
        for found in crew.map(lambda project: read(str(project["id"])), projects):
            yield from found


WP_UMBRELLA = WPUmbrella()
