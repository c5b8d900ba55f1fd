"""A server on loopback that gives set answers by path, asks for a key, and keeps what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

RECORDED = Path(__file__).parent / "recorded"
Answer = tuple[int, dict[str, str], Any]


class Answers:
    """Answers by path: a value (as JSON), text, an `Answer` of status, headers and body, or a function of the parameters."""

    def __init__(self, authorization: str = "") -> None:
        self.authorization = authorization
        self.routes: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.faults: list[Answer] = []
        self.url = ""

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def answer(self, path: str, params: dict[str, str], authorization: str) -> Answer:
        self.asked.append((path, params))
        if self.faults:
            return self.faults.pop(0)
        if authorization != self.authorization:
            return (
                401,
                {},
                {"code": "mainwp_rest_cannot_view", "message": f"Sorry, {authorization} may not.", "data": {"status": 401}},
            )
        found = self.routes.get(path)
        if callable(found):
            found = found(params)
        if found is None:
            return 404, {}, {"code": "rest_no_route", "message": "No route was found matching the URL and request method."}
        return found if isinstance(found, tuple) else (200, {}, found)


@contextmanager
def serving(answers: Answers) -> Iterator[Answers]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            status, headers, body = answers.answer(
                parts.path, dict(parse_qsl(parts.query)), self.headers.get("Authorization", "")
            )
            content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            kind = "application/json" if not isinstance(body, (str, bytes)) else "text/plain"
            for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    answers.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield answers
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def recorded(name: str) -> Any:
    """An answer of a live server, as recorded."""
    return json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8"))


def page_of(objects: list[Any], size: int) -> Callable[[dict[str, str]], Any]:
    """A list in pages whose `total` counts one page only, as MainWP's."""

    def answer(params: dict[str, str]) -> Any:
        start = (int(params.get("paged", params.get("page", "1"))) - 1) * size
        part = objects[start : start + size]
        return {"success": 1, "total": len(part), "data": part}

    return answer
