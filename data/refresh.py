"""What “Sync now” does in the dashboard: read in a process of its own, so that pages stay quick, then land and rebuild here."""

from dataclasses import replace
from datetime import UTC, datetime

from data import version, warehouse
from data.errors import AppError, SourceError
from data.settings import Settings
from data.sources import Progress, Report, extractor
from data.sync import SourceSummary, extract_aside, land_finished
from data.warehouse import Warehouse


def refresh(settings: Settings, name: str, report: Report, *, full: bool = False) -> SourceSummary:
    """Sync one source into the user's own warehouse, which this process shares; a failure is put on record there.

    If `report` raises, reading is ended and what was read is kept for the next sync. Raises InputError, and what the source or
    the warehouse raises. A failed first sync leaves no empty warehouse behind, which would take the demo's place.
    """
    source = extractor(name)
    own = own_warehouse(settings) if settings.own_warehouse.exists() else None
    started_at = datetime.now(UTC)
    try:
        told = extract_aside(settings, name, full, report, own)
    except AppError as error:
        if own:
            with own.transaction() as cursor:
                own.record_sync(
                    cursor,
                    name,
                    started_at=started_at,
                    finished_at=datetime.now(UTC),
                    status="failed",
                    message=str(error),
                )
                # What is due names the failure, and is read anew only for a new version.
                version.rise(cursor)
        raise
    report(Progress(name, "", 0, share=1.0))
    landed = land_finished(own or own_warehouse(settings), settings)
    summary = next((each for each in reversed(landed) if each.source == name and each.is_landed), None)
    if summary is None:
        raise SourceError(f"What was read of {source.title} fits this warehouse no more.", "Sync again.")
    seconds = (datetime.now(UTC) - started_at).total_seconds()
    return replace(summary, seconds=seconds, warnings=(*told, *summary.warnings))


def own_warehouse(settings: Settings) -> Warehouse:
    """The user's own warehouse, shared and made if there is none; imports and syncs go there, never into the demo."""
    return warehouse.shared(replace(settings, show="own") if settings.is_demo else settings)
