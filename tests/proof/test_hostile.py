"""Data that nobody expects: a clear warning at most, never a wrong row.

Everything goes through the real loaders into DuckDB and PostgreSQL and is read back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from standin import Account, Clock, Fault, Server
from tap_stripe.streams.silent import Watch
from tap_stripe.times import to_iso
from tests.proof.at_work import tap_of
from tests.proof.promise import promise
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Sync
from tests.warehouse.warehouses import Warehouse

DEEP: Any = "the end"
for _ in range(300):
    DEEP = {"in": DEEP}
TEXTS = {
    "nul": ("a\0b", "a\ufffdb"),
    "surrogate": ("a\ud800b", "a\ufffdb"),
    "pair": ("\U0001f4b6", "\U0001f4b6"),
    "about_nul": ("a\\u0000b", "a\\u0000b"),
    "marks": ("\u202e\u200b\ufeff'\"\\\n\r\t`$();--", "\u202e\u200b\ufeff'\"\\\n\r\t`$();--"),
    "huge": ("x" * 1_000_000, "x" * 1_000_000),
}
"""Texts, and what a warehouse has of them."""
NUMBERS = {
    "most": (2**63 - 1, 2**63 - 1),
    "least": (-(2**63), -(2**63)),
    "too_much": (2**63, None),
    "too_little": (-(2**63) - 1, None),
    "beyond_json": (10**40, None),
    "fraction": (0.5, None),
    "text": ("12", None),
    "truth": (True, None),
    "object": ({"amount": 1}, None),
}
"""Values of a column of whole numbers, and what a warehouse has of them."""
ODD_IDS = ("a/b", "50% off", "x?y=1&z#t", "\u00fcn\u00ef\U0001f4b6", "..", "%2F", "'; DROP TABLE")


@pytest.fixture
def account() -> Account:
    return Account(clock=Clock(NOW), id="acct_test", seed=1)


@pytest.fixture
def server(account: Account) -> Iterator[Server]:
    with Server(account) as server:
        yield server


def customers(account: Account, server: Server, changes: dict[str, dict[str, Any]]) -> Sync:
    """A run that finds a customer of each name, with changes that Stripe would never make."""
    plain = json.loads(json.dumps(account.create("customer", created=NOW - DAY)))
    listed = [{**plain, "id": name, **change} for name, change in changes.items()]
    page = {"object": "list", "url": "/v1/customers", "has_more": False, "data": listed}
    body = json.dumps(page)  # orjson would refuse some of it
    server.faults.add(Fault("/v1/customers", "body", 200, text=body, times=None))
    run = tap_of("customers").run(server)
    assert run.failure is None, run.failure
    assert "Traceback" not in run.log
    return run


def lines(run: Sync) -> bytes:
    return b"".join(json.dumps(message).encode() + b"\n" for message in run.messages)


@promise(
    "Huge texts, NUL, lone surrogates, marks that turn the writing round",
    "Arrive as they are; NUL and lone surrogates, which no warehouse takes, as U+FFFD",
)
def test_texts(account: Account, server: Server, warehouse: Warehouse) -> None:
    texts = {name: {"name": text, "metadata": {"k": text}} for name, (text, _) in TEXTS.items()}
    run = customers(account, server, texts)
    warehouse.load(lines(run))
    rows = warehouse.read("customers")
    for name, (_, shown) in TEXTS.items():
        assert rows[name,]["name"] == shown, name
        assert rows[name,]["metadata"] == {"k": shown}, name
    assert "WARNING" not in run.log


@promise(
    "Numbers at 2^63 and beyond, and other things where a number is due",
    "What fits arrives to the last digit; what does not is left out with one warning",
)
def test_numbers(account: Account, server: Server, warehouse: Warehouse) -> None:
    run = customers(
        account, server, {name: {"balance": value} for name, (value, _) in NUMBERS.items()}
    )
    warehouse.load(lines(run))
    rows = warehouse.read("customers")
    assert {name: rows[name,]["balance"] for name in NUMBERS} == {
        name: held for name, (_, held) in NUMBERS.items()
    }
    warnings = [line for line in run.log.splitlines() if line.startswith("WARNING")]
    assert warnings
    assert all("customers.balance" in line for line in warnings)


@promise(
    "Unknown fields, unknown values of known fields, deep nesting, JSON where text is due",
    "Unknown fields are left out with one warning; the rest arrives as it is",
)
def test_shapes(account: Account, server: Server, warehouse: Warehouse) -> None:
    shapes: dict[str, dict[str, Any]] = {
        "field": {"brand_new": {"a": 1}},
        "value": {"tax_exempt": "on_the_moon"},
        "deep": {"metadata": {"k": DEEP}},
        "number": {"name": 7},
        "object": {"name": {"first": "A"}},
        "absent": {"name": None, "metadata": None},
        "livemode": {"livemode": "yes"},
    }
    run = customers(account, server, shapes)
    warehouse.load(lines(run))
    rows = warehouse.read("customers")
    assert rows["value",]["tax_exempt"] == "on_the_moon"
    assert rows["deep",]["metadata"] == {"k": DEEP}
    assert rows["number",]["name"] == "7"
    assert json.loads(rows["object",]["name"]) == {"first": "A"}
    assert rows["absent",]["name"] is None
    assert rows["livemode",]["livemode"] is None
    assert all(rows[name,]["created"].timestamp() == NOW - DAY for name in shapes)
    assert run.log.count("customers.brand_new") == 1
    assert run.log.count("customers.livemode") == 1


@promise(
    "Ids with odd characters", "Quoted in addresses: their objects are found, changed and gone"
)
def test_ids(account: Account, server: Server, warehouse: Warehouse) -> None:
    for number, id_ in enumerate(ODD_IDS):
        account.create("coupon", id=id_, created=NOW - 90 * DAY + number, percent_off=1.0)
    first = tap_of("coupons").run(server, direct=False)
    account.clock.advance(DAY)
    for id_ in ODD_IDS:
        account.update(id_, name=f"new {id_}")
    account.delete("a/b")
    second = tap_of("coupons").run(server, first.state, direct=False)
    assert second.failure is None
    warehouse.load(lines(first))
    warehouse.load(lines(second))
    rows = warehouse.read("coupons")
    assert {id_: rows[id_,]["name"] for id_ in ODD_IDS} == {id_: f"new {id_}" for id_ in ODD_IDS}
    assert [id_ for id_ in ODD_IDS if rows[id_,]["_sdc_deleted_at"] is not None] == ["a/b"]


@promise(
    "Events of unknown types, about unknown objects, or of another form",
    "Passed over; those about known objects are followed",
)
def test_events(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    first = tap_of("customers", "events").run(server)
    account.clock.advance(DAY)
    account.update(customer["id"], name="teleported", silent=True)
    known = {"object": "event", "created": NOW + 60, "api_version": None}
    about = {"customer.teleported": {"object": {"id": customer["id"], "object": "customer"}}}
    odd: dict[str, Any] = {
        "moon.landed": {"object": {"id": "moon_1", "object": "moon"}},
        "customer.created": {"object": {"object": "customer"}},
        "customer.updated": {"object": None, "previous_attributes": None},
        "customer.deleted": {},
        "invoice.updated": None,
        "charge.updated": {"object": ["ch_1"]},
    }
    listed = [
        {**known, "id": f"evt_{n}", "type": type_, "data": data}
        for n, (type_, data) in enumerate({**about, **odd}.items())
    ]
    page = {"object": "list", "url": "/v1/events", "has_more": False, "data": listed}
    server.faults.add(Fault("/v1/events", "error", 200, body=page, times=None))
    second = tap_of("customers", "events").run(server, first.state)
    assert second.failure is None, second.log
    assert "Traceback" not in second.log
    assert [row["name"] for row in second.records("customers")] == ["teleported"]
    assert len(second.records("events")) == len(listed)


@promise(
    "Objects without an id, or created at no time of this world",
    "An object without a time is sent in each run; one without an id ends its table in one line",
)
@pytest.mark.parametrize("created", [None, "yesterday", [1], 10**30])
def test_times(account: Account, server: Server, created: Any) -> None:
    run = customers(account, server, {"odd": {"created": created}, "good": {}})
    rows = {row["id"]: row["created"] for row in run.records("customers")}
    assert rows["good"] == to_iso(NOW - DAY)
    assert rows["odd"] is None
    nameless = {"object": "list", "url": "", "has_more": True, "data": [{"object": "customer"}]}
    server.faults.clear()
    server.faults.add(Fault("/v1/customers", "error", 200, body=nameless, times=None))
    broken = tap_of("customers").run(server)
    assert broken.failure is not None
    assert "without an id" in broken.failure
    assert "Traceback" not in broken.log


@promise(
    "A lone surrogate, a number beyond 64 bits or deep nesting in an object that is watched",
    "It is watched like any other",
)
@pytest.mark.parametrize("value", ["a\ud800", 10**30, DEEP], ids=["surrogate", "number", "deep"])
def test_watched_objects(value: Any) -> None:
    watch = Watch(days=7, closed=("done",))
    odd = {"id": "x", "created": NOW, "status": "open", "metadata": {"k": value}}
    mark = watch.mark(odd)
    assert mark is not None
    note = watch.note([mark])
    assert not watch.send_again(odd, note)
    assert watch.send_again({**odd, "metadata": {}}, note)
