"""Lists that differ from the usual one: no range of time, no events, hidden objects, API v2."""

from __future__ import annotations

from typing import Any

import pytest

from standin import Account, Fault, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, sync


def requests(server: Server, path: str) -> list[Any]:
    """The requests of a path."""
    return [request for request in server.requests if request.path == path]


# Tables that are read as a whole


def test_a_reread_calls_off_what_has_left_the_list(account: Account, server: Server) -> None:
    readers = [account.create("terminal.reader")["id"] for _ in range(130)]
    first = sync(server, "terminal_readers")
    account.clock.advance(DAY)
    account.delete(readers[7])
    account.update(readers[9], label="By the door", silent=True)
    second = sync(server, "terminal_readers", state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert len(mirror.live("terminal_readers")) == 129
    assert list(mirror.flagged("terminal_readers")) == [(readers[7],)]
    assert mirror.live("terminal_readers")[readers[9],]["label"] == "By the door"
    assert len(requests(server, "/v1/terminal/readers")) == 2 * 2


def test_a_table_that_is_emptied_is_called_off_whole(account: Account, server: Server) -> None:
    reader = account.create("terminal.reader")["id"]
    first = sync(server, "terminal_readers")
    account.clock.advance(DAY)
    account.delete(reader)
    second = sync(server, "terminal_readers", state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert list(mirror.flagged("terminal_readers")) == [(reader,)]


def test_rows_are_called_off_only_once_the_whole_list_was_read(
    account: Account, server: Server
) -> None:
    for _ in range(250):
        account.create("terminal.reader")
    first = sync(server, "terminal_readers")
    account.clock.advance(DAY)
    server.faults.add(Fault(path="/v1/terminal/readers", status=400, skip=1, times=None))
    failed = sync(server, "terminal_readers", state=first.state)
    assert failed.failure is not None
    kinds = {message["type"] for message in failed.messages}
    assert "ACTIVATE_VERSION" not in kinds
    server.faults.clear()
    again = sync(server, "terminal_readers", state=failed.state)
    mirror = Mirror().load(first.messages).load(failed.messages).load(again.messages)
    assert len(mirror.live("terminal_readers")) == 250


def test_a_permanent_table_has_nothing_to_call_off(account: Account, server: Server) -> None:
    account.create("country_spec", id="DE")
    first = sync(server, "country_specs")
    second = sync(server, "country_specs", state=first.state)
    assert second.ids("country_specs") == ["DE"]
    assert "ACTIVATE_VERSION" not in {message["type"] for message in second.messages}
    assert "activate" not in second.bookmark("country_specs")


def test_a_reread_table_has_no_replication_key(account: Account, server: Server) -> None:
    account.create("terminal.reader")
    run = sync(server, "terminal_readers")
    assert run.bookmark("terminal_readers").keys() == {"changes_since", "table_version"}
    (schema,) = [message for message in run.messages if message["type"] == "SCHEMA"]
    assert not schema.get("bookmark_properties")


# Lists without a range of time


def test_a_list_without_a_range_is_read_down_to_the_bookmark(
    account: Account, server: Server
) -> None:
    for n in range(450):
        account.create("payment_method", created=NOW - 450 * DAY + n * DAY, silent=True)
    first = sync(server, "payment_methods")
    assert len(set(first.ids("payment_methods"))) == len(first.ids("payment_methods")) == 450
    server.clear()
    account.clock.advance(DAY)
    new = account.create("payment_method", silent=True)["id"]
    second = sync(server, "payment_methods", state=first.state)
    assert second.ids("payment_methods") == [new]
    assert len(requests(server, "/v1/payment_methods")) == 2  # one of them for custom ones


def test_an_interrupted_first_load_of_such_a_list_starts_again(
    account: Account, server: Server
) -> None:
    for n in range(450):
        account.create("payment_method", created=NOW - 450 * DAY + n * DAY, silent=True)
    server.faults.add(Fault(path="/v1/payment_methods", status=400, skip=3, times=1))
    first = sync(server, "payment_methods")
    assert 0 < len(first.records()) < 450
    assert "replication_key_value" not in first.bookmark("payment_methods")
    second = sync(server, "payment_methods", state=first.state)
    assert len(second.records()) == 450


@pytest.mark.parametrize(
    ("table", "pages", "stripe_object", "fields"),
    [
        ("prices", 2, "price", {"product": "prod_1"}),
        ("test_clocks", 1, "test_helpers.test_clock", {}),
    ],
)
def test_what_goes_after_an_interrupted_reading_of_such_a_list_is_called_off(
    account: Account,
    server: Server,
    table: str,
    pages: int,
    stripe_object: str,
    fields: dict[str, Any],
) -> None:
    account.create("product", id="prod_1")
    for n in range(150):
        account.create(stripe_object, created=NOW - 20 * DAY + n * 3600, **fields)
    server.faults.add(Fault(path=f"/v1/*{table}", status=400, skip=pages, times=1))
    first = sync(server, table)
    gone = first.ids(table)[0]
    account.delete(gone)
    account.clock.advance(DAY)
    second = sync(server, table, state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert mirror.flagged(table).keys() == {(gone,)}
    assert len(mirror.live(table)) == 149


def test_a_start_date_holds_for_lists_without_a_range_too(account: Account, server: Server) -> None:
    old = account.create("payment_method", created=NOW - 90 * DAY, silent=True)["id"]
    new = account.create("payment_method", created=NOW - 9 * DAY, silent=True)["id"]
    first = sync(server, "payment_methods", start_date="2026-10-01")
    assert first.ids("payment_methods") == [new]
    account.clock.advance(DAY)
    account.update(old, billing_details={"email": "changed@example.com"}, customer="cus_1")
    second = sync(server, "payment_methods", state=first.state, start_date="2026-10-01")
    assert second.records() == []


# Objects that are read again, or shown by events only


def test_what_was_created_lately_is_read_again_where_there_are_no_events(
    account: Account, server: Server
) -> None:
    old = account.create("payment_record", created=NOW - 20 * DAY)["id"]
    young = account.create("payment_record", created=NOW - 2 * DAY)["id"]
    first = sync(server, "payment_records")
    account.clock.advance(DAY)
    for id_ in (old, young):
        account.update(id_, description="changed", silent=True)
    second = sync(server, "payment_records", state=first.state)
    assert [(r["id"], r["description"]) for r in second.records()] == [(young, "changed")]


def test_a_review_that_opens_and_closes_between_two_runs_is_not_missed(
    account: Account, server: Server
) -> None:
    open_one = account.create("review", created=NOW - DAY, open=True)["id"]
    first = sync(server, "reviews")
    account.clock.advance(DAY)
    short = account.create("review", open=True)["id"]
    for id_ in (short, open_one):
        account.update(id_, open=False, closed_reason="approved")
    account.clock.advance(DAY)
    second = sync(server, "reviews", state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert {row["open"] for row in mirror.live("reviews").values()} == {False}
    assert mirror.live("reviews").keys() == {(short,), (open_one,)}


def test_an_open_session_is_looked_up_and_so_are_its_items(
    account: Account, server: Server
) -> None:
    session = account.create("checkout.session", created=NOW - 3600, status="open", silent=True)
    item = account.create("item", parent=session["id"], quantity=1, silent=True)["id"]
    tables = ("checkout_sessions", "checkout_session_line_items")
    first = sync(server, *tables)
    account.clock.advance(3600)
    account.update(item, quantity=5, silent=True)
    second = sync(server, *tables, state=first.state)
    assert [row["quantity"] for row in second.records("checkout_session_line_items")] == [5]
    third = sync(server, *tables, state=second.state)
    assert third.records() == []


# A list for each object of another


def test_a_list_per_object_is_read_for_each_and_the_objects_once(
    account: Account, server: Server
) -> None:
    accounts = [
        account.create("treasury.financial_account", created=NOW - 9 * DAY)["id"] for _ in range(12)
    ]
    for n in range(240):
        account.create(
            "treasury.received_credit",
            financial_account=accounts[n % 2],
            created=NOW - 9 * DAY + n * 60,
        )
    tables = ("treasury_received_credits", "treasury_received_debits")
    first = sync(server, *tables)
    assert len(set(first.ids("treasury_received_credits"))) == len(first.records()) == 240
    assert len(requests(server, "/v1/treasury/financial_accounts")) == 1
    assert len(requests(server, "/v1/treasury/received_credits")) == 12 + 2
    server.clear()
    account.clock.advance(DAY)
    credit = first.ids("treasury_received_credits")[0]
    account.update(credit, status="failed", event="treasury.received_credit.failed")
    second = sync(server, *tables, state=first.state)
    assert [(r["id"], r["status"]) for r in second.records()] == [(credit, "failed")]


# API v2


def test_changes_of_v2_come_from_the_feed_of_v2(account: Account, server: Server) -> None:
    ids = [account.v2.create("v2.core.account", created=NOW - n * DAY)["id"] for n in range(1, 131)]
    first = sync(server, "v2_core_accounts")
    assert sorted(first.ids("v2_core_accounts")) == sorted(ids)
    server.clear()
    account.clock.advance(DAY)
    account.v2.update(ids[50], display_name="New name")
    account.v2.update(ids[60], closed=True)
    second = sync(server, "v2_core_accounts", state=first.state)
    changed = {row["id"]: row for row in second.records()}
    assert changed.keys() == {ids[50], ids[60]}
    assert changed[ids[50]]["display_name"] == "New name"
    assert changed[ids[60]]["closed"] is True
    assert [r for r in server.requests if r.path == "/v1/events" and "created" in r.params] == []


def test_what_v2_shows_only_of_an_object_alone_is_asked_for(
    account: Account, server: Server
) -> None:
    account.v2.create(
        "v2.core.account", created=NOW - DAY, identity={"country": "DE", "entity_type": "company"}
    )
    (row,) = sync(server, "v2_core_accounts").records()
    assert row["identity"]["country"] == "DE"


def test_a_v2_feed_that_cannot_be_read_fails_the_tables_that_need_it(
    account: Account, server: Server
) -> None:
    account.v2.create("v2.core.account", created=NOW - DAY)
    account.create("customer", created=NOW - DAY)
    first = sync(server, "v2_core_accounts", "customers")
    account.disable("/v2/core/events", "Not for you.")
    account.clock.advance(DAY)
    second = sync(server, "v2_core_accounts", "customers", state=first.state)
    assert second.failure is not None
    assert "v2_core_accounts" in second.failure
    assert "customers" not in second.failure
    before = first.bookmark("v2_core_accounts")["changes_since"]
    assert second.bookmark("v2_core_accounts")["changes_since"] == before
