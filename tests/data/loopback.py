"""A small server on loopback that lists given objects as Stripe does, with faults on demand."""

import copy
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

KEY = "rk_test_4f9aXXsecretXX71b2"
NESTED = {"invoices": "lines", "credit_notes": "lines", "subscriptions": "items"}
LISTS = (
    "customers products prices coupons subscriptions subscription_schedules invoices invoiceitems invoice_payments charges "
    "refunds credit_notes disputes payment_methods events"
).split()


@dataclass
class Asked:
    """One request: its method, path and parameters, with `expand` as a list."""

    method: str
    path: str
    params: dict[str, str]
    expand: list[str]


@dataclass
class Fault:
    """An answer given instead of the right one, `times` times, to requests whose path matches."""

    pattern: str
    status: int
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)
    message: str = "a fault"
    drops: bool = False


class Loopback:
    """The account's objects by endpoint, what was asked, and what goes wrong."""

    def __init__(self, *, is_old: bool = False, latency: float = 0.0, per_second: int = 0) -> None:
        self.key = KEY
        self.is_old = is_old
        self.latency = latency
        self.per_second = per_second
        self.lists: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS}
        self.account: dict[str, Any] = {"id": "acct_1", "object": "account", "country": "FR", "default_currency": "eur"}
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.forbidden: set[str] = set()
        self.absent: set[str] = set()
        self.on_request: Callable[[Asked], None] = lambda asked: None
        self.url = ""
        self.in_flight = 0
        self.most_in_flight = 0
        self.lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}

    def add(self, name: str, /, **fields: Any) -> dict[str, Any]:
        """Put one object into a list; `object` and `created` are filled in where missing."""
        kind = {"invoiceitems": "invoiceitem"}.get(name, name.removesuffix("s"))
        found = {"object": kind, "created": 1_700_000_000 + len(self.lists[name]) * 1000, **fields}
        self.lists[name].append(found)
        return found

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def answer(self, asked: Asked, key: str) -> tuple[int, dict[str, str], Any]:
        for fault in self.faults:
            if fault.times and re.search(fault.pattern, asked.path):
                fault.times -= 1
                return fault.status, fault.headers, _error(fault.message)
        if key != self.key:
            return 401, {}, _error(f"Invalid API Key provided: {key}")
        if asked.method != "GET":
            return 405, {}, _error("only GET")
        name, *rest = asked.path.removeprefix("/v1/").split("/")
        if self.per_second and self._is_too_fast(name):
            return 429, {}, _error("Too many requests", code="rate_limit")
        if name in self.forbidden:
            return 403, {}, _error(f"The provided key '{key}' does not have the required permissions for this endpoint")
        if name in self.absent or (name not in self.lists and name not in ("account", "subscription_items")):
            return 404, {}, _error("Unrecognized request URL")
        if name == "account":
            return 200, {}, self.account
        if refused := self._refused(name, asked, is_one=len(rest) == 1):
            return refused
        if len(rest) == 1:
            found = next((entry for entry in self.lists[name] if entry["id"] == rest[0]), None)
            return (200, {}, self._shown(name, found)) if found else (404, {}, _error("No such object"))
        return 200, {}, self._listed(name, rest, asked)

    def _refused(self, name: str, asked: Asked, *, is_one: bool) -> tuple[int, dict[str, str], Any] | None:
        for path in asked.expand:
            if not is_one and not path.startswith("data."):
                return 400, {}, _error(f"This property cannot be expanded ({path}).")
            if path.count(".") > (3 if not is_one else 2) or (self.is_old and ("source" in path or "discounts" in path)):
                return 400, {}, _error(f"This property cannot be expanded ({path}).")
            if "payment_method" in path and "payment_methods" in self.forbidden:
                return 403, {}, _error("no permission to expand")
        if name == "payment_methods" and "customer" not in asked.params:
            return 400, {}, _error("Missing required param: customer.")
        return None

    def _listed(self, name: str, rest: list[str], asked: Asked) -> dict[str, Any]:
        params = asked.params
        entries = [self._shown(name, entry) for entry in self._entries(name, rest, params)]
        if after := params.get("starting_after"):
            entries = entries[[entry["id"] for entry in entries].index(after) + 1 :]
        limit = int(params.get("limit", 10))
        return {"object": "list", "data": entries[:limit], "has_more": len(entries) > limit, "url": asked.path}

    def _entries(self, name: str, rest: list[str], params: dict[str, str]) -> list[dict[str, Any]]:
        if name == "subscription_items":
            owner = next(entry for entry in self.lists["subscriptions"] if entry["id"] == params["subscription"])
            return owner["items"]["data"]
        if rest:
            return next(entry for entry in self.lists[name] if entry["id"] == rest[0])[rest[1]]["data"]
        entries = sorted(self.lists[name], key=lambda entry: -entry["created"])
        for bound, keeps in (("created[gte]", int.__ge__), ("created[lt]", int.__lt__)):
            if bound in params:
                entries = [entry for entry in entries if keeps(entry["created"], int(params[bound]))]
        if name == "subscriptions" and params.get("status") != "all":
            entries = [entry for entry in entries if entry["status"] != "canceled"]
        if name == "invoices" and "status" in params:
            entries = [entry for entry in entries if entry["status"] == params["status"]]
        if "customer" in params:
            entries = [entry for entry in entries if entry.get("customer") == params["customer"]]
        if "active" in params or name == "prices":
            entries = [entry for entry in entries if entry.get("active", True) == (params.get("active", "true") == "true")]
        return [entry for entry in entries if not entry.get("is_inline")]

    def _shown(self, name: str, entry: dict[str, Any]) -> dict[str, Any]:
        nested = NESTED.get(name, "")
        if nested not in entry:
            return entry
        cut = {**entry, nested: {**entry[nested], "data": entry[nested]["data"][:10]}}
        cut[nested]["has_more"] = len(entry[nested]["data"]) > 10
        return cut

    def _is_too_fast(self, name: str) -> bool:
        now = time.monotonic()
        with self.lock:
            times = self._times.setdefault(name, deque())
            while times and times[0] < now - 1:
                times.popleft()
            if len(times) >= self.per_second:
                return True
            times.append(now)
            return False


