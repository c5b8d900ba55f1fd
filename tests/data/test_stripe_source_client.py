"""Reading from Stripe: politeness, failures in words, and no key in any of them."""

import logging
import threading
import traceback
from collections.abc import Iterator

import pytest

from data.errors import AppError, KeyRefused, PermissionMissing, SettingsError, SourceError, SourceUnreachable
from data.sources.stripe import client as client_module
from data.sources.stripe.client import Client, NotThere, Refused, Stopped, checked_base, checked_key
from tests.data.loopback import KEY, Fault, Loopback, serving


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE", 0.005)
    monkeypatch.setattr(client_module, "LONGEST_PAUSE", 0.02)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with serving(Loopback()) as running:
        running.add("customers", id="cus_1", name="Ana")
        yield running


@pytest.fixture
def client(server: Loopback) -> Iterator[Client]:
    made = Client(KEY, server.url)
    yield made
    made.close()


def test_an_object_comes_back_as_a_plain_dict(client: Client) -> None:
    answer = client.get("/v1/customers/cus_1", "customers")
    assert type(answer) is dict
    assert answer["name"] == "Ana"


def test_the_api_version_is_pinned(server: Loopback, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = []
    send = client._session.send
    monkeypatch.setattr(client._session, "send", lambda request, **how: sent.append(request) or send(request, **how))
    client.get("/v1/account", "the account")
    assert sent[0].headers["Stripe-Version"] == "2026-10-28.endive"
    assert sent[0].method == "GET"
    assert "X-Stripe-Client-Telemetry" not in sent[0].headers


@pytest.mark.parametrize("status", [429, 500, 502, 503, 409])
def test_a_busy_server_is_asked_again_until_it_answers(server: Loopback, client: Client, status: int) -> None:
    server.faults.append(Fault("account", status, times=3))
    assert client.get("/v1/account", "the account")["id"] == "acct_1"
    assert len(server.asked) == 4


@pytest.mark.parametrize(("status", "said"), [(429, "too many requests"), (503, "no usable answer (503)")])
def test_a_server_that_stays_busy_is_given_up_on(server: Loopback, client: Client, status: int, said: str) -> None:
    server.faults.append(Fault("account", status, times=99))
    with pytest.raises(SourceUnreachable, match=said.replace("(", r"\(").replace(")", r"\)")):
        client.get("/v1/account", "the account")
    assert len(server.asked) == client_module.ATTEMPTS


def test_retry_after_is_honoured(server: Loopback, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(client, "_pause", waited.append)
    server.faults.append(Fault("account", 429, headers={"Retry-After": "3"}))
    client.get("/v1/account", "the account")
    assert max(waited) == pytest.approx(3, abs=0.1)


def test_retry_after_cannot_hold_a_sync_for_hours(server: Loopback, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(client, "_pause", waited.append)
    server.faults.append(Fault("account", 503, headers={"Retry-After": "86400"}))
    client.get("/v1/account", "the account")
    assert max(waited) <= client_module.LONGEST_WAIT


def test_after_a_429_requests_to_that_endpoint_keep_their_distance() -> None:
    pace = client_module._Pace()
    assert [pace.reserve() for _ in range(5)] == [0, 0, 0, 0, 0]
    pace.slow_down(started_at=1e12, wait=0)
    waits = [pace.reserve() for _ in range(5)]
    assert waits[-1] - waits[0] == pytest.approx(4 * client_module.POLITE_GAP, abs=0.01)


def test_requests_refused_together_widen_the_gap_once() -> None:
    together, one = client_module._Pace(), client_module._Pace()
    one.slow_down(started_at=1.0, wait=0)
    for _ in range(10):
        together.slow_down(started_at=1.0, wait=0)
    assert together._gap == one._gap


def test_at_most_ten_requests_are_in_flight(server: Loopback, client: Client) -> None:
    server.latency = 0.02
    threads = [threading.Thread(target=client.get, args=("/v1/account", "the account")) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 5 <= server.most_in_flight <= 10


def test_a_wrong_key_is_said_in_a_sentence(server: Loopback) -> None:
    wrong = Client("rk_test_wrong", server.url)
    with pytest.raises(KeyRefused, match="Stripe refused the key"):
        wrong.get("/v1/account", "the account")
    assert len(server.asked) == 1
    wrong.close()


def test_an_expired_key_is_said_to_be_expired(server: Loopback, client: Client) -> None:
    server.answer = lambda asked, key: (401, {}, {"error": {"code": "api_key_expired", "message": f"Expired {key}"}})  # type: ignore[method-assign]
    with pytest.raises(KeyRefused, match="expired"):
        client.get("/v1/account", "the account")


def test_a_lacking_permission_names_the_resource(server: Loopback, client: Client) -> None:
    server.forbidden.add("invoices")
    with pytest.raises(PermissionMissing) as caught:
        client.get("/v1/invoices", "invoices")
    assert caught.value.title == "The key lacks read access to invoices."


def test_what_the_server_does_not_have_is_told_apart(client: Client) -> None:
    with pytest.raises(NotThere, match="no customers"):
        client.get("/v1/customers/cus_none", "customers")
    with pytest.raises(Refused, match="cannot be expanded"):
        client.get("/v1/customers", "customers", expand=["data.a.b.c.d"])


@pytest.mark.parametrize(
    ("status", "body"),
    [
        *((status, body) for status in (200, 500) for body in (b"", b"<html>captive portal</html>", b"[1]", b"\xff\xfe")),
        (500, b'{"error": null}'),
        (400, b'{"error": "words"}'),
    ],
)
def test_an_answer_that_makes_no_sense_is_no_crash(server: Loopback, client: Client, status: int, body: bytes) -> None:
    server.answer = lambda asked, key: (status, {}, body)  # type: ignore[method-assign]
    with pytest.raises(SourceError):
        client.get("/v1/account", "the account")


def test_no_network_is_said_in_a_sentence() -> None:
    nobody = Client(KEY, "http://127.0.0.1:9")
    with pytest.raises(SourceUnreachable, match="can’t be reached"):
        nobody.get("/v1/account", "the account")
    nobody.close()


def test_the_key_follows_no_redirect_to_another_server(server: Loopback, client: Client) -> None:
    with serving(Loopback()) as thief:
        server.faults.append(Fault("account", 302, headers={"Location": f"{thief.url}/v1/account"}))
        with pytest.raises(SourceUnreachable, match="goes nowhere else"):
            client.get("/v1/account", "the account")
        assert not thief.asked


def test_a_stopped_client_asks_nothing_more(server: Loopback, client: Client) -> None:
    client.stop()
    with pytest.raises(Stopped):
        client.get("/v1/account", "the account")
    assert not server.asked


def test_no_failure_shows_the_key(server: Loopback, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    faults = [
        Fault("account", status, times=99, message=f"key {KEY} and sk_live_abc123**** said no")
        for status in (400, 401, 403, 404, 500)
    ]
    for fault in faults:
        server.faults[:] = [fault]
        with pytest.raises(AppError) as caught:
            client.get("/v1/account", "the account")
        shown = "".join(traceback.format_exception(caught.value)) + str(caught.value) + repr(caught.value)
        assert KEY not in shown
        assert "sk_live" not in shown
        assert caught.value.__context__ is None
        assert caught.value.__cause__ is None
    assert KEY not in caplog.text
    assert KEY not in repr(client.__dict__["_stripe"])


@pytest.mark.parametrize("key", ["rk_live_ab\ncd", "rk_live_äö", "rk_live_a b"])
def test_a_key_with_odd_signs_is_refused_before_it_is_sent(key: str) -> None:
    with pytest.raises(KeyRefused) as caught:
        Client(key)
    assert key not in str(caught.value)


def test_blanks_around_a_key_are_forgiven() -> None:
    assert checked_key(f" {KEY}\n") == KEY


@pytest.mark.parametrize("key", ["", "pk_live_1", "whsec_1"])
def test_what_is_no_secret_key_is_said_so(key: str) -> None:
    with pytest.raises(KeyRefused):
        checked_key(key)


def test_the_server_may_be_given_with_or_without_its_version() -> None:
    assert checked_base("http://localhost:12111/") == checked_base("http://localhost:12111/v1") == "http://localhost:12111"
    for wrong in ("localhost:12111", "ftp://localhost", "https://user:word@host"):
        with pytest.raises(SettingsError):
            checked_base(wrong)
