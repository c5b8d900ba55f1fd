"""Reading from Stripe's API through its own library: GET only, politely, with failures in words and never a key in them."""

import logging
import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import orjson
import requests
import stripe
from requests.adapters import HTTPAdapter

from data.errors import KeyRefused, PermissionMissing, SettingsError, SourceError, SourceUnreachable

API_VERSION = "2026-10-28.endive"
IN_FLIGHT = 10
ATTEMPTS = 9
# Without any answer from a server, there is little point in trying for long.
UNREACHABLE_ATTEMPTS = 4
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 8.0
LONGEST_WAIT = 60.0
# Stripe's limit for one endpoint is 25 requests a second.
POLITE_GAP = 1 / 25
WIDEST_GAP = 2.0
TIMEOUT = (10, 40)

# The library would report the time that each request took, under an id that it keeps in the user's folder.
stripe.enable_telemetry = False
# It logs whole answers: customers' data, and a key where the server's error quotes it.
logging.getLogger("stripe").setLevel(logging.CRITICAL)


class Refused(SourceError):
    """The server refused this request as it stands (400); `message` is its reason."""

    def __init__(self, words: str, message: str) -> None:
        self.message = message
        super().__init__(f"Stripe refused the request for {words}.", message)


class NotThere(SourceError):
    """The server has no such object or endpoint (404)."""

    def __init__(self, words: str) -> None:
        super().__init__(f"This server has no {words.removeprefix('the ')}.", "Check STRIPE_API_BASE.")


class Stopped(Exception):
    """The sync is being stopped, so nothing further is read."""


@dataclass
class _Failure:
    error: SourceError
    is_worth_retrying: bool = False
    is_too_fast: bool = False
    is_silence: bool = False
    wait: float = 0.0


class _Pace:
    """Spaces the requests to one endpoint as soon as the server has said that they come too fast."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gap = 0.0
        self._next_at = 0.0
        self._slowed_at = 0.0

    def reserve(self) -> float:
        """Seconds to wait before the next request may start."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._next_at)
            self._next_at = start + self._gap
            return start - now

    def slow_down(self, started_at: float, wait: float) -> None:
        """Too fast: widen the gap, once for all requests that were under way together, and hold all of them for `wait`."""
        with self._lock:
            now = time.monotonic()
            if started_at >= self._slowed_at:
                self._gap = min(WIDEST_GAP, max(POLITE_GAP, self._gap * 1.2))
                self._slowed_at = now
            self._next_at = max(self._next_at, now + wait)

    def speed_up(self) -> None:
        """An answer came: close the gap by a little, down to the polite one."""
        with self._lock:
            self._gap = max(POLITE_GAP, self._gap * 0.99) if self._gap else 0.0


class Client:
    """Reads objects as plain dicts; at most ten requests are in flight, however many threads call."""

    def __init__(self, key: str, base: str = "") -> None:
        self._key = checked_key(key)
        self._session = _session()
        self._stripe = stripe.StripeClient(
            self._key,
            stripe_version=API_VERSION,
            base_addresses=cast(Any, {"api": checked_base(base)} if base else {}),
            max_network_retries=0,
            http_client=stripe.RequestsClient(timeout=TIMEOUT, session=self._session),
        )
        self._in_flight = threading.BoundedSemaphore(IN_FLIGHT)
        self._paces: dict[str, _Pace] = {}
        self._has_answered = False
        self._stop = threading.Event()

    def close(self) -> None:
        """Let go of all connections."""
        self._session.close()

    def stop(self) -> None:
        """Make every waiting and every later request raise Stopped."""
        self._stop.set()

    def get(self, path: str, words: str, **params: Any) -> dict[str, Any]:
        """The object or list page at `path`; `words` name it in errors.

        Tries again, with growing and random pauses, after 429, 5xx and connection errors. Raises KeyRefused,
        PermissionMissing, SourceUnreachable, NotThere, Refused and Stopped.
        """
        pace = self._paces.setdefault(words, _Pace())
        attempt = 0
        while True:
            attempt += 1
            self._pause(pace.reserve())
            with self._in_flight:
                if self._stop.is_set():
                    raise Stopped
                started_at = time.monotonic()
                answer = self._ask(path, words, params)
            if not isinstance(answer, _Failure):
                self._has_answered = True
                pace.speed_up()
                return answer
            patience = UNREACHABLE_ATTEMPTS if answer.is_silence and not self._has_answered else ATTEMPTS
            if not answer.is_worth_retrying or attempt >= patience:
                raise answer.error
            wait = answer.wait or random.uniform(0.5, 1) * min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1))  # noqa: S311
            if answer.is_too_fast:
                pace.slow_down(started_at, answer.wait)
            if not answer.is_too_fast or not answer.wait:
                self._pause(wait)

    def _ask(self, path: str, words: str, params: Mapping[str, Any]) -> dict[str, Any] | _Failure:
        try:
            response = self._stripe.raw_request("get", path, **params)
            answer = orjson.loads(response.body)
        except stripe.StripeError as error:
            return self._failure(error, words)
        except (ValueError, TypeError, AttributeError, LookupError):
            return _Failure(_no_sense(), is_worth_retrying=True)
        return answer if isinstance(answer, dict) else _Failure(_no_sense(), is_worth_retrying=True)

    def _failure(self, error: stripe.StripeError, words: str) -> _Failure:
        """What the library's error means for the user; its own text may show headers and keys, so it is not passed on."""
        status = error.http_status
        if isinstance(error, stripe.APIConnectionError):
            return _unreachable(error)
        if isinstance(error, stripe.RateLimitError):
            busy = SourceUnreachable("Stripe says that too many requests come.", "Try again in a few minutes.")
            return _Failure(busy, is_worth_retrying=True, is_too_fast=True, wait=_retry_after(error))
        if status == 401:
            return _Failure(_refused_key(error))
        if status == 403:
            return _Failure(lacking(words))
        if status == 404:
            return _Failure(NotThere(words))
        if status is None or status in (408, 409) or not 400 <= status < 500:
            return _Failure(_no_sense(status), is_worth_retrying=True, wait=_retry_after(error))
        return _Failure(Refused(words, self._without_keys(error.user_message or "")))

    def _pause(self, seconds: float) -> None:
        if seconds > 0 and self._stop.wait(seconds):
            raise Stopped

    def _without_keys(self, text: str) -> str:
        text = re.sub(r"\b(?:sk|rk|pk|whsec)_\w+[\w*]*", "…", text.replace(self._key, "…"))
        return " ".join(text.split())[:200]


