"""A Stripe-shaped server on loopback, for tests and for trying by hand.

python tests/stripe_server/server.py --port 4242 --account demo
STRIPE_API_KEY=sk_test_x STRIPE_API_BASE=http://127.0.0.1:4242 python -m data sync stripe
"""

import argparse
import sys
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

if __name__ == "__main__":  # started as a file, from wherever
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import orjson

from data.sources.demo.expansion import NotExpandable, TooDeep, answer
from data.sources.demo.snapshot import Snapshot
from tests.stripe_server import faults
from tests.stripe_server.older import Older, tidy

Object = dict[str, Any]
Query = dict[str, list[str]]

MAX_PAGE = 100
RANGES: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda value, bound: value > bound,
    "gte": lambda value, bound: value >= bound,
    "lt": lambda value, bound: value < bound,
    "lte": lambda value, bound: value <= bound,
}
EQUALS = {
    "subscriptions": ("customer", "collection_method"),
    "invoices": ("customer", "status", "collection_method"),
    "invoiceitems": ("customer", "invoice"),
    "invoice_payments": ("invoice", "status"),
    "charges": ("customer", "payment_intent"),
    "refunds": ("charge", "payment_intent"),
    "credit_notes": ("customer", "invoice"),
    "disputes": ("charge", "payment_intent"),
    "prices": ("product", "type", "currency"),
    "customers": ("email",),
    "subscription_schedules": ("customer",),
    "events": ("type",),
}


class Refusal(Exception):
    """An answer that is no 200."""

    def __init__(self, status: int, body: Object, headers: Object | None = None) -> None:
        self.status, self.body, self.headers = status, body, headers or {}
        super().__init__(body.get("message"))


def invalid(message: str, param: str | None = None, code: str | None = None, status: int = 400) -> Refusal:
    """A request that Stripe would not understand."""
    body: Object = {"message": message, "type": "invalid_request_error"}
    return Refusal(status, body | ({"param": param} if param else {}) | ({"code": code} if code else {}))


