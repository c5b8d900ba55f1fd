"""A server on the loopback that speaks like a provider of language models."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest


@contextmanager
def running(environment: pytest.MonkeyPatch) -> Iterator[tuple[list[dict[str, Any]], dict[str, Any]]]:
    """What it was asked so far, and the answer (status, text) that it gives; the environment points to it."""
    asked: list[dict[str, Any]] = []
    answer: dict[str, Any] = {"status": 200, "text": '{"facts": []}'}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            message = {"role": "assistant", "content": answer["text"]}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            reply: dict[str, Any] = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
            if answer["status"] != 200:
                reply = {"error": {"message": "Incorrect API key provided: sk-secret", "type": "x", "code": "x"}}
            body = json.dumps(reply).encode()
            self.send_response(answer["status"])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    environment.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
    environment.setenv("OPENAI_API_KEY", "sk-secret")
    yield asked, answer
    server.shutdown()
    server.server_close()
