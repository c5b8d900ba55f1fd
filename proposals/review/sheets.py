"""A month's tables as CSV in one ZIP file, as the command line prints them, harmless in a spreadsheet."""

import io
import zipfile
from datetime import date

from data import tables
from proposals.review.frames import Frames
from proposals.review.report import Report

FILES = ("revenue_summary", "mrr_movements", "movements", "client_mrr", "tier_mix", "cash", "restatements", "restated_figures")


def zipped(frames: Frames, report: Report) -> bytes:
    """One CSV a metric, of the report's month, amounts in minor units; the same frames give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            frame = frames[name][frames[name]["month"] == report.month]
            text = "\ufeff" + tables.write(frame, "csv")  # without the mark, Excel takes the names for another encoding
            archive.writestr(_entry(f"{name}-{report.month}.csv", report.dated_on), text.encode("utf-8"))
        if report.note:
            note = "\n".join(report.note) + "\n"
            archive.writestr(_entry(f"note-{report.month}.txt", report.dated_on), note.encode("utf-8"))
    return out.getvalue()


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
