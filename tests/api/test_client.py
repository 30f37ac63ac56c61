"""The client: what it repeats, when it gives up, and what it never does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tap_stripe.api import Client, RateLimiter, StripeError, UnavailableError
from tap_stripe.api.client import RetryPolicy
from tap_stripe.api.transport import BrokenTransferError, UnsafeConnectionError

KEY = "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
Answer = tuple[int, dict[str, str], bytes]
QUICK = RetryPolicy(tries=4, first_pause=0.001, longest_pause=0.002)


class Api:
    """A server that answers from a list, the last answer for ever."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, str | None]] = []
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                api.asked.append((self.path, self.headers["Authorization"]))
                answers = api.answers
                status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def client(self) -> Client:
        return Client(KEY, RateLimiter(10_000, 10_000), api_url=self.url, retry=QUICK)


@pytest.fixture
def api() -> Iterator[Api]:
    running = Api()
    yield running
    running.server.shutdown()
    running.server.server_close()


def error(message: str, **fields: str) -> bytes:
    inner = "".join(f', "{name}": "{value}"' for name, value in fields.items())
    return f'{{"error": {{"message": "{message}"{inner}}}}}'.encode()


def test_it_gives_up_after_a_bounded_number_of_tries(api: Api) -> None:
    api.answers = [(503, {"Request-Id": "req_9"}, error("Down."))]
    with pytest.raises(UnavailableError) as caught:
        api.client().get("/v1/charges")
    assert str(caught.value) == "Down. (gave up after 4 tries) (HTTP 503, req_9)"
    assert len(api.asked) == 4


def test_tries_are_counted(api: Api) -> None:
    api.answers = [(500, {}, b""), (200, {}, b"<html>"), (200, {}, b"[1]"), (200, {}, b"{}")]
    client = api.client()
    assert client.get("/v1/charges").body == {}
    assert (client.total.requests, client.total.retries) == (4, 3)


def test_retry_after_is_waited_for(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    api.answers = [(429, {"Retry-After": "7"}, error("Slow down.")), (200, {}, b"{}")]
    api.client().get("/v1/charges")
    assert [pause for pause in pauses if pause >= 1] == [7.0]


def test_a_redirect_is_refused(api: Api) -> None:
    api.answers = [(302, {"Location": "http://127.0.0.1:9/elsewhere"}, b"")]
    with pytest.raises(StripeError, match="redirect"):
        api.client().get("/v1/charges")
    assert len(api.asked) == 1


def test_no_netrc_entry_replaces_the_key(
    api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    api.answers = [(200, {}, b"{}")]
    api.client().get("/v1/charges")
    assert api.asked == [("/v1/charges", f"Bearer {KEY}")]


def test_a_connection_that_nobody_answers_ends_in_one_line_without_the_key() -> None:
    client = Client(KEY, RateLimiter(10_000), api_url="http://127.0.0.1:9", retry=QUICK)
    with pytest.raises(UnavailableError) as caught:
        client.get("/v1/charges")
    text = str(caught.value)
    assert "ConnectionRefusedError" in text or "Connection refused" in text
    assert KEY not in text
    assert "\n" not in text


@pytest.mark.parametrize("error", [BrokenTransferError, UnsafeConnectionError])
def test_a_key_in_what_breaks_the_transfer_is_masked(error: type[Exception]) -> None:
    class Echoing:
        def get(self, *_: object) -> Any:
            raise error(f"BadStatusLine: Bearer {KEY}")

        def adding(self, _: object) -> Any:
            return self

    client = Client(KEY, RateLimiter(10_000), retry=QUICK, transport=lambda *_: Echoing())
    with pytest.raises(StripeError, match=r"Bearer sk_test_\.\.\.p7dc") as caught:
        client.get("/v1/charges")
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("status", [200, 302, 400])
def test_a_key_in_the_place_of_the_request_id_is_masked(api: Api, status: int) -> None:
    api.answers = [(status, {"Request-Id": f"Bearer {KEY}"}, b"[]")]
    with pytest.raises(StripeError, match=r"Bearer sk_test_\.\.\.p7dc") as caught:
        api.client().get("/v1/charges")
    assert KEY not in str(caught.value)


def test_surrogates_and_large_numbers_survive(api: Api) -> None:
    api.answers = [(200, {}, b'{"text": "\\ud800", "number": 123456789012345678901234567890}')]
    body = api.client().get("/v1/charges").body
    assert body["text"] == "\ud800"
    assert body["number"] >= 2**63


def test_the_clock_is_the_servers(api: Api) -> None:
    api.answers = [(403, {"Date": "Sun, 01 Nov 2026 09:00:00 GMT"}, error("No."))]
    client = api.client()
    with pytest.raises(StripeError):
        client.get("/v1/events")
    assert client.server_time >= 1793523600
