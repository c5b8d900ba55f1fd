"""Sources: where facts come from, one module each, all behind the same protocol."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from data.errors import InputError
from data.settings import Settings
from data.sources.mainwp import MAINWP
from data.sources.stripe import STRIPE
from data.sources.updraft import UPDRAFT
from data.sources.uptime_kuma import UPTIME_KUMA
from data.sources.uptime_robot import UPTIME_ROBOT
from data.sources.wp_cli import WP_CLI
from data.sources.wp_umbrella import WP_UMBRELLA

if TYPE_CHECKING:
    from data.spool import Run


@dataclass(frozen=True)
class Progress:
    """How far reading one entity has come: `done` objects of `total` (None where nobody can know).

    `share` is how much of the whole reading is done, from 0 to 1, where that can be told. Without an `entity` everything is
    read, and is being taken in and worked out.
    """

    source: str
    entity: str
    done: int
    total: int | None = None
    share: float | None = field(default=None, compare=False)

    def __str__(self) -> str:
        of = f" of {self.total:,}" if self.total is not None else ""
        return f"{self.source}: {self.done:,}{of} {self.entity.replace('_', ' ')}"


Report = Callable[[Progress], None]


class Source(Protocol):
    """What a sync needs of a source; files that the user brings come in by data/imports.py instead."""

    @property
    def name(self) -> str:
        """The word in commands and table names: `raw_<name>__<entity>`."""

    @property
    def title(self) -> str:
        """The name in sentences."""

    @property
    def entities(self) -> tuple[str, ...]:
        """Names of the kinds of objects that it brings."""

    @property
    def logged(self) -> frozenset[str]:
        """The entities of which every state ever seen is kept (definitions.md, Where history comes from)."""

    @property
    def is_snapshot(self) -> bool:
        """Whether each sync tells again how everything stands, so that what it tells is known as of then."""

    @property
    def how_to_connect(self) -> str:
        """What to set so that it is connected, in a sentence."""

    def is_connected(self, settings: Settings) -> bool:
        """Whether the settings hold what reading it needs."""

    def extract(self, settings: Settings, run: "Run", report: Report) -> None:
        """Read everything new since `run.bookmark` (None: everything) into the run, then finish it.

        Raises the SourceError tree of data/errors.py; what was read until then stays in the run, which a later call resumes.
        """


SOURCES: tuple[Source, ...] = (STRIPE, MAINWP, WP_UMBRELLA, UPTIME_KUMA, UPTIME_ROBOT, WP_CLI, UPDRAFT)


def extractor(name: str) -> Source:
    """The source of that name; InputError with the known names otherwise."""
    for source in SOURCES:
        if source.name == name:
            return source
    raise InputError(f"There is no source “{name}” to sync.", f"Known: {', '.join(source.name for source in SOURCES)}.")
