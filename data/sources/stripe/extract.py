"""Reading a Stripe account into the spool: everything at first, then what is new or may have changed."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from data.errors import SourceError
from data.settings import Settings
from data.sources import Report
from data.sources.stripe import again, changes
from data.sources.stripe.client import IN_FLIGHT, Client, lacking
from data.sources.stripe.crew import Crew
from data.sources.stripe.listing import list_all
from data.sources.stripe.lists import Lists, Object
from data.sources.stripe.resources import ACCOUNT, BY_ENTITY, LISTED
from data.sources.stripe.work import Work
from data.spool import Run

ONE_BY_ONE = 8
# A killed run goes on with what it has, but what changes without a trace must not be older than this.
RELIST_AFTER = timedelta(hours=1)


def extract(settings: Settings, run: Run, report: Report) -> None:
    """Read the account into the run and finish it; see data/sources/__init__.py for the errors."""
    client = Client(settings.stripe_api_key, settings.stripe_api_base)
    crew = Crew(IN_FLIGHT, client.stop)
    one_by_one = ThreadPoolExecutor(ONE_BY_ONE, thread_name_prefix="nested")
    try:
        _read(Work(client, Lists(client, one_by_one), crew, one_by_one, run, report), settings)
    finally:
        client.stop()
        crew.close()
        one_by_one.shutdown(cancel_futures=True)
        client.close()


def _read(work: Work, settings: Settings) -> None:
    mode = next((mode for mode in ("live", "test") if f"_{mode}_" in settings.stripe_api_key), "")
    _forget_stale(work.run)
    if bookmark := work.run.bookmark:
        _read_account(work, mode)
        if changes.is_too_old(bookmark, work.notes(ACCOUNT.entity)["anchor"]):
            work.run.widen()
    else:
        work.crew.submit(lambda: _read_account(work, mode))
    list_all(work)
    work.crew.finish()
    work.stop_if_blind()
    _do(work.crew, again.changed(work, _all_notes(work)))
    notes = _all_notes(work)
    _do(work.crew, [partial(step, work, notes) for step in (again.unlisted_prices, again.unlisted_coupons, again.cards)])
    work.stop_if_blind()
    _finish(work, mode, _warnings(settings))


def _do(crew: Crew, tasks: Iterable[Callable[[], None]]) -> None:
    for task in tasks:
        crew.submit(task)
    crew.finish()


def _read_account(work: Work, mode: str) -> None:
    """Read the account, and the newest event as the anchor of the next sync, in the server's own time."""
    if not (known := work.notes(ACCOUNT.entity)):
        anchor = work.optional(BY_ENTITY["events"], lambda: _newest_event(work.client))
        account = work.optional(ACCOUNT, lambda: work.client.get(ACCOUNT.path, ACCOUNT.words))
        work.course.begins(account)
        with work.run.slice(ACCOUNT.entity) as writer:
            writer.write([account] if account and "id" in account else [])
            missing = work.missing.get(ACCOUNT.entity, "")
            writer.note.update(anchor=anchor, account=(account or {}).get("id"), missing=missing)
        known = work.notes(ACCOUNT.entity)
    if known["missing"]:
        work.missing[ACCOUNT.entity] = known["missing"]
    before = work.run.before
    is_other = before.get("account") and known["account"] and before["account"] != known["account"]
    if is_other or (before.get("mode") and mode and before["mode"] != mode):
        raise SourceError(
            "This key belongs to another Stripe account, or another mode of it, than the data read so far.",
            "Use the former account’s key, or set RETAINER_HOME to a new folder for the other one.",
        )


def _newest_event(client: Client) -> int | None:
    newest = client.get("/v1/events", "events", limit=1).get("data") or [{}]
    created: int | None = newest[0].get("created")
    return created


def _forget_stale(run: Run) -> None:
    for resource in LISTED:
        slices = run.slices(resource.entity)
        if resource.is_relisted and any(datetime.now(UTC) - part.read_at > RELIST_AFTER for part in slices):
            run.forget(resource.entity)


def _all_notes(work: Work) -> dict[str, Object]:
    return {resource.entity: work.notes(resource.entity) for resource in LISTED if resource.entity not in work.missing}


def _finish(work: Work, mode: str, warnings: list[str]) -> None:
    notes = _all_notes(work)
    before = work.run.before
    account = work.notes(ACCOUNT.entity)
    known = {
        "prices": sorted({*before.get("known", {}).get("prices", []), *notes["prices"].get("tried", [])}),
        "coupons": sorted(
            {
                *before.get("known", {}).get("coupons", []),
                *notes.get("coupons", {}).get("ids", []),
                *notes.get("coupons", {}).get("tried", []),
            }
        ),
    }
    bookmark = {
        **changes.next_bookmark(work.run.bookmark or {}, notes, account["anchor"], int(time.time())),
        "account": account["account"] or before.get("account"),
        "mode": mode or before.get("mode", ""),
        "known": known,
        "synced_at": work.run.started_at.isoformat(),
    }
    present = {entity for entity in BY_ENTITY if entity not in work.missing and work.run.slices(entity)}
    parts = {entity for entity in present if entity == "events" or work.since(BY_ENTITY[entity])}
    if known["prices"]:
        # Those are in no list, and so must not count as gone.
        parts.add("prices")
    if "payment_methods" in work.missing:
        # The default ones came with the customers.
        parts.add("payment_methods")
    warnings += [f"{lacking(words).title} They are left out where other objects show them." for words in work.lists.unseen]
    if folded := sorted(work.lists.folded):
        warnings.append(
            f"The server gave only the ids of discounts on {' and '.join(folded)}, though it was asked for what they take off: "
            "MRR counts them where something else shows it, and is too high elsewhere."
        )
    work.run.finish(present - parts, parts, bookmark, work.missing, warnings)


def _warnings(settings: Settings) -> list[str]:
    warnings = []
    if settings.stripe_api_key.strip().startswith("sk_"):
        warnings.append(
            "This is a secret key, which could also write. A restricted key with read access only (rk_…) is enough."
        )
    base = urlsplit(settings.stripe_api_base)
    if base.scheme == "http" and base.hostname not in ("localhost", "127.0.0.1", "::1"):
        warnings.append(f"The key travels unencrypted to {base.hostname}: use https.")
    return warnings