def lacking(*words: str) -> PermissionMissing:
    """The error of a key that may not read these, named in words."""
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return PermissionMissing(
        f"The key lacks read access to {listed}.",
        "In Stripe’s dashboard, under Developers, API keys, edit the restricted key and allow reading there.",
    )


def checked_key(key: str) -> str:
    """The key without blanks around it; KeyRefused for what can be none."""
    key = key.strip()
    if not key:
        raise KeyRefused("There is no Stripe key.", "Set STRIPE_API_KEY, or enter a restricted key on the Data page.")
    # A header with other signs would be quoted whole in the transport's error.
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise KeyRefused("The Stripe key holds blanks or unusual signs.", "Copy it again from Stripe’s dashboard.")
    if key.startswith(("pk_", "whsec_")):
        raise KeyRefused(
            "This is a publishable key or a webhook secret; it can’t read.", "Use a restricted key with read access (rk_…)."
        )
    return key


def checked_base(base: str) -> str:
    """The server's address as the library wants it; SettingsError if it is none."""
    parts = urlsplit(base.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
        raise SettingsError("STRIPE_API_BASE is no address of a server.", "Write it as https://api.example.com.")
    return base.strip().rstrip("/").removesuffix("/v1")


def _session() -> requests.Session:
    session = requests.Session()
    adapter = HTTPAdapter(pool_connections=2, pool_maxsize=IN_FLIGHT)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    # The key goes to the configured server only, and a ~/.netrc entry may not take its place.
    session.max_redirects = 0
    session.auth = _as_it_is
    return session


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _unreachable(error: stripe.APIConnectionError) -> _Failure:
    cause = error.__cause__
    if isinstance(cause, requests.exceptions.SSLError):
        return _Failure(
            SourceUnreachable("Stripe’s certificate could not be verified.", "Something may be intercepting the connection.")
        )
    if isinstance(cause, requests.exceptions.TooManyRedirects):
        return _Failure(
            SourceUnreachable("The server sends elsewhere, and the key goes nowhere else.", "Check STRIPE_API_BASE.")
        )
    return _Failure(
        SourceUnreachable("Stripe can’t be reached.", "Check the network connection; what was read so far is kept."),
        is_worth_retrying=True,
        is_silence=True,
    )


def _no_sense(status: int | None = None) -> SourceUnreachable:
    said = f" ({status})" if status else ""
    return SourceUnreachable(f"Stripe gave no usable answer{said}.", "Try again later; what was read so far is kept.")


def _refused_key(error: stripe.StripeError) -> KeyRefused:
    body = error.json_body if isinstance(error.json_body, dict) else {}
    if (body.get("error") or {}).get("code") == "api_key_expired":
        return KeyRefused("Stripe says that the key has expired.", "Make a new restricted key with read access (rk_…).")
    return KeyRefused("Stripe refused the key.", "Check that it was copied whole, and that it was not revoked.")


def _retry_after(error: stripe.StripeError) -> float:
    headers = {str(name).lower(): value for name, value in dict(error.headers or {}).items()}
    try:
        return min(LONGEST_WAIT, max(0.0, float(headers.get("retry-after", 0))))
    except ValueError:
        return 0.0