class StripeServer:
    """Serves one snapshot; `show` swaps it, `denied` names resources the key may not read, `log` holds every request.

    Use it as a context manager; `url` goes into STRIPE_API_BASE.
    """

    def __init__(
        self, snapshot: Snapshot, *, key: str = "sk_test_x", shape: str = "new", port: int = 0, latency: float = 0.0
    ) -> None:
        self.key = key
        self.shape = shape
        self.latency = latency
        self.denied: set[str] = set()
        self.missing: set[str] = set()
        self.faults = faults.Faults()
        self.log: list[tuple[str, str, Query]] = []
        self.versions: set[str] = set()
        self.show(snapshot)
        self._http = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._http.daemon_threads = True
        self.port = int(self._http.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> "StripeServer":
        self._thread.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)

    def show(self, snapshot: Snapshot) -> None:
        """Answer from this snapshot from now on."""
        self.snapshot = snapshot
        payments = {one["invoice"]: one for one in snapshot.lists["invoice_payments"]}
        charges = {one["payment_intent"]: one for one in reversed(snapshot.lists["charges"])}
        self._older = Older(snapshot.by_id, payments, charges)

    @property
    def is_read_only(self) -> bool:
        """Whether nothing but GET was asked."""
        return all(method == "GET" for method, _, _ in self.log)

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for _, path, _ in self.log]

    def reply(self, path: str, query: Query, key: str) -> Object:
        """The answer to a GET; raises Refusal."""
        if key != self.key:
            raise Refusal(401, faults.wrong_key(key))
        parts = path.removeprefix("/v1/").strip("/").split("/")
        if not path.startswith("/v1/") or parts[0] in self.missing:
            raise invalid(f"Unrecognized request URL (GET: {path}).", status=404)
        for resource in {parts[0], parts[-1]}:
            if resource in self.denied:
                raise Refusal(403, faults.missing_permission(key, resource, self.snapshot.account["id"]))
        paths = [value for name in ("expand[]", "expand") for value in query.get(name, [])]
        paths += [values[0] for name, values in query.items() if name.startswith("expand[") and name != "expand[]"]
        if self.shape == "old" and any("source" in one.split(".") for one in paths):
            raise invalid("This property cannot be expanded (source).", "expand")
        try:
            found = self._find(parts, query, [] if self.shape == "old" and not paths else paths)
        except TooDeep as deep:
            raise invalid(f"You cannot expand more than 4 levels of a property. Property: {deep}", "expand") from deep
        except NotExpandable as wrong:
            raise invalid(f"This property cannot be expanded ({wrong}).", "expand") from wrong
        return tidy(self._older.answer(found)) if self.shape == "old" else found

    def _find(self, parts: list[str], query: Query, paths: list[str]) -> Object:
        if self.shape == "old":
            paths = [one for one in (_plain(path) for path in paths) if one]
        match parts:
            case ["account"]:
                return self.snapshot.account
            case ["subscription_items"]:
                return self._items(query, paths)
            case ["invoices" | "credit_notes" as resource, owner, "lines"]:
                return self._page(f"/v1/{resource}/{owner}/lines", self._get(resource, owner)["lines"]["data"], query, paths)
            case ["customers", owner, "payment_methods"]:
                self._get("customers", owner)
                rows = [row for row in self.snapshot.lists["payment_methods"] if row["customer"] == owner]
                return self._page(f"/v1/customers/{owner}/payment_methods", rows, query, paths)
            case ["payment_methods"] if "customer" not in query:
                raise invalid("Missing required param: customer.", "customer", "parameter_missing")
            case [resource] if resource in self.snapshot.lists:
                return self._page(f"/v1/{resource}", self._filtered(resource, query), query, paths)
            case [resource, wanted] if resource in self.snapshot.lists:
                return answer(self.snapshot, self._get(resource, wanted), paths)
            case _:
                raise invalid(f"Unrecognized request URL (GET: /v1/{'/'.join(parts)}).", status=404)

    def _items(self, query: Query, paths: list[str]) -> Object:
        if "subscription" not in query:
            raise invalid("Missing required param: subscription.", "subscription", "parameter_missing")
        rows = self._get("subscriptions", query["subscription"][0])["items"]["data"]
        return self._page("/v1/subscription_items", rows, query, paths)

    def _get(self, resource: str, wanted: str) -> Object:
        found = next((row for row in self.snapshot.lists[resource] if row["id"] == wanted), None)
        if found is None:
            raise invalid(f"No such {resource.rstrip('s')}: '{wanted}'", "id", "resource_missing", 404)
        return found

    def _filtered(self, resource: str, query: Query) -> list[Object]:
        rows: Iterable[Object] = self.snapshot.lists[resource]
        for name, values in query.items():
            wanted = values[0]
            if name == "created":
                rows = [row for row in rows if row["created"] == int(wanted)]
            elif name.startswith("created["):
                rows = [row for row in rows if RANGES[name[8:-1]](row["created"], int(wanted))]
            elif name in EQUALS.get(resource, ()):
                rows = [row for row in rows if row.get(name) == wanted]
            elif name == "active":
                rows = [row for row in rows if row["active"] == (wanted == "true")]
            elif name == "types[]":
                rows = [row for row in rows if row["type"] in values]
            elif name == "pending":
                rows = [row for row in rows if (row["invoice"] is None) == (wanted == "true")]
            elif name == "subscription" and resource == "invoices":
                rows = [
                    row for row in rows if row["parent"] and row["parent"]["subscription_details"]["subscription"] == wanted
                ]
            elif name == "customer" and resource == "payment_methods":
                rows = [row for row in rows if row["customer"] == wanted]
        if resource == "subscriptions":
            rows = _by_status(rows, query.get("status", [""])[0])
        return list(rows)

    def _page(self, url: str, rows: list[Object], query: Query, paths: list[str]) -> Object:
        limit = int(query.get("limit", ["10"])[0])
        if not 1 <= limit <= MAX_PAGE:
            raise invalid(f"Invalid integer: {limit}. The limit must be between 1 and 100.", "limit")
        places = {row["id"]: place for place, row in enumerate(rows)}
        for name in ("starting_after", "ending_before"):
            if name in query and query[name][0] not in places and query[name][0] not in self.snapshot.by_id:
                raise invalid(f"No such object: '{query[name][0]}'", name, "resource_missing")
        if "ending_before" in query:
            end = places.get(query["ending_before"][0], 0)
            chosen, has_more = rows[max(0, end - limit) : end], end > limit
        else:
            start = places[query["starting_after"][0]] + 1 if query.get("starting_after", [""])[0] in places else 0
            chosen, has_more = rows[start : start + limit], len(rows) > start + limit
        page = {"object": "list", "url": url, "has_more": has_more, "data": chosen}
        return answer(self.snapshot, page, [path for path in paths if chosen or not path])


