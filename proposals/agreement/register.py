"""The register of agreements and all their PDFs and scans in one archive; the same records give the same bytes."""

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

from data import metrics, tables
from proposals.agreement import ledger, standing
from proposals.agreement.notice import file_name

if TYPE_CHECKING:
    from data.warehouse import Warehouse


def zipped(warehouse: "Warehouse") -> bytes:
    """The register, the change logs (`changes.csv`), and every revision's PDF and scan.

    `agreements.csv` and `register.csv` are the metrics agreements and agreement_register; the latter names with whom.
    AlteredAgreement where one of them fits its hash no more.
    """
    out, log, opened = io.BytesIO(), [], date(1980, 1, 1)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for agreement_id in standing.ids(warehouse):
            agreement = standing.read(warehouse, agreement_id)
            if not agreement.is_intact:
                raise ledger.AlteredAgreement
            for one in agreement.revisions:
                _put(
                    archive,
                    f"pdf/{file_name(agreement, one)}",
                    standing.printed(warehouse, agreement_id, one.number),
                    one.sent.on,
                )
                signed = one.signed.detail["by"] if one.signed else None
                log.append(
                    [
                        agreement_id,
                        one.number,
                        one.state,
                        str(one.sent.on),
                        one.change.author,
                        one.change.note,
                        signed,
                        one.sha256,
                    ]
                )
            for place, (number, name, content) in enumerate(standing.scans(warehouse, agreement_id), start=1):
                bare = re.sub(r"[^\w.-]+", "_", name).strip("._") or "scan"
                _put(archive, f"signed/{agreement_id}-revision-{number}-{place}-{bare}", content, opened)
        columns = ["agreement_id", "revision", "state", "sent_on", "author", "change", "signed_by", "sha256"]
        _put(archive, "changes.csv", _csv(tables.write_csv(columns, log)), opened)
        for name, metric in (("agreements", "agreements"), ("register", "agreement_register")):
            _put(archive, f"{name}.csv", _csv(tables.write(metrics.read(warehouse, metric), "csv")), opened)
    return out.getvalue()


def _csv(text: str) -> bytes:
    return ("\ufeff" + text).encode()  # without the mark, Excel takes the names for another encoding


def _put(archive: zipfile.ZipFile, name: str, content: bytes, day: date) -> None:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, content)
