"""How near a sync comes to what the server allows, beside the library's own paging; `python -m tests.bench sync`.

The server (a process of its own) answers after 150 ms and gives 25 requests a second on an endpoint, 100 objects each: 2,500
objects a second is the bound. Reach: at most 1.25 × the bound, and at least 6 × the library's auto-paging.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect_left
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

sys.path.insert(0, str(Path(__file__).parents[2]))

LATENCY = 0.150
PER_SECOND = 25
PAGE = 100
OBJECTS = 30_000
PAGED_BY_LIBRARY = 2_000
KEY = "rk_test_bench"


def charge(number: int) -> dict[str, Any]:
    """A charge of the size that Stripe's have; more of them lately than long ago."""
    return {
        "id": f"ch_{number:024d}", "object": "charge", "amount": 35000, "amount_captured": 35000, "amount_refunded": 0,
        "created": 1_763_000_000 - int((OBJECTS - number) ** 1.3 * 60), "currency": "eur", "customer": f"cus_{number % 500}",
        "billing_details": {"address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
                            "email": "client@example.com", "name": "Client", "phone": None, "tax_id": None},
        "payment_method_details": {"card": {"brand": "visa", "checks": {"address_line1_check": None, "cvc_check": "pass"},
                                            "country": "FR", "exp_month": 4, "exp_year": 2028, "fingerprint": "x" * 16,
                                            "funding": "credit", "last4": "4242", "network": "visa"}, "type": "card"},
        "outcome": {"network_status": "approved_by_network", "reason": None, "risk_level": "normal", "risk_score": 12,
                    "seller_message": "Payment complete.", "type": "authorized"},
        "metadata": {f"key_{index}": "value" for index in range(5)}, "paid": True, "refunded": False, "status": "succeeded",
        "payment_intent": f"pi_{number:024d}", "payment_method": f"pm_{number:024d}", "livemode": False, "captured": True,
        **{f"field_{index}": None for index in range(15)},
    }  # fmt: skip


def serve() -> None:
    """Serve the charges, and empty lists beside them; prints the port."""
    charges = [charge(number) for number in reversed(range(OBJECTS))]
    bodies = [json.dumps(entry).encode() for entry in charges]
    places = {entry["id"]: place for place, entry in enumerate(charges)}
    ages = [-entry["created"] for entry in charges]
    times: deque[float] = deque()
    lock = threading.Lock()

    def is_too_fast() -> bool:
        with lock:
            now = time.monotonic()
            while times and times[0] < now - 1:
                times.popleft()
            if len(times) >= PER_SECOND:
                return True
            times.append(now)
            return False

    def page(query: dict[str, list[str]]) -> bytes:
        first = bisect_left(ages, -int(query["created[lt]"][0]) + 1) if "created[lt]" in query else 0
        end = bisect_left(ages, -int(query["created[gte]"][0]) + 1) if "created[gte]" in query else len(ages)
        if "starting_after" in query:
            first = max(first, places[query["starting_after"][0]] + 1)
        last = min(end, first + int(query.get("limit", ["10"])[0]))
        more = b"true" if last < end else b"false"
        return b'{"object":"list","url":"/v1/charges","has_more":' + more + b',"data":[' + b",".join(bodies[first:last]) + b"]}"

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, body = 200, b'{"object":"list","has_more":false,"data":[]}'
            if parts.path == "/v1/charges":
                if is_too_fast():
                    status, body = 429, b'{"error":{"code":"rate_limit","message":"slow down"}}'
                else:
                    body = page(parse_qs(parts.query))
            elif parts.path == "/v1/account":
                body = b'{"id":"acct_1","object":"account"}'
            time.sleep(LATENCY)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        print(http.server_address[1], flush=True)
        http.serve_forever()


def by_library(url: str) -> float:
    """Objects a second through the library's auto-paging, converted to plain dicts as a landing needs them."""
    import stripe

    client = stripe.StripeClient(KEY, base_addresses={"api": url})
    began = time.perf_counter()
    for count, entry in enumerate(client.v1.charges.list({"limit": PAGE}).auto_paging_iter(), start=1):
        entry.to_dict()
        if count == PAGED_BY_LIBRARY:
            break
    return PAGED_BY_LIBRARY / (time.perf_counter() - began)


def by_sync(url: str) -> tuple[float, float, int]:
    """Seconds to extract, seconds to extract and land (without the models' rebuild), and how many slices it took."""
    from data.settings import Settings
    from data.sources.stripe import STRIPE
    from data.spool import Spool
    from data.sync import land_finished
    from data.warehouse import Warehouse

    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), stripe_api_key=KEY, stripe_api_base=url)
        warehouse = Warehouse(settings.own_warehouse, settings)
        began = time.perf_counter()
        run = Spool(settings.home, "stripe").begin(None, full=True)
        STRIPE.extract(settings, run, lambda said: None)
        extracted = time.perf_counter() - began
        slices = run.slices("charges")
        assert sum(part.note["count"] for part in slices) == OBJECTS
        landed = land_finished(warehouse, settings)
        both = time.perf_counter() - began
        began = time.perf_counter()
        warehouse.build()
        both -= time.perf_counter() - began
        assert sum(entity.added for entity in landed[0].landed if entity.entity == "charges") == OBJECTS
        warehouse.close()
        return extracted, both, len(slices)


def main() -> None:
    """Print the ratios of one run."""
    server = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        library = by_library(url)
        time.sleep(1)
        extracted, both, slices = by_sync(url)
    finally:
        server.terminate()
        server.wait()
        server.stdout and server.stdout.close()
    bound = OBJECTS / (PER_SECOND * PAGE)
    print(f"sync: {OBJECTS:,} objects of one endpoint, {slices} slices, bound {PER_SECOND * PAGE:,} objects/s")
    print(f"  extract            {extracted / bound:5.2f} × the bound   ({OBJECTS / extracted:,.0f} objects/s; reach ≤ 1.25)")
    print(f"  extract and land   {both / bound:5.2f} × the bound   ({OBJECTS / both:,.0f} objects/s)")
    print(f"  against auto-paging {OBJECTS / extracted / library:4.1f} ×             ({library:,.0f} objects/s; reach ≥ 6)")


if __name__ == "__main__":
    serve() if "--serve" in sys.argv else main()