@contextmanager
def serving(server: Loopback) -> Iterator[Loopback]:
    """Serve it at `server.url` on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer()

        do_DELETE = do_POST

        def _answer(self) -> None:
            pairs = parse_qsl(urlsplit(self.path).query)
            expand = [value for name, value in pairs if name.startswith("expand")]
            asked = Asked(self.command, urlsplit(self.path).path, dict(pairs), expand)
            with server.lock:
                server.asked.append(asked)
                server.in_flight += 1
                server.most_in_flight = max(server.most_in_flight, server.in_flight)
            try:
                server.on_request(asked)
                time.sleep(server.latency)
                status, headers, content = server.answer(asked, self.headers.get("Authorization", "").removeprefix("Bearer "))
            finally:
                with server.lock:
                    server.in_flight -= 1
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        http.shutdown()
        thread.join()


def agency(server: Loopback, clients: int = 3, months: int = 2) -> Loopback:
    """A small account: each client subscribes to one price, and is billed monthly."""
    server.add("products", id="prod_care", name="Care", active=True)
    server.add(
        "prices", id="price_care", product="prod_care", active=True, currency="eur", unit_amount=35000, type="recurring",
        recurring={"interval": "month", "interval_count": 1, "usage_type": "licensed"}, billing_scheme="per_unit",
    )  # fmt: skip
    server.add("coupons", id="ten", percent_off=10, duration="forever", valid=True)
    for number in range(clients):
        customer = f"cus_{number}"
        server.add("customers", id=customer, name=f"Client {number}", email=f"{number}@example.com", discount=None)
        item = {
            "id": f"si_{number}", "object": "subscription_item", "quantity": 1, "discounts": [],
            "price": copy.deepcopy(server.lists["prices"][0]), "current_period_end": 1_760_000_000,
        }  # fmt: skip
        server.add(
            "subscriptions", id=f"sub_{number}", customer=customer, status="active", start_date=1_700_000_000, discounts=[],
            currency="eur", items={"object": "list", "data": [item], "has_more": False}, created=1_700_000_000 + number,
        )  # fmt: skip
        for month in range(months):
            bill(server, number, month)
    return server


def bill(server: Loopback, number: int, month: int, *, lines: int = 1, status: str = "paid") -> dict[str, Any]:
    """One invoice of a client for a month, with its charge."""
    start = 1_700_000_000 + month * 2_592_000
    made = [
        {
            "id": f"il_{number}_{month}_{line}", "object": "line_item", "amount": 35000, "currency": "eur", "quantity": 1,
            "period": {"start": start, "end": start + 2_592_000}, "discounts": [], "discount_amounts": [],
            "pricing": {"type": "price_details", "price_details": {"price": "price_care", "product": "prod_care"}},
            "parent": {
                "type": "subscription_item_details",
                "subscription_item_details": {
                    "subscription": f"sub_{number}", "subscription_item": f"si_{number}", "proration": False,
                },
            },
        }
        for line in range(lines)
    ]  # fmt: skip
    invoice = server.add(
        "invoices", id=f"in_{number}_{month}", customer=f"cus_{number}", status=status, currency="eur", discounts=[],
        amount_due=35000 * lines, total=35000 * lines, created=start + number, lines={"object": "list", "data": made},
        parent={"type": "subscription_details", "subscription_details": {"subscription": f"sub_{number}"}},
    )  # fmt: skip
    server.add("charges", id=f"ch_{number}_{month}", customer=f"cus_{number}", status="succeeded", created=start + number + 5)
    return invoice


def _error(message: str, code: str = "") -> dict[str, Any]:
    return {"error": {"type": "invalid_request_error", "message": message, **({"code": code} if code else {})}}
