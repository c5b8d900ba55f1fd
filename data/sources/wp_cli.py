"""WP-CLI: plugins, themes and core as `wp … --format=json` prints them, by file or from the watched folder."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import orjson

from data.sources import site_files, updraft
from data.sources.files import BadRow, Findings, Hints, ImportReport, identity, take_in
from data.sources.folder import Folder, OtherKind

if TYPE_CHECKING:
    from data.sources import Report
    from data.warehouse import Warehouse

NAME = "wp_cli"
ENTITIES = ("lists", "updates")
VERSION = re.compile(r"\d+\.\d+(?:\.\d+)*(?:[-.]?(?:alpha|beta|rc)[\w.-]*)?", re.IGNORECASE)
STATES = {"updated": "done", "success": "done", "error": "failed", "failed": "failed"}
KINDS = "Known are `wp plugin list`, `theme list`, `plugin update`, `core version` and `core check-update`, with --format=json."


def import_file(
    source: Path | bytes, filename: str, warehouse: "Warehouse | None", hints: Hints, report: "Report | None" = None
) -> ImportReport:
    """Read one file and land it; without a warehouse only the check is made. InputError where it is none of WP-CLI's."""
    modified = site_files.modified_at(source) if isinstance(source, Path) else None
    content = source.read_bytes() if isinstance(source, Path) else source
    findings = Findings()
    records = read(content, str(source) if isinstance(source, Path) else filename, modified, hints, findings)
    return take_in(warehouse, NAME, filename, ENTITIES, records, findings, report)


def read(
    content: bytes, filename: str, modified: datetime | None, hints: Hints, findings: Findings
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of one file: a list of what is installed or waits, or the updates that were made.

    WP-CLI states neither site nor time: the file's name, folder and date do. OtherKind where it is none of WP-CLI's.
    """
    text = content.decode("utf-8-sig", errors="replace").strip()
    name = PurePath(filename).name.lower()
    found = _json_in(text)
    kind = _kind(text, found, name)
    base = {"site": site_files.site_of(filename, hints.site), "at": site_files.moment_of(filename, modified)}
    if kind == "updates":
        yield from _updates(found or [], base, "theme" if "theme" in name else "plugin", PurePath(filename).name, findings)
        return
    record = {**base, "kind": kind, "components": found or [], "version": None}
    if kind == "core":
        version = VERSION.search(text)
        record |= {"components": [], "version": version[0] if version else None}
    yield "lists", {"id": identity(base["site"], kind, base["at"]), **record}


def _kind(text: str, found: list[Any] | None, name: str) -> str:
    """core, core_updates, plugins, themes or updates; OtherKind where neither content nor name tells."""
    keys = set(found[0]) if found and isinstance(found[0], dict) else set()
    if {"name", "old_version", "new_version", "status"} <= keys:
        return "updates"
    if {"version", "update_type"} <= keys or {"version", "package_url"} <= keys:
        return "core_updates"
    if {"name", "status", "version"} <= keys:
        return "themes" if "theme" in name else "plugins"
    if found is None and (VERSION.fullmatch(text) or ("core" in name and "version" in name and VERSION.match(text))):
        return "core"
    if found == [] or "latest version" in text or "No themes" in text or "already updated" in text:
        for words, kind in ((("check-update", "check_update", "core"), "core_updates"), (("update",), "updates")):
            if any(word in name for word in words):
                return kind
        for kind in ("plugins", "themes"):
            if kind[:-1] in name:
                return kind
        if "latest version" in text:
            return "core_updates"
        raise OtherKind(f"{name} holds an empty list; of what?", "Name the file after its command, as plugin-list.json.")
    raise OtherKind(f"{name} is no output of WP-CLI that is known.", KINDS)


def _json_in(text: str) -> list[Any] | None:
    """The JSON list in the text, which may stand after WP-CLI's own messages; None where there is none."""
    for start in [found.start() for found in re.finditer(r"^\[", text, re.MULTILINE)][:5]:
        for end in (len(text), text.rfind("]") + 1):
            try:
                found = orjson.loads(text[start:end])
            except ValueError:
                continue
            return found if isinstance(found, list) else None
    return None


def _updates(
    found: list[Any], base: dict[str, Any], kind: str, name: str, findings: Findings
) -> Iterator[tuple[str, dict[str, Any]]]:
    for place, entry in enumerate(found, start=1):
        said = {key: str(value) for key, value in entry.items()} if isinstance(entry, dict) else {"": str(entry)}
        status = STATES.get(said.get("status", "").lower())
        if not said.get("name") or status is None:
            reason = (
                f"“{said.get('status', '')[:40]}” is neither Updated nor Error." if said.get("name") else "It names no plugin."
            )
            findings.refuse(BadRow(name, place, reason, said, "updates"))
            continue
        old, new = said.get("old_version"), said.get("new_version")
        key = identity(base["site"], kind, said["name"], old, new, status, "" if old != new else base["at"])
        record = {"kind": kind, "component": said["name"], "from_version": old, "to_version": new, "status": status}
        yield "updates", {"id": key, **base, **record}


WP_CLI = Folder(
    NAME,
    "WP-CLI",
    ENTITIES,
    "WordPress’s version, plugins and themes, what waits, and updates made, from files that your own script writes.",
    read,
    (updraft.read,),
)
