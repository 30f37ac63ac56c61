"""`sync_log` tells of every table of every run how it fared, and how fresh it is."""

from __future__ import annotations

from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.times import to_epoch, to_iso
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, Sync, selection, sync

LOOKBACK = 300


def told(run: Sync) -> dict[str, dict[str, Any]]:
    """The run's rows by table."""
    return {row["table_name"]: row for row in run.records("sync_log")}


@pytest.fixture(autouse=True)
def objects(account: Account) -> None:
    """A few customers and a tax rate, which is of a table that is read as a whole."""
    for n in range(3):
        account.create("customer", created=NOW - (90 - n) * DAY)
    account.create("radar.value_list", created=NOW - 90 * DAY)


def test_a_row_for_each_table_says_what_was_sent(account: Account, server: Server) -> None:
    tables = ("customers", "radar_value_lists")
    first = sync(server, *tables, "sync_log")
    account.clock.advance(DAY)
    new, changed, deleted = account.create("customer"), *account.all("customer")[:2]
    account.update(changed["id"], name="changed")
    account.delete(deleted["id"])
    second = sync(server, *tables, "sync_log", state=first.state)
    assert new["id"] in second.ids("customers")
    assert told(first).keys() == told(second).keys() == set(tables)
    row = told(second)["customers"]
    assert (row["new_rows"], row["changed_rows"], row["deleted_rows"]) == (1, 1, 1)
    assert (row["outcome"], row["error"]) == ("ok", None)
    asked = [r for r in server.requests if r.path.startswith("/v1/customers")]
    assert told(first)["customers"]["requests"] + row["requests"] == len(asked)
    assert row["started_at"] == to_iso(NOW + DAY)
    assert (row["account_id"], row["livemode"]) == ("acct_test", False)
    assert row["finished_at"] >= row["started_at"]
    for name in tables:
        assert told(second)[name]["synced_until"] == to_iso(NOW + DAY - LOOKBACK), name
    assert told(first)["customers"]["run_id"] != row["run_id"]
    mirror = Mirror().load(first.messages).load(second.messages)
    assert len(mirror.live("sync_log")) == 2 * len(tables)


def test_rows_come_before_the_last_state_which_does_not_know_them(server: Server) -> None:
    run = sync(server, "customers", "sync_log")
    kinds = [(m["type"], m.get("stream")) for m in run.messages[-2:]]
    assert kinds == [("RECORD", "sync_log"), ("STATE", None)]
    assert "sync_log" not in run.state["bookmarks"]


def test_what_failed_or_was_skipped_says_why(account: Account, server: Server) -> None:
    words = "Your account is not set up to use Radar."
    account.disable("/v1/radar", words)
    server.faults.add(Fault(path="/v1/products", status=422, times=None))
    run = sync(server, "customers", "products", "radar_value_lists", "sync_log")
    assert run.failure is not None
    outcomes = {name: row["outcome"] for name, row in told(run).items()}
    assert outcomes == {"customers": "ok", "products": "failed", "radar_value_lists": "skipped"}
    assert words in told(run)["radar_value_lists"]["error"]
    assert "req_" in told(run)["products"]["error"]
    until = {name: row["synced_until"] is not None for name, row in told(run).items()}
    assert until == {"customers": True, "products": False, "radar_value_lists": False}


def test_a_table_that_fails_later_stays_as_fresh_as_it_was(
    account: Account, server: Server
) -> None:
    first = sync(server, "customers", "sync_log")
    account.clock.advance(DAY)
    server.faults.add(Fault(path="/v1/customers", status=422, times=None))
    second = sync(server, "customers", "sync_log", state=first.state)
    row = told(second)["customers"]
    assert (row["outcome"], row["synced_until"]) == ("failed", to_iso(NOW - LOOKBACK))


def test_a_run_that_ends_early_leaves_its_tables_unfinished(
    account: Account, server: Server
) -> None:
    account.add_key("sk_test_second")
    server.on_request(
        lambda request: (
            account.expire_key("sk_test_second") if "customers" in request.path else None
        )
    )
    run = sync(server, "customers", "radar_value_lists", "sync_log", api_key="sk_test_second")
    assert run.failure is not None
    assert told(run)["customers"]["outcome"] == "unfinished"
    assert "Expired API Key" in told(run)["customers"]["error"]
    assert told(run)["customers"]["synced_until"] is None


def test_a_table_of_several_lists_is_as_fresh_as_the_oldest_part(
    account: Account, server: Server
) -> None:
    """Discounts stand in customers, subscriptions and invoices."""
    first = sync(server, "discounts", "sync_log")
    account.clock.advance(DAY)
    server.faults.add(Fault(path="/v1/invoices", status=422, times=None))
    second = sync(server, "discounts", "sync_log", state=first.state)
    row = told(second)["discounts"]
    assert (row["outcome"], row["synced_until"]) == ("failed", to_iso(NOW - LOOKBACK))
    ends = [part["changes_since"] for part in second.bookmark("discounts")["partitions"]]
    assert max(map(to_epoch, ends)) == NOW + DAY - LOOKBACK


def test_it_can_be_left_out_as_can_its_columns(server: Server) -> None:
    assert sync(server, "customers").records("sync_log") == []
    catalog = selection(["customers", "sync_log"], [("sync_log", "error")])
    (row,) = sync(server, catalog=catalog).records("sync_log")
    assert "error" not in row
    assert row["outcome"] == "ok"


def test_it_passes_through_stream_maps(server: Server) -> None:
    maps = {"sync_log": {"__alias__": "freshness", "minute": "started_at[:16]"}}
    (row,) = sync(server, "customers", "sync_log", stream_maps=maps).records("freshness")
    assert row["minute"] == to_iso(NOW)[:16]
