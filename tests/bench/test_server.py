"""The benchmark's server lists what it says that it holds."""

from __future__ import annotations

import json
import socket
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench.findings import MIX
from bench.server.account import Account, Answer
from bench.server.changes import SINCE, TYPES
from bench.server.tables import KINDS
from bench.service import serving
from standin.limits import Limiter

SIZE = 250


def account(
    objects: int = SIZE, *, changed: int = 0, others: int = 0, limiter: Limiter | None = None
) -> Account:
    unlimited = Limiter(None, None, None)
    return Account(dict.fromkeys(KINDS, objects), changed, others, limiter or unlimited)


def body(answer: Answer) -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(b"".join(answer.body))
    return decoded


def walk(asked: Account, path: str, query: str = "") -> list[dict[str, Any]]:
    """All objects of a list, page by page."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = body(asked.answer(f"{path}?limit=100{query}{after}"))
        found += page["data"]
        if not page["has_more"]:
            return found
        after = f"&starting_after={found[-1]['id']}"


@pytest.mark.parametrize("table", MIX)
def test_a_list_is_whole_and_newest_first(table: str) -> None:
    found = walk(account(), f"/v1/{table}")
    assert len({row["id"] for row in found}) == SIZE
    times = [row["created"] for row in found]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) < SIZE, "some are of the same second"


@pytest.mark.parametrize("table", MIX)
def test_objects_have_a_realistic_size(table: str) -> None:
    path = f"/v1/{table}"
    page = b"".join(account().answer(f"{path}?limit=100").body)
    assert len(page) / 100 == pytest.approx(KINDS[table].size, rel=0.1)


def test_windows_of_time_share_out_a_list() -> None:
    asked = account()
    whole = walk(asked, "/v1/charges")
    edge = whole[100]["created"]
    newer = walk(asked, "/v1/charges", f"&created[gte]={edge}")
    older = walk(asked, "/v1/charges", f"&created%5Blt%5D={edge}")
    assert newer + older == whole
    assert walk(asked, "/v1/charges", f"&created[gt]={edge}") == [
        row for row in whole if row["created"] > edge
    ]
    assert walk(asked, "/v1/charges", f"&created[lte]={edge}") == [
        row for row in whole if row["created"] <= edge
    ]


def test_parts_of_objects_are_their_own() -> None:
    invoices = walk(account(), "/v1/invoices")
    lines = [line["id"] for invoice in invoices for line in invoice["lines"]["data"]]
    assert len(set(lines)) == 3 * SIZE
    assert all(
        line["invoice"] == invoice["id"]
        for invoice in invoices
        for line in invoice["lines"]["data"]
    )


def test_an_object_alone_is_as_in_the_list() -> None:
    asked = account()
    last = walk(asked, "/v1/subscriptions")[-1]
    assert body(asked.answer(f"/v1/subscriptions/{last['id']}")) == last
    assert asked.answer("/v1/subscriptions/sub_none").status == 404


def test_every_changed_object_has_one_event() -> None:
    asked = account(20_000, changed=500)
    events = walk(asked, "/v1/events")
    assert len({event["data"]["object"]["id"] for event in events}) == len(events) == 500
    assert {event["type"] for event in events} == set(TYPES.values())
    assert all(event["data"]["object"]["created"] < SINCE < event["created"] for event in events)
    charges = walk(asked, "/v1/events", "&types[]=charge.updated")
    assert charges == [event for event in events if event["type"] == "charge.updated"]
    later = walk(asked, "/v1/events", f"&created[gte]={events[99]['created']}")
    assert later == events[:100]


def test_half_of_what_changed_stands_close_together() -> None:
    asked = account(20_000, changed=600)
    newest = {row["id"] for row in walk(asked, "/v1/customers")[:1_000]}
    changed = [event["data"]["object"]["id"] for event in walk(asked, "/v1/events")]
    customers = [id_ for id_ in changed if id_.startswith("cus_")]
    close = sum(id_ in newest for id_ in customers)
    assert len(customers) / 2 <= close < len(customers) * 0.6


def test_too_many_changes_are_refused() -> None:
    with pytest.raises(ValueError, match="Sample"):
        account(10, changed=500)


def test_every_other_list_has_small_objects() -> None:
    asked = account(others=3)
    assert len(walk(asked, "/v1/issuing/cards")) == 3
    assert body(asked.answer("/v2/core/events"))["data"] == []


def test_what_goes_beyond_a_limit_is_refused_in_the_words_of_stripe() -> None:
    asked = account(limiter=Limiter(3, 2, None))
    paths = ["/v1/charges", "/v1/charges", "/v1/charges", "/v1/customers"]
    answers = [asked.answer(path) for path in paths]
    assert [answer.status for answer in answers] == [200, 200, 429, 429]
    reasons = [answer.headers.get("Stripe-Rate-Limited-Reason") for answer in answers]
    assert reasons == [None, None, "endpoint-rate", "global-rate"]
    shown = body(asked.answer("/_bench/stats"))
    assert (shown["requests"], shown["refused"]) == (2, 2)
    assert Counter({path: sum(seconds) for path, seconds in shown["served"].items()}) == {
        "/v1/charges": 2
    }


def test_requests_sent_at_once_are_answered_in_order() -> None:
    ids = [KINDS["charges"].id(number) for number in range(3)]
    asked = b"".join(f"GET /v1/charges/{id_} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for id_ in ids)
    with serving(objects=SIZE, latency=0.01) as service:
        address = urlsplit(service.url)
        assert address.hostname
        assert address.port
        with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
            connection.sendall(asked[:50])
            connection.sendall(asked[50:])
            received = b""
            while received.count(b'"object":"charge"') < 3:
                data = connection.recv(1 << 16)
                assert data, "the server closed the connection"
                received += data
    places = [received.index(f'"id":"{id_}"'.encode()) for id_ in ids]
    assert places == sorted(places)
