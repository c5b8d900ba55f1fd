"""Reading a Stripe account into the spool: everything at first, then what is new or may have changed."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from data.errors import PermissionMissing, SourceError
from data.settings import Settings
from data.sources import Progress, Report
from data.sources.stripe import changes
from data.sources.stripe.client import IN_FLIGHT, Client, NotThere, Refused, Stopped, lacking
from data.sources.stripe.crew import Crew
from data.sources.stripe.lists import Lists, Object
from data.sources.stripe.resources import ACCOUNT, BY_ENTITY, INVOICE_LINES, ITEMS, LISTED, PAYMENT_METHODS, Nested, Resource
from data.sources.stripe.spans import SPANS_AT_MOST, Reading, Span, gaps, named
from data.spool import Run

ONE_BY_ONE = 8
# A killed run goes on with what it has, but what changes without a trace must not be older than this.
RELIST_AFTER = timedelta(hours=1)
NAME = "stripe"


def extract(settings: Settings, run: Run, report: Report) -> None:
    """Read the account into the run and finish it; see data/sources/__init__.py for the errors."""
    client = Client(settings.stripe_api_key, settings.stripe_api_base)
    crew = Crew(IN_FLIGHT, client.stop)
    one_by_one = ThreadPoolExecutor(ONE_BY_ONE, thread_name_prefix="nested")
    try:
        _Extraction(Lists(client, one_by_one), client, crew, one_by_one, run, report).read(settings)
    finally:
        client.stop()
        crew.close()
        one_by_one.shutdown(cancel_futures=True)
        client.close()


class _Extraction:
    def __init__(
        self, lists: Lists, client: Client, crew: Crew, one_by_one: ThreadPoolExecutor, run: Run, report: Report
    ) -> None:
        self._lists = lists
        self._client = client
        self._crew = crew
        self._one_by_one = one_by_one
        self._run = run
        self._report = report
        self._counting = threading.Lock()
        self._done: dict[str, int] = {}
        self._spans: dict[str, int] = {}
        self._missing: dict[str, str] = {}
        self._lacks_essential = False

    def read(self, settings: Settings) -> None:
        mode = _mode(settings.stripe_api_key)
        self._forget_stale()
        self._crew.submit(lambda: self._begin(mode))
        for resource in LISTED:
            self._begin_list(resource)
        self._crew.finish()
        self._stop_if_blind()
        notes = {resource.entity: self._notes(resource.entity) for resource in LISTED if resource.entity not in self._missing}
        self._do(self._changed(notes))
        self._do([partial(self._unlisted, notes), partial(self._cards, notes)])
        self._finish(notes, mode, _warnings(settings))

    def _do(self, tasks: Iterable[Callable[[], None]]) -> None:
        for task in tasks:
            self._crew.submit(task)
        self._crew.finish()

    def _begin(self, mode: str) -> None:
        """Read the account, and the newest event as the anchor of the next sync, in the server's own time."""
        if not (known := self._notes("account")):
            anchor = self._optional(BY_ENTITY["events"], self._newest_event)
            account = self._optional(ACCOUNT, lambda: self._client.get(ACCOUNT.path, ACCOUNT.words))
            with self._run.slice("account") as writer:
                writer.write([account] if account and "id" in account else [])
                missing = {"account": self._missing["account"]} if "account" in self._missing else {}
                writer.note.update(anchor=anchor, account=(account or {}).get("id"), missing=missing)
            known = self._notes("account")
        self._missing.update(known["missing"])
        before = self._run.before
        has_moved = before.get("account") and known["account"] and before["account"] != known["account"]
        if has_moved or (before.get("mode") and mode and before["mode"] != mode):
            raise SourceError(
                "This key belongs to another Stripe account, or another mode of it, than the data read so far.",
                "Use the former account’s key, or set RETAINER_HOME to a new folder for the other one.",
            )

    def _newest_event(self) -> int | None:
        newest = self._client.get("/v1/events", "events", limit=1).get("data") or [{}]
        return newest[0].get("created")

    def _begin_list(self, resource: Resource) -> None:
        if resource.entity in self._missing:
            return
        done = self._run.slices(resource.entity)
        self._count(resource.entity, sum(part.note["count"] for part in done))
        whole = Span(self._since(resource))
        spans = [span for part in done if (span := named(part.name))]
        self._spans[resource.entity] = len(spans)
        for span in gaps(whole, spans):
            self._submit_span(resource, Reading(span))

    def _since(self, resource: Resource) -> int:
        return 0 if resource.is_relisted else changes.since(self._run.bookmark, resource.entity)

    def _submit_span(self, resource: Resource, reading: Reading) -> None:
        self._spans[resource.entity] += 1
        self._crew.submit(lambda: self._guarded(resource, lambda: self._read_span(resource, reading)))

    def _read_span(self, resource: Resource, reading: Reading) -> None:
        note_ids = bool(self._since(resource))
        with self._run.slice(resource.entity, reading.span.name) as writer:
            seen: set[str] = set()
            # The plain list may leave archived objects out, or not: what both lists show is kept once.
            for archive in ({}, {"active": "false"}) if resource.has_archive else ({},):
                after, more = None, True
                while more:
                    page, more = self._lists.page(resource, after, **reading.span.filters, **archive)
                    if self._lacks_essential:
                        raise Stopped
                    after = page[-1]["id"] if page else None
                    kept = [found for found in reading.take(page) if found["id"] not in seen]
                    seen.update(found["id"] for found in kept if resource.has_archive)
                    writer.write(kept)
                    changes.note_objects(writer.note, resource, kept, is_new_only=note_ids)
                    self._count(resource.entity, len(kept))
                    if reading.is_past:
                        break
                    if more and not resource.has_archive:
                        self._share(resource, reading)
            writer.name = reading.span.name

    def _share(self, resource: Resource, reading: Reading) -> None:
        if not self._crew.has_idle or self._spans[resource.entity] >= SPANS_AT_MOST:
            return
        if rest := reading.cut():
            self._submit_span(resource, rest)

    def _changed(self, notes: dict[str, Object]) -> list[Callable[[], None]]:
        """Tasks that read known objects again: those that were not settled, and those that events name."""
        tasks: list[Callable[[], None]] = []
        touched = notes.get("events", {}).get("touched", {})
        for resource in LISTED:
            if resource.entity not in notes or not self._since(resource) or resource.entity == "events":
                continue
            open_ones = (self._run.bookmark or {}).get("unsettled", {}).get(resource.entity, [])
            ids = (set(open_ones) | set(touched.get(resource.entity, []))) - set(notes[resource.entity].get("ids", []))
            if ids and not self._has("changed", resource.entity):
                tasks.append(partial(self._guarded, resource, partial(self._read_again, resource, sorted(ids), notes)))
        return tasks

    def _read_again(self, resource: Resource, ids: list[str], notes: dict[str, Object]) -> None:
        with self._run.slice(resource.entity, "changed") as writer:
            for found in self._one_by_one.map(partial(self._lists.one, resource), ids):
                if found:
                    writer.write([found])
                    changes.note_objects(writer.note, resource, [found], is_new_only=True)
                    self._count(resource.entity, 1)
        notes[resource.entity] = self._notes(resource.entity)

    def _unlisted(self, notes: dict[str, Object]) -> None:
        """Read prices made for one customer, and deleted coupons: no list shows them, only what uses them."""
        used = changes.together(notes.get(entity, {}) for entity in ("invoices", "subscriptions", "customers"))
        known = self._run.before.get("known", {})
        prices = set(used.get("prices", [])) - set(notes["prices"].get("ids", [])) - set(known.get("prices", []))
        if prices and not self._has("unlisted", "prices"):
            with self._run.slice("prices", "unlisted") as writer:
                writer.write(filter(None, self._one_by_one.map(partial(self._lists.one, BY_ENTITY["prices"]), sorted(prices))))
                writer.note["tried"] = sorted(prices)
        listed = {*notes.get("coupons", {}).get("ids", []), *known.get("coupons", [])}
        coupons = {key: coupon for key, coupon in used.get("coupons", {}).items() if key not in listed}
        hidden = {key: holder for key, holder in used.get("coupon_holders", {}).items() if key not in listed | coupons.keys()}
        if (coupons or hidden) and not self._has("unlisted", "coupons"):
            with self._run.slice("coupons", "unlisted") as writer:
                for holder in sorted(set(hidden.values())):
                    coupons |= {key: coupon for key, coupon in self._coupons_of(holder).items() if key in hidden}
                writer.write(coupon for _, coupon in sorted(coupons.items()))
                writer.note["tried"] = sorted({*coupons, *hidden})

    def _coupons_of(self, holder: str) -> dict[str, Object]:
        """The coupons on an invoice's lines or a subscription's items, shown whole by their own lists."""
        nested: Nested = ITEMS if holder.startswith("sub_") else INVOICE_LINES
        found: dict[str, Object] = {}
        try:
            entries = self._lists.entries(holder, nested, "coupons")
        except (NotThere, Refused, PermissionMissing):
            return found
        for entry in entries:
            for discount in entry.get("discounts") or []:
                coupon = changes.coupon_in(discount)
                if isinstance(coupon, dict):
                    found[coupon["id"]] = coupon
        return found

    def _cards(self, notes: dict[str, Object]) -> None:
        """Cards of the customers who subscribe: the default ones came with them; who has none there is asked for."""
        if self._has("all", "payment_methods"):
            return
        together = changes.together(notes.get(entity, {}) for entity in ("subscriptions", "customers"))
        live = sorted(set(together.get("live", [])) & set(together.get("ids", [])))
        shown = together.get("cards", {})
        asked = [customer for customer in live if customer not in shown]
        with self._run.slice("payment_methods") as writer:
            cards = {card["id"]: card for customer in live for card in shown.get(customer, [])}
            writer.write(cards.values())
            self._count("payment_methods", len(cards), len(live))
            try:
                answers = []
                for found in self._one_by_one.map(self._cards_of, asked):
                    answers.append(found)
                    writer.write(card for card in found or [] if card["id"] not in cards)
                    self._count("payment_methods", len(found or []), len(live))
                if answers and all(found is None for found in answers):
                    raise NotThere(PAYMENT_METHODS.words)
            except (PermissionMissing, NotThere) as error:
                self._miss(PAYMENT_METHODS, error)

    def _cards_of(self, customer: str) -> list[Object] | None:
        """A customer's payment methods; None where the server has no such list, or no such customer any more."""
        # Until 2022 the kind of payment method had to be named.
        for kind in ({}, {"type": "card"}):
            try:
                return [card for page in self._lists.pages(PAYMENT_METHODS, customer=customer, **kind) for card in page]
            except Refused:
                continue
            except NotThere:
                return None
        return []

    def _finish(self, notes: dict[str, Object], mode: str, warnings: list[str]) -> None:
        notes = {entity: self._notes(entity) for entity in notes}
        before = self._run.bookmark or {}
        start = self._notes("account")
        present = {part for part in BY_ENTITY if part not in self._missing and self._run.slices(part)}
        unlisted = {entity: notes.get(entity, {}).get("tried", []) for entity in ("prices", "coupons")}
        known = self._run.before.get("known", {})
        prices = {*known.get("prices", []), *unlisted["prices"]}
        partial_ones = {
            entity for entity in present if entity == "events" or (entity in notes and self._since(BY_ENTITY[entity]))
        }
        if prices:
            partial_ones.add("prices")
        if "payment_methods" in self._missing:
            # The default ones came with the customers.
            partial_ones.add("payment_methods")
        started_at = self._run.started_at
        bookmark = {
            **changes.next_bookmark(before, notes, start["anchor"], int(time.time())),
            "account": start["account"] or self._run.before.get("account"),
            "mode": mode or self._run.before.get("mode", ""),
            "known": {
                "prices": sorted(prices),
                "coupons": sorted({*known.get("coupons", []), *notes.get("coupons", {}).get("ids", []), *unlisted["coupons"]}),
            },
            "synced_at": started_at.isoformat(),
        }
        for words in sorted(self._lists.unseen):
            warnings.append(f"{lacking(words).title} They are left out where other objects would show them.")
        self._run.finish(present - partial_ones, partial_ones, bookmark, self._missing, warnings)

    def _guarded(self, resource: Resource, task: Callable[[], None]) -> None:
        try:
            task()
        except (PermissionMissing, NotThere, Refused) as error:
            self._miss(resource, error)
        except Stopped:
            if not self._lacks_essential:
                raise

    def _optional(self, resource: Resource, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except (PermissionMissing, NotThere, Refused) as error:
            self._miss(resource, error)
            return None

    def _miss(self, resource: Resource, error: SourceError) -> None:
        if resource.is_essential and not isinstance(error, PermissionMissing):
            raise error
        self._missing[resource.entity] = error.title
        self._lacks_essential = self._lacks_essential or resource.is_essential

    def _stop_if_blind(self) -> None:
        """Without the essential lists there are no figures: name everything that the key lacks at once."""
        if self._lacks_essential:
            resources = [resource for resource in BY_ENTITY.values() if resource.entity in self._missing]
            raise lacking(*(resource.words for resource in sorted(resources, key=lambda resource: not resource.is_essential)))

    def _forget_stale(self) -> None:
        for resource in LISTED:
            slices = self._run.slices(resource.entity)
            if resource.is_relisted and any(datetime.now(UTC) - part.read_at > RELIST_AFTER for part in slices):
                self._run.forget(resource.entity)

    def _notes(self, entity: str) -> Object:
        return changes.together(part.note for part in self._run.slices(entity))

    def _has(self, name: str, entity: str) -> bool:
        return any(part.name == name for part in self._run.slices(entity))

    def _count(self, entity: str, more: int, total: int | None = None) -> None:
        with self._counting:
            self._done[entity] = self._done.get(entity, 0) + more
            self._report(Progress(NAME, entity, self._done[entity], total))


def _mode(key: str) -> str:
    return next((mode for mode in ("live", "test") if f"_{mode}_" in key), "")


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