def _plain(path: str) -> str:
    """A path of the older shape as one of the newest: coupons are always embedded there, `discount` too."""
    parts = path.split(".")
    if parts[-1] == "coupon":
        parts = parts[:-1]
    return "" if parts[-1] == "discount" else ".".join(parts)


def _by_status(rows: Iterable[Object], wanted: str) -> list[Object]:
    over = ("canceled", "incomplete_expired")
    if wanted == "all":
        return list(rows)
    if wanted == "ended":
        return [row for row in rows if row["status"] in over]
    return [row for row in rows if (row["status"] == wanted if wanted else row["status"] not in over)]


def _handler(server: StripeServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query: Query = {}
            for name, value in parse_qsl(url.query, keep_blank_values=True):
                query.setdefault(name, []).append(value)
            server.log.append(("GET", url.path, query))
            server.versions.add(self.headers.get("Stripe-Version", ""))
            time.sleep(server.latency)
            fault = server.faults.next(url.path)
            if fault:
                time.sleep(fault.delay)
                if fault.is_dropped:
                    self.close_connection = True
                    self.connection.close()
                    return
                if fault.status:
                    body = faults.RATE_LIMIT if fault.status == 429 else faults.BROKEN
                    self._send(fault.status, {"error": body}, {"Retry-After": fault.retry_after} if fault.retry_after else {})
                    return
            try:
                self._send(200, server.reply(url.path, query, self._key()), {})
            except Refusal as refusal:
                self._send(refusal.status, {"error": refusal.body}, refusal.headers)

        def _refuse_write(self) -> None:
            server.log.append((self.command, urlsplit(self.path).path, {}))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._send(405, {"error": {"message": "This server is read only.", "type": "invalid_request_error"}}, {})

        do_POST = do_DELETE = do_PUT = do_PATCH = _refuse_write

        def _key(self) -> str:
            kind, _, value = self.headers.get("Authorization", "").partition(" ")
            return b64decode(value).decode().rstrip(":") if kind == "Basic" else value

        def _send(self, status: int, body: Object, headers: Object) -> None:
            payload = orjson.dumps(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.send_header("Request-Id", f"req_{len(server.log):06d}")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent; the server keeps its own log."""

    return Handler


def main() -> None:
    """Serve an account by hand until Ctrl-C."""
    from tests.stripe_server.accounts import chosen

    parser = argparse.ArgumentParser(description="A Stripe-shaped server on loopback.")
    parser.add_argument("--port", type=int, default=4242)
    parser.add_argument("--account", choices=["demo", "random", "cases"], default="demo")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--shape", choices=["new", "old"], default="new")
    parser.add_argument("--at", default="", help="the instant that is shown, as 2026-11-21T12:00:00Z")
    parser.add_argument("--key", default="sk_test_x")
    given = parser.parse_args()
    snapshot = chosen(given.account, seed=given.seed, clients=given.clients, at=given.at)
    with StripeServer(snapshot, key=given.key, shape=given.shape, port=given.port) as server:
        print(f"STRIPE_API_BASE={server.url} STRIPE_API_KEY={server.key}", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print(f"{len(server.log)} requests")


if __name__ == "__main__":
    main()
