"""UpdraftPlus: the backup sets of its option `updraft_backup_history`, by file or from the watched folder."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from data.sources import site_files
from data.sources.files import BadRow, Findings, Hints, ImportReport, take_in
from data.sources.folder import Folder, OtherKind

if TYPE_CHECKING:
    from data.sources import Report
    from data.warehouse import Warehouse

NAME = "updraft"
ENTITIES = ("backups",)
PARTS = ("db", "plugins", "themes", "uploads", "others", "wpcore", "more")
HOW = "Write it with: wp option get updraft_backup_history --format=json"
NO_VERDICT = "UpdraftPlus keeps a verdict of its latest job only; a set whose files it lists is taken as made."


def import_file(
    source: Path | bytes, filename: str, warehouse: "Warehouse | None", hints: Hints, report: "Report | None" = None
) -> ImportReport:
    """Read one history and land it; without a warehouse only the check is made. InputError where it is none."""
    content = source.read_bytes() if isinstance(source, Path) else source
    findings = Findings()
    records = read(content, str(source) if isinstance(source, Path) else filename, None, hints, findings)
    return take_in(warehouse, NAME, filename, ENTITIES, records, findings, report)


def read(
    content: bytes, filename: str, _: datetime | None, hints: Hints, findings: Findings
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each backup set with its parts and where it is stored; bad sets go to `findings`. OtherKind where it is no history."""
    history, last = _options(content, filename)
    site = site_files.site_of(filename, hints.site)
    findings.remark(NO_VERDICT)
    for key, found in history.items():
        try:
            yield "backups", _set(site, key, found, last)
        except ValueError as error:
            findings.refuse(BadRow(Path(filename).name, 1, str(error), {"timestamp": str(key)[:40]}, "backups"))


def _options(content: bytes, filename: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The history, and the verdict of the latest job if the file holds it too."""
    name = Path(filename).name
    body = content.removeprefix(b"\xef\xbb\xbf").strip()
    if body.startswith((b"a:", b"O:")):
        raise OtherKind(f"{name} is serialised PHP.", HOW)
    try:
        found = orjson.loads(body)
        found = orjson.loads(found) if isinstance(found, str) else found
    except ValueError as error:
        raise OtherKind(f"{name} is no JSON.", HOW) from error
    if isinstance(found, dict) and "updraft_backup_history" in found:
        history, last = found["updraft_backup_history"], found.get("updraft_last_backup")
    else:
        history, last = found, None
    if history == []:
        history = {}
    is_history = isinstance(history, dict) and all(
        str(key).isdigit() and isinstance(entry, dict) for key, entry in history.items()
    )
    if not is_history or (not history and "updraft" not in name.lower()):
        raise OtherKind(f"{name} is no history of UpdraftPlus.", HOW)
    return history, last if isinstance(last, dict) else {}


def _set(site: str, key: str, found: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, Any]:
    stamp = int(key)
    if not 946_684_800 <= stamp <= 4_102_444_800:
        raise ValueError(f"“{key}” is no time between 2000 and 2100.")
    parts = [part for part in PARTS if found.get(part)]
    if not parts:
        raise ValueError("The set lists no files.")
    services = found.get("service")
    if services is not None:
        services = [str(each or "").lower() for each in (services if isinstance(services, list) else [services])]
    is_latest = str(last.get("backup_time", "")) == key or (
        last.get("backup_nonce") and last["backup_nonce"] == found.get("nonce")
    )
    sizes = [int(size) for name, size in found.items() if name.endswith("-size") and str(size).isdigit()]
    return {
        "id": f"{site}|{key}",
        "site": site,
        "at": datetime.fromtimestamp(stamp, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "parts": parts,
        "services": services,
        "has_failed": bool(is_latest and str(last.get("success", "1")) in ("0", "", "False", "false")),
        "size_bytes": sum(sizes) or None,
    }


UPDRAFT = Folder(NAME, "UpdraftPlus", ENTITIES, "Backup sets with their parts and where they are stored.", read, None)
