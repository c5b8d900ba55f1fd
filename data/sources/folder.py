"""The watched folder as a source: WP-CLI's and UpdraftPlus's files are read from it at each sync, as an import would."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.settings import Settings

if TYPE_CHECKING:
    from data.sources import Report
    from data.sources.files import Findings, Hints
    from data.spool import Run

Record = dict[str, Any]
ReadFile = Callable[[bytes, str, "datetime | None", "Hints", "Findings"], Iterator[tuple[str, Record]]]


class Folder:
    """A source that reads the files of one kind below RETAINER_SITE_FILES, as data/sources/__init__.py asks for it."""

    logged: frozenset[str] = frozenset()
    is_snapshot = True
    how_to_connect = "Set RETAINER_SITE_FILES to the folder of your files, or enter it on the page Sources."
    needs = ("site_files",)
    key_from = "One subfolder a site, named as example.com; in it the files as the tool wrote them."

    def __init__(
        self, name: str, title: str, entities: tuple[str, ...], brings: str, read: ReadFile, others: tuple[ReadFile, ...] | None
    ) -> None:
        self.name, self.title, self.entities, self.brings, self._read = name, title, entities, brings, read
        # Who reads the folder's other files; the source that knows them all tells of those that nobody reads.
        self._others = others

    def is_connected(self, settings: Settings) -> bool:
        """Whether a folder is set."""
        return bool(settings.site_files.strip())

    def check(self, settings: Settings) -> str:
        """How many files of this kind lie in the folder; SourceError where it can't be read."""
        found = sum(1 for _, records, _ in self._files(settings) if records)
        return f"The folder holds {found} file{'' if found == 1 else 's'} of {self.title}."

    def extract(self, settings: Settings, run: "Run", report: "Report") -> None:
        """Read all files of this kind into the run; what could not be read is noted, file by file."""
        from data.sources.rest.reading import Reading

        reading = Reading(self.title, run, report)
        kept: dict[str, list[Record]] = {entity: [] for entity in self.entities}
        for name, records, findings in self._files(settings):
            for entity, record in records:
                kept[entity].append(record)
            reading.warnings += [f"{name}: {row.reason}" for row in findings.bad[:20]]
        for entity, records_of in kept.items():
            # A file that was taken away leaves what it told.
            reading.keep(entity, records_of, is_complete=False)
        reading.finish()

    def _files(self, settings: Settings) -> Iterator[tuple[str, list[tuple[str, Record]], "Findings"]]:
        from data.sources.files import BadRow, Findings, Hints
        from data.sources.site_files import in_folder

        for name, content, modified in in_folder(settings.site_files):
            findings = Findings()
            records: list[tuple[str, Record]] = []
            try:
                records = list(self._read(content, name, modified, Hints(), findings))
            except OtherKind as error:
                if self._others is None or any(_is_for(other, content, name) for other in self._others):
                    continue
                findings.refuse(BadRow(name, 1, str(error), {}))
            except InputError as error:
                findings.refuse(BadRow(name, 1, str(error), {}))
            yield name, records, findings


def _is_for(read: ReadFile, content: bytes, name: str) -> bool:
    from data.sources.files import Findings, Hints

    try:
        for _ in read(content, name, None, Hints(), Findings()):
            break
    except OtherKind:
        return False
    except InputError:
        return True
    return True


class OtherKind(InputError):
    """The file is of another kind; in the watched folder, another source reads it."""
