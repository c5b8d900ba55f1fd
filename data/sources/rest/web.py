"""Asking a server for JSON or text: GET only, politely, with failures in words and never a key in them."""

import base64
import json
import random
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
import requests

from data.errors import KeyRefused, PermissionMissing, SettingsError, SourceError, SourceUnreachable

ATTEMPTS = 6
# Without any answer from a server, there is little point in trying for long.
UNREACHABLE_ATTEMPTS = 3
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
LONGEST_WAIT = 120.0
TIMEOUT = (10, 60)
MOST_REDIRECTS = 3


class NotThere(SourceError):
    """The server has nothing at this address (404)."""


class Refused(SourceError):
    """The server refused this request as it stands (400)."""


def basic(user: str, password: str) -> str:
    """The Authorization header of a name and password."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def bearer(token: str) -> str:
    """The Authorization header of a token."""
    return f"Bearer {token}"


def checked_address(address: str, setting: str) -> str:
    """The address of a server with its scheme (https where none is given), no slash at its end; SettingsError if it is none."""
    written = address.strip().rstrip("/")
    written = written if "://" in written else f"https://{written}"
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or re.search(r"\s", written):
        raise SettingsError(f"{setting} is no address of a server.", "Write it as https://dashboard.example.com.")
    return written


def checked_key(key: str, title: str, setting: str) -> str:
    """The key without blanks around it; KeyRefused for what can be none."""
    key = key.strip()
    # A header with other signs would be quoted whole in the transport's error.
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise KeyRefused(f"The key of {title} is missing, or holds blanks or unusual signs.", f"Copy it again into {setting}.")
    return key


class Web:
    """One server, asked with one key."""

    def __init__(self, title: str, base: str, authorization: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self.title = title
        self.base = base
        self._authorization = authorization
        self._sleep = sleep
        self._session = requests.Session()
        # A ~/.netrc entry may not take the key's place.
        self._session.auth = self._authorized
        self.has_answered = False

    def close(self) -> None:
        """Let go of all connections."""
        self._session.close()

    def json(self, path: str, words: str, **params: Any) -> Any:
        """The answer as Python values; `words` name what is asked in errors. Raises the SourceError tree, NotThere, Refused."""
        return _parsed(self._answer(path, words, params).content, self.title, self._no_json)

    def text(self, path: str, words: str, **params: Any) -> str:
        """The answer as text; errors as `json`."""
        answer = self._answer(path, words, params)
        if answer.headers.get("content-type", "").startswith("text/html"):
            raise self._no_json()
        return answer.content.decode("utf-8", errors="replace")

    def _answer(self, path: str, words: str, params: dict[str, Any]) -> requests.Response:
        attempt = 0
        while True:
            attempt += 1
            failure: SourceError
            try:
                answer = self._get(path if "://" in path else f"{self.base}/{path.lstrip('/')}", params)
            except requests.RequestException as error:
                failure, is_worth_it, wait = _unreachable(self.title, error), not _is_final(error), 0.0
                patience = ATTEMPTS if self.has_answered else UNREACHABLE_ATTEMPTS
            else:
                self.has_answered = True
                if answer.status_code == 200:
                    return answer
                failure, is_worth_it = self._failure(answer, words)
                wait, patience = _retry_after(answer), ATTEMPTS
            if not is_worth_it or attempt >= patience:
                raise failure
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))
            self._sleep(wait or random.uniform(0.5, 1) * pause)  # noqa: S311

    def _get(self, url: str, params: dict[str, Any]) -> requests.Response:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._session.get(
                url,
                params=params,
                timeout=TIMEOUT,
                allow_redirects=False,
                headers={"Accept": "application/json, text/plain, */*"},
            )
            if answer.status_code not in (301, 302, 303, 307, 308):
                return answer
            target = urljoin(answer.url, answer.headers.get("location", ""))
            if not _is_same_server(answer.url, target):
                host = urlsplit(target).hostname or "another place"
                raise _SendsElsewhere(host)
            url, params = target, {}
        raise requests.TooManyRedirects

    def _authorized(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._authorization
        return request

    def _failure(self, answer: requests.Response, words: str) -> tuple[SourceError, bool]:
        """What an answer that is no answer means for the user, and whether to try again."""
        status, said = answer.status_code, self._said(answer)
        if status == 401:
            hint = f"Check that it was copied whole, and that it was not revoked.{said}"
            return KeyRefused(f"{self.title} refused the key.", hint), False
        if status == 403:
            hint = f"Give the key read access.{said}" if said else "Give the key read access, or let this machine through."
            return PermissionMissing(f"The key of {self.title} may not read {words}.", hint), False
        if status in (404, 410):
            return NotThere(f"{self.title} has no {words}.", f"Check the address.{said}"), False
        if status == 429:
            return SourceUnreachable(f"{self.title} says that too many requests come.", "Try again in a few minutes."), True
        if status in (400, 405, 422):
            return Refused(f"{self.title} refused the request for {words}.", said.strip()), False
        hint = "Try again later; what was brought in before stays."
        return SourceUnreachable(f"{self.title} gave no usable answer ({status}).", hint), status in (408, 409) or status >= 500

    def _said(self, answer: requests.Response) -> str:
        try:
            body = orjson.loads(answer.content)
            message = str(body.get("message") or "") if isinstance(body, dict) else ""
        except ValueError:
            return ""
        clean = re.sub(r"\b[a-z]{2}_[0-9A-Za-z]{6,}", "…", re.sub(r"<[^>]*>", "", message))
        for secret in _secrets(self._authorization):
            clean = clean.replace(secret, "…")
        return f" It says: “{' '.join(clean.split())[:160]}”" if clean.strip() else ""

    def _no_json(self) -> SourceUnreachable:
        return SourceUnreachable(
            f"{self.title} answered with a web page or something else that is no data.",
            "Check the address; a login page, a firewall or a maintenance mode may answer in its place.",
        )


def _secrets(authorization: str) -> list[str]:
    """Everything in a header that no sentence may show, the longest first."""
    kind, _, secret = authorization.partition(" ")
    parts = base64.b64decode(secret).decode().split(":") if kind == "Basic" else []
    return sorted({authorization, secret, *(part for part in parts if len(part) > 3)}, key=len, reverse=True)


class _SendsElsewhere(requests.RequestException):
    pass


def _is_same_server(url: str, target: str) -> bool:
    here, there = urlsplit(url), urlsplit(target)
    is_secured = here.scheme == "http" and there.scheme == "https" and here.hostname == there.hostname
    return is_secured or (here.scheme, here.netloc) == (there.scheme, there.netloc)


def _is_final(error: requests.RequestException) -> bool:
    return isinstance(error, _SendsElsewhere | requests.TooManyRedirects | requests.exceptions.SSLError | ValueError)


def _unreachable(title: str, error: requests.RequestException) -> SourceUnreachable:
    if isinstance(error, _SendsElsewhere):
        return SourceUnreachable(f"{title} sends on to {error}, and the key goes nowhere else.", "Enter that address instead.")
    if isinstance(error, requests.TooManyRedirects):
        return SourceUnreachable(f"{title} sends round in a circle.", "Check the address.")
    if isinstance(error, requests.exceptions.SSLError):
        return SourceUnreachable(f"The certificate of {title} could not be verified.", "Renew it, or check the address.")
    if isinstance(error, requests.Timeout):
        return SourceUnreachable(f"{title} took too long to answer.", "Try again later; what was brought in before stays.")
    return SourceUnreachable(f"{title} can’t be reached.", "Check the address and the network connection.")


def _parsed(content: bytes, title: str, no_json: Callable[[], SourceUnreachable]) -> Any:
    body = content.removeprefix(b"\xef\xbb\xbf").strip()
    # PHP may print a warning before the data.
    first = min((place for place in (body.find(b"{"), body.find(b"[")) if place > 0), default=0)
    for start in dict.fromkeys((0, first)):
        for read in (orjson.loads, json.loads):
            try:
                return read(body[start:])
            except ValueError:
                continue
    raise no_json()


def _retry_after(answer: requests.Response) -> float:
    for name, base in (("retry-after", 0.0), ("x-ratelimit-reset", time.time())):
        try:
            wait = float(answer.headers.get(name, "")) - base
        except ValueError:
            continue
        if answer.status_code in (429, 503) and wait > 0:
            return min(LONGEST_WAIT, wait)
    return 0.0
