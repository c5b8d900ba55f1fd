"""The files of a report: the message as a draft, text, HTML, PDF, and `report.json`, which says what it stands on."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from proposals import folder as folder_files
from proposals.care_report import html, pdf
from proposals.care_report.report import Report

EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a ZIP's clock; fixed, so that the same reports give the same bytes


def contents(report: Report) -> dict[str, bytes]:
    """Name → bytes of each file; the same report gives the same bytes."""
    made = {
        "report.eml": report.email.eml,
        "report.txt": f"{report.email.subject}\n\n{report.email.text}".encode(),
        "report.html": html.page(report).encode(),
        "report.pdf": pdf.document(report),
    }
    about = {
        "version": 1,
        "kind": report.kind,
        "client": {"id": report.client_id, "name": report.client_name},
        "period": report.period,
        "language": report.email.language,
        "register": report.email.register,
        "subject": report.email.subject,
        "facts": report.facts,
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in made.items()},
    }
    return {**made, "report.json": (json.dumps(about, ensure_ascii=False, indent=2, default=str) + "\n").encode()}


def write(folder: Path, report: Report) -> list[Path]:
    """Write the files into a folder (made if need be) and return their paths; none is ever half-written.

    InputError where the folder can't be written.
    """
    return folder_files.write(folder, contents(report))


def name(report: Report) -> str:
    """A file name for a report, without its ending: letters, digits and dashes, as `atelier-dupont-2026-10`."""
    bare = re.sub(r"[^\w]+", "-", report.client_name.casefold()).strip("-")[:60] or "client"
    return f"{bare}-{report.period}" + ("-notice" if report.kind == "notice" else "")


def zipped(reports: Iterable[Report]) -> bytes:
    """All reports as one ZIP: .eml, .html and .pdf of each; two clients of one name keep files of their own."""
    out, taken = io.BytesIO(), set[str]()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for report in reports:
            stem, number = name(report), 1
            while (unique := stem if number == 1 else f"{stem}-{number}") in taken:
                number += 1
            taken.add(unique)
            for file, data in contents(report).items():
                if file.endswith((".eml", ".html", ".pdf")):
                    folder.writestr(zipfile.ZipInfo(f"{unique}{Path(file).suffix}", EARLIEST), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
