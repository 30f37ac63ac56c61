"""A state of singer-io's tap-stripe goes in: the next run is incremental and loses nothing."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from standin import Account, Clock, Server
from tap_stripe.failure import SyncFailedError
from tests.proof.business import Chance
from tests.proof.tables import BOOKS as TABLES
from tests.proof.truth import living
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, sync
from tests.tap.process import command, start

OF_SINGER_IO = (
    "balance_transactions",
    "charges",
    "coupons",
    "customers",
    "disputes",
    "events",
    "invoice_items",
    "invoice_line_items",
    "invoices",
    "payment_intents",
    "payouts",
    "plans",
    "products",
    "subscription_items",
    "subscriptions",
    "transfers",
)
BY_DATE = ("invoices", "invoice_items", "invoice_line_items")
WITHOUT_EVENTS = ("balance_transactions", "events")


def singer_io_state(created: int, changed: int) -> dict[str, Any]:
    """What singer-io's tap writes at the end of a run.

    Args:
        created: When the run took place, in seconds since the epoch.
        changed: When the latest event was that it saw.
    """
    bookmarks: dict[str, Any] = {
        name: {"date" if name in BY_DATE else "created": created} for name in OF_SINGER_IO
    }
    for name in OF_SINGER_IO:
        if name not in WITHOUT_EVENTS:
            bookmarks[f"{name}_events"] = {"updates_created": changed}
    bookmarks["payout_transactions"] = {"created": created}
    return {"bookmarks": bookmarks}


@pytest.mark.parametrize("seed", range(3))
def test_a_run_from_singer_ios_state_is_incremental_and_loses_nothing(seed: int) -> None:
    rng = random.Random(seed)
    account = Account(clock=Clock(NOW), seed=seed)
    business = Chance(account, rng)
    for _ in range(80):
        business.go_on(rng.choice([3600, DAY, 2 * DAY]))
    changed = max(event["created"] for event in account.all("event"))
    tables = tuple(set(TABLES) & set(OF_SINGER_IO))
    with Server(account) as server:
        # Their rows, of which none was looked at again once a transaction had settled.
        theirs = Mirror().load(sync(server, *tables).messages)
        for row in theirs.tables["balance_transactions"].values():
            row["status"] = "pending"
        state = singer_io_state(account.clock.now(), changed)
        business.rename_price()
        for _ in range(30):
            business.go_on(rng.choice([0, 1, 3600]))
        account.clock.advance(600)
        run = sync(server, *TABLES, state=state)
        assert run.failure is None
        fresh = Mirror().load(sync(server, *TABLES).messages)
        ours = theirs.load(run.messages)
    for table in TABLES:
        assert living(ours, table) == living(fresh, table), table
    # Incremental: of what they had brought, only what their lookback or an event tells of.
    events = [event for event in account.all("event") if event["created"] >= changed - 600]
    shown = [event["data"]["object"] for event in events]
    told = {one.get(field) for one in shown for field in ("id", "charge", "customer")}
    for table in ("charges", "customers", "invoices"):
        assert set(run.ids(table)) <= told, table
    assert "is read again from its beginning" not in run.log


def test_only_what_is_new_or_changed_is_asked_for(account: Account, server: Server) -> None:
    ids = [
        account.create("customer", created=NOW - 300 * DAY + n * DAY, silent=True)["id"]
        for n in range(290)
    ]
    state = singer_io_state(NOW - 3600, NOW - 7200)
    account.update(ids[0], name="changed")
    new = account.create("customer")["id"]
    run = sync(server, "customers", state=state)
    assert run.ids("customers") == [new, ids[0]]
    assert run.bookmark("customers")["replication_key_value"] == "2026-11-01T08:55:00Z"


def test_a_table_without_changes_for_a_month_is_read_as_a_whole(
    account: Account, server: Server
) -> None:
    for n in range(5):
        account.create("customer", created=NOW - 300 * DAY + n * DAY, silent=True)
    state = singer_io_state(NOW - 3600, NOW - 31 * DAY)
    run = sync(server, "customers", state=state)
    assert len(run.records("customers")) == 5
    assert "customers is read again from its beginning" in run.log


def test_open_objects_are_watched_from_the_switch_on(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)["id"]
    item = account.create(
        "invoiceitem", customer=customer, amount=5, currency="eur", created=NOW - 60 * DAY
    )["id"]
    first = sync(server, "invoice_items", state=singer_io_state(NOW - 3600, NOW - 7200))
    account.clock.advance(DAY)
    account.update(item, silent=True, amount=7)
    second = sync(server, "invoice_items", state=first.state)
    assert [row["amount"] for row in second.records("invoice_items")] == [7]


@pytest.mark.parametrize(
    "state",
    [
        {"bookmarks": {"customers": {"replication_key": "updated", "replication_key_value": "x"}}},
        {"bookmarks": {"customers": {"created": 1, "progress_markers": {}}}},
        {"bookmarks": {"issues": {"created": 1793523600}}},
        {"bookmarks": {"customers": 1793523600}},
        {"bookmarks": {"charges": {"created": 1}, "customers": {"changes_since": "2026-10-01"}}},
        {"singer_state": {"bookmarks": {}}},
        {"customers": {"created": 1793523600}},
    ],
    ids=["another tap's", "markers", "unknown table", "no object", "mixed", "wrapped", "flat"],
)
def test_any_other_state_is_refused(server: Server, state: Mapping[str, Any]) -> None:
    with pytest.raises(
        SyncFailedError, match="The state is neither of this tap nor of singer-io's"
    ):
        sync(server, "customers", state=state)
    assert server.requests == []


def test_a_refused_state_is_one_line_and_a_failure(server: Server, tmp_path: Path) -> None:
    process = start(command(tmp_path, server, state={"streams": []}), tmp_path / "out.jsonl")
    _, log = process.communicate()
    assert process.returncode == 1
    assert b"Traceback" not in log
    assert log.count(b"The state is neither of this tap nor of singer-io's tap-stripe") == 1
    assert not (tmp_path / "out.jsonl").read_bytes()


def test_a_state_of_our_own_passes_as_it_is(account: Account, server: Server) -> None:
    account.create("customer", created=NOW - DAY)
    first = sync(server, "customers", "discounts", "events")
    second = sync(server, "customers", "discounts", "events", state=first.state)
    assert json.dumps(second.states[0]) == json.dumps(first.state)
