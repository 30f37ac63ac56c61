"""Killed before and after every single request and every page written, a run loses nothing.

A killed process leaves a prefix of what it would have written. So one run is recorded, with the
length of its output at each request and after each write; every such prefix is a crash, from
which a run goes on. `tests/tap/test_dying.py` kills real processes.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from standin import Account, Clock, Server
from tests.proof.at_work import tap_of
from tests.proof.business import Business
from tests.proof.promise import promise
from tests.proof.things import DAY
from tests.proof.truth import KEYS, Truth
from tests.tap.conftest import NOW
from tests.tap.harness import Message, Mirror, parse

TABLES = (
    "balance_transactions",
    "customer_tax_ids",
    "customers",
    "events",
    "invoice_line_items",
    "invoices",
    "prices",
    "radar_value_lists",
)
IN_ORDER = frozenset({"customers", "invoice_line_items", "invoices"})
"""Those whose lists are read oldest first, so that each page is a checkpoint."""


class Recorder(io.BytesIO):
    """An output that knows where a process could have died."""

    def __init__(self) -> None:
        """Begin empty: a process may die before it writes anything."""
        super().__init__()
        self.ends = {0}

    def write(self, data: Any) -> int:
        """Write, and note that this was written."""
        written = super().write(data)
        self.ends.add(self.tell())
        return written

    def asked(self, _: object) -> None:
        """Note that a request was sent when so much was written."""
        self.ends.add(self.tell())


@dataclass
class Shop:
    """An account that has done business for a hundred days, and its API."""

    account: Account
    business: Business
    server: Server

    def go_on(self, deeds: int, seconds: int) -> None:
        """More business, with a day of rest at its end."""
        names = ("rename_customer", "sign_up", "bill", "add_tax_id", "change_lines", "move_money")
        more = ("delete_draft", "list_values", "switch_price", "delete_customer", "delete_tax_id")
        for n in range(deeds):
            self.business.do((*names, *more)[n % 11], choice=n)
            self.business.wait(0 if n % 3 else seconds)
        self.business.wait(DAY)


@pytest.fixture
def shop() -> Iterator[Shop]:
    account = Account(clock=Clock(NOW - 100 * DAY), id="acct_test", seed=1, longest_page=3)
    with Server(account) as server:
        shop = Shop(account, Business(account), server)
        shop.go_on(deeds=22, seconds=3600)
        yield shop


def crashes(shop: Shop, state: dict[str, Any] | None) -> list[list[Message]]:
    """What each crash of one run leaves."""
    output = Recorder()
    shop.server.on_request(output.asked)
    run = tap_of(*TABLES).run(shop.server, state, output=output, concurrency=1)
    shop.server.forget(output.asked)
    assert run.failure is None
    return [parse(output.getvalue()[:end]) for end in sorted(output.ends)]


def last_state(messages: list[Message]) -> tuple[int, dict[str, Any]]:
    """Where the last state is, and what it says."""
    states = [(n, m["value"]) for n, m in enumerate(messages) if m["type"] == "STATE"]
    return states[-1] if states else (0, {})


def keys(messages: list[Message], table: str) -> Counter[tuple[Any, ...]]:
    """How often each row of a table was sent."""
    records = [m["record"] for m in messages if m["type"] == "RECORD" and m["stream"] == table]
    return Counter(tuple(record[column] for column in KEYS[table]) for record in records)


@promise(
    "Killed before or after any request or write of a first load",
    "Goes on where it stopped; only what came after the last state, and the last page's second, "
    "comes twice",
)
def test_a_first_load_that_crashes_anywhere_goes_on(shop: Shop) -> None:
    prefixes = crashes(shop, None)
    assert len(prefixes) >= 35
    truth = Truth(shop.account, shop.server, TABLES)
    for prefix in prefixes:
        place, state = last_state(prefix)
        rest = tap_of(*TABLES).run(shop.server, state, concurrency=1).messages
        mirror = Mirror().load(prefix).load(rest)
        assert not truth.differences(mirror)
        for table in IN_ORDER:
            bookmark = state.get("bookmarks", {}).get(table, {}).get("replication_key_value")
            again = keys(prefix[:place], table).keys() & keys(rest, table).keys()
            assert all(mirror.tables[table][key]["created"] >= bookmark for key in again), table


@promise(
    "Killed before or after any request or write of an incremental run",
    "Goes on from the last state; nothing comes more than once more",
)
def test_an_incremental_run_that_crashes_anywhere_goes_on(shop: Shop) -> None:
    first = tap_of(*TABLES).run(shop.server)
    shop.go_on(deeds=22, seconds=600)
    prefixes = crashes(shop, first.state)
    assert len(prefixes) >= 30
    truth = Truth(shop.account, shop.server, TABLES)
    for prefix in prefixes:
        _, state = last_state(prefix)
        rest = tap_of(*TABLES).run(shop.server, state or first.state, concurrency=1).messages
        mirror = Mirror().load(first.messages).load(prefix).load(rest)
        assert not truth.differences(mirror)
        for table in TABLES:
            sent, once = keys(prefix, table) + keys(rest, table), keys(prefixes[-1], table)
            assert all(times <= 2 * once[key] for key, times in sent.items()), table


@promise(
    "Killed among more changes than one batch holds",
    "What had not been written is still to come",
)
def test_many_changes_that_crash_anywhere_go_on() -> None:
    account = Account(clock=Clock(NOW - DAY), id="acct_test", seed=1)
    product = account.create("product")["id"]
    prices = [
        account.create("price", product=product, currency="eur", unit_amount=n) for n in range(60)
    ]
    account.clock.advance(DAY)
    with Server(account) as server:
        first = tap_of("prices").run(server)
        for price in prices:
            account.clock.advance(1)
            account.update(price["id"], nickname="renamed")
        account.clock.advance(DAY)
        output = Recorder()
        assert tap_of("prices").run(server, first.state, output=output).failure is None
        truth = Truth(account, server, ("prices",))
        for end in sorted(output.ends):
            prefix = parse(output.getvalue()[:end])
            _, state = last_state(prefix)
            rest = tap_of("prices").run(server, state or first.state).messages
            mirror = Mirror().load(first.messages).load(prefix).load(rest)
            assert not truth.differences(mirror)


@promise(
    "Killed when rows are written, but no state yet, or its state thrown away",
    "The next run reads everything, and calls off the rows of what has gone since",
)
def test_what_went_after_a_run_whose_state_is_lost_is_flagged() -> None:
    account = Account(clock=Clock(NOW), id="acct_test", seed=1)
    gone, stays = [account.create("customer", created=NOW - n * DAY)["id"] for n in (9, 8)]
    with Server(account) as server:
        first = tap_of("customers").run(server)
        account.delete(gone)
        account.clock.advance(60)
        second = tap_of("customers").run(server)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert list(mirror.live("customers")) == [(stays,)]
    assert list(mirror.flagged("customers")) == [(gone,)]
