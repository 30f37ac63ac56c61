"""The server: its log, faults on order, limits, latency, callbacks, many connections."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from standin import Account, Fault, Request, Server

Get = Callable[..., requests.Response]


def test_the_log(server: Server, get: Get) -> None:
    get("/v1/charges?limit=3&created[gte]=5&expand[]=data.customer", **{"Stripe-Version": "x"})
    get("/v1/invoices/in_1/lines")
    first, second = server.requests
    assert (first.method, first.path, first.operation) == ("GET", "/v1/charges", "/v1/charges")
    assert first.params == {"limit": "3", "created": {"gte": "5"}, "expand": ["data.customer"]}
    assert first.headers["stripe-version"] == "x"
    assert first.authorized
    assert (first.status, second.status) == (400, 404)
    assert second.operation == "/v1/invoices/{parent}/lines"
    server.clear()
    assert server.requests == []


def test_a_callback_can_change_the_account_in_the_middle(
    server: Server, account: Account, get: Get
) -> None:
    def add(request: Request) -> None:
        if request.path == "/v1/charges":
            account.create("charge")

    server.on_request(add)
    assert len(get("/v1/charges").json()["data"]) == 1
    assert len(get("/v1/charges").json()["data"]) == 2
    assert get("/v1/customers").json()["data"] == []


def test_an_error_on_order(server: Server, get: Get) -> None:
    headers = {"Retry-After": "2", "Stripe-Should-Retry": "false"}
    server.faults.add(Fault(path="/v1/charges", status=503, headers=headers, times=2))
    assert get("/v1/customers").status_code == 200
    answer = get("/v1/charges")
    assert (answer.status_code, answer.json()["error"]["type"]) == (503, "api_error")
    assert {name: answer.headers[name] for name in headers} == headers
    assert [get("/v1/charges").status_code for _ in range(2)] == [503, 200]
    assert [request.status for request in server.requests] == [200, 503, 503, 200]


def test_a_fault_waits_for_its_request(server: Server, get: Get) -> None:
    body = {"error": {"code": "lock_timeout"}}
    server.faults.add(
        Fault(
            path="/v1/*",
            status=429,
            body=body,
            skip=1,
            where=lambda params: params.get("limit") == "7",
        )
    )
    assert get("/v1/charges?limit=7").status_code == 200
    assert get("/v1/charges").status_code == 200
    answer = get("/v1/charges?limit=7")
    assert (answer.status_code, answer.json()) == (429, body)


def test_faults_without_end_until_cleared(server: Server, get: Get) -> None:
    server.faults.add(Fault(times=None))
    assert {get("/v1/charges").status_code for _ in range(5)} == {500}
    server.faults.clear()
    assert get("/v1/charges").status_code == 200


def test_bodies_that_are_no_answer(server: Server, account: Account, get: Get) -> None:
    account.create("charge")
    server.faults.add(Fault(kind="html", status=502))
    server.faults.add(Fault(kind="malformed"))
    page = get("/v1/charges")
    assert (page.status_code, page.headers["Content-Type"]) == (502, "text/html")
    broken = get("/v1/charges")
    assert broken.status_code == 200
    with pytest.raises(requests.JSONDecodeError):
        broken.json()


def test_connections_that_break(server: Server, get: Get) -> None:
    server.faults.add(Fault(kind="truncated"))
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        get("/v1/charges")
    server.faults.add(Fault(kind="reset"))
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        get("/v1/charges")
    assert get("/v1/charges").status_code == 200


def test_an_answer_that_hangs(server: Server) -> None:
    server.faults.add(Fault(kind="hang"))
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{server.url}/v1/charges", timeout=0.2)
    # Leaving the fixture shows that a hanging request doesn't keep the server from stopping.


@pytest.fixture
def limited(account: Account) -> Iterator[Callable[..., Server]]:
    running: list[Server] = []

    def start(**options: float) -> Server:
        server = Server(account, **options)  # type: ignore[arg-type]
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()


def burst(server: Server, paths: list[str]) -> list[requests.Response]:
    """The answers to requests sent all at once."""
    headers = {"Authorization": f"Bearer {server.account.secret_key}"}
    with ThreadPoolExecutor(len(paths)) as pool:
        return list(
            pool.map(lambda p: requests.get(server.url + p, headers=headers, timeout=5), paths)
        )


def reasons(answers: list[requests.Response]) -> list[str | None]:
    return [a.headers.get("Stripe-Rate-Limited-Reason") for a in answers if a.status_code == 429]


def test_rate_limit_of_the_account(limited: Callable[..., Server]) -> None:
    server = limited(rate_limit=5)
    answers = burst(server, ["/v1/charges", "/v1/customers"] * 5)
    assert reasons(answers) == ["global-rate"] * 5
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["error"]["code"] == "rate_limit"
    assert refused.json()["error"]["message"].startswith("Request rate limit exceeded.")
    time.sleep(0.45)
    assert burst(server, ["/v1/charges"] * 2)[0].status_code == 200


def test_rate_limit_of_an_operation(limited: Callable[..., Server]) -> None:
    server = limited(endpoint_rate_limit=2)
    lists = ["/v1/charges"] * 4
    retrieves = [f"/v1/charges/ch_{number}" for number in range(2)]
    assert reasons(burst(server, lists + retrieves)) == ["endpoint-rate"] * 2


def test_concurrency_limit(limited: Callable[..., Server]) -> None:
    server = limited(latency=0.3, concurrency=3)
    assert reasons(burst(server, ["/v1/charges"] * 5)) == ["global-concurrency"] * 2


def test_latency_does_not_add_up_over_connections(limited: Callable[..., Server]) -> None:
    server = limited(latency=0.2)
    began = time.monotonic()
    answers = burst(server, ["/v1/charges"] * 20)
    assert {answer.status_code for answer in answers} == {200}
    assert 0.2 <= time.monotonic() - began < 2
