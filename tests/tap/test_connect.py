"""Connected accounts: each is synced as if it were alone, and fails alone."""

from __future__ import annotations

import random
import subprocess
import threading
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from singer_sdk.mapper import CustomStreamMap

from standin import Account, Server
from tests.proof.at_work import WIDE
from tests.proof.business import Chance
from tests.proof.tables import BOOKS as TABLES
from tests.proof.truth import living
from tests.tap.conftest import DAY, NOW
from tests.tap.connect import (
    IDS,
    PLATFORM,
    accounts,
    activations,
    asked_of,
    platform,
    rows_of,
    sync_all,
    with_customers,
)
from tests.tap.harness import Mirror, Row, Sync, parse, selection, sync
from tests.tap.process import command


@pytest.fixture
def account() -> Account:
    """A platform with two connected accounts."""
    return platform()


@pytest.mark.parametrize("seed", range(2))
def test_each_account_equals_a_fresh_read_of_it(seed: int) -> None:
    rng = random.Random(seed)
    owner = platform(now=NOW - 100 * DAY)
    businesses = [Chance(account, rng) for account in accounts(owner).values()]
    mirror, state = Mirror(), None
    with Server(owner) as server:
        for _ in range(3):
            for business in businesses:
                for _ in range(rng.randint(5, 25)):
                    business.go_on(rng.choice([0, 0, 1, 3600]))
            owner.clock.advance(600)
            run = sync_all(server, catalog=selection(TABLES, WIDE), state=state)
            assert run.failure is None
            mirror.load(run.messages)
            state = run.state
    for id_, account in accounts(owner).items():
        with Server(account) as server:
            fresh = Mirror().load(sync(server, catalog=selection(TABLES, WIDE)).messages)
        for table in TABLES:
            assert of(mirror, table, id_) == living(fresh, table), (id_, table)
        assert any(rows_of(mirror, table, id_) for table in TABLES)


def of(mirror: Mirror, table: str, account: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows of one account; tax ids count as deleted with their customer."""
    rows = rows_of(mirror, table, account)
    if table != "customer_tax_ids":
        return rows
    customers = rows_of(mirror, "customers", account)
    return {key: row for key, row in rows.items() if (row["customer"],) in customers}


def test_ids_that_two_accounts_share_are_two_rows(account: Account, server: Server) -> None:
    for id_, owner in accounts(account).items():
        owner.create("coupon", id="WELCOME", name=id_, created=NOW - DAY)
        owner.create("customer", id="cus_copied", name=id_, created=NOW - DAY)
    first = sync_all(server, "coupons", "customers")
    account.clock.advance(DAY)
    account.connected["acct_1"].delete("WELCOME")
    second = sync_all(server, "coupons", "customers", state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert {row["name"] for row in mirror.live("customers").values()} == {PLATFORM, *IDS}
    assert {row["name"] for row in mirror.live("coupons").values()} == {PLATFORM, "acct_2"}
    assert [row["account_id"] for row in mirror.flagged("coupons").values()] == ["acct_1"]


def revoke(server: Server, platform: Account, id_: str, *, after: int) -> None:
    """Let an account revoke the platform's access, once so many requests have asked for it."""

    def count(_: object) -> None:
        if id_ in platform.connected and len(asked_of(server, id_)) > after:
            platform.disconnect(id_)

    server.on_request(count)


def bookmarks(run: Sync, account: str) -> list[dict[str, Any]]:
    """What the last state says of a connected account."""
    return [
        entry["bookmark"]
        for bookmark in run.state["bookmarks"].values()
        for entry in bookmark.get("accounts", ())
        if account in entry["ids"]
    ]


@pytest.mark.parametrize("after", [0, 3])
def test_a_revoked_account_fails_alone(account: Account, server: Server, after: int) -> None:
    streams = ("customers", "coupons")
    with_customers(account, each=250)
    first = sync_all(server, *streams)
    account.clock.advance(DAY)
    for owner in accounts(account).values():
        for n in range(250):
            owner.create("customer", name=f"new {n}", silent=True)
            owner.create("coupon", name=f"new {n}", silent=True)
    lost = account.connected["acct_1"]
    server.clear()
    revoke(server, account, "acct_1", after=after)
    second = sync(server, *streams, state=first.state, connected_accounts=", ".join(IDS))
    assert second.failure is not None
    assert second.failure.startswith("1 of the accounts is not up to date: acct_1: ")
    assert "does not have access to account 'acct_1'" in second.failure
    (line,) = [line for line in second.log.splitlines() if line.startswith("ERROR")]
    assert "acct_1" in line
    mirror = Mirror().load(first.messages).load(second.messages)
    for id_ in (PLATFORM, "acct_2"):
        assert len(rows_of(mirror, "customers", id_)) == 500
        assert len(rows_of(mirror, "coupons", id_)) == 250
    if after == 0:
        assert bookmarks(second, "acct_1") == bookmarks(first, "acct_1")
    assert bookmarks(second, "acct_2") != bookmarks(first, "acct_2")

    server.desk.callbacks.clear()
    account.connect(lost)
    third = sync_all(server, *streams, state=second.state)
    assert third.failure is None
    mirror.load(third.messages)
    assert len(rows_of(mirror, "customers", "acct_1")) == 500
    assert len(rows_of(mirror, "coupons", "acct_1")) == 250


def hooks(account: Account, n: int) -> None:
    """Webhook endpoints, whose table is read whole in each run, in every account."""
    for id_, owner in accounts(account).items():
        for number in range(n):
            owner.create("webhook_endpoint", id=f"we_{id_}_{number}", created=NOW - DAY)


def test_rows_are_called_off_once_all_accounts_are_read(account: Account, server: Server) -> None:
    hooks(account, 2)
    first = sync_all(server, "webhook_endpoints")
    assert len(activations(first, "webhook_endpoints")) == 1
    account.clock.advance(DAY)
    for id_, owner in accounts(account).items():
        owner.delete(f"we_{id_}_0")
    second = sync_all(server, "webhook_endpoints", state=first.state)
    (message,) = activations(second, "webhook_endpoints")
    records = [n for n, m in enumerate(second.messages) if m["type"] == "RECORD"]
    assert second.messages.index(message) > max(records)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert set(mirror.live("webhook_endpoints")) == {(f"we_{i}_1",) for i in (PLATFORM, *IDS)}


def test_rows_of_an_account_that_failed_or_was_removed_are_kept(
    account: Account, server: Server
) -> None:
    """They can't be told from rows that are gone, so nothing is called off as long."""
    hooks(account, 2)
    first = sync_all(server, "webhook_endpoints")
    mirror, state = Mirror().load(first.messages), first.state
    lost = account.connected["acct_1"]
    account.disconnect("acct_1")
    account.delete(f"we_{PLATFORM}_0")
    for listed in ("acct_1,acct_2", "acct_2", "all"):
        account.clock.advance(DAY)
        run = sync(server, "webhook_endpoints", state=state, connected_accounts=listed)
        assert (run.failure is None) is (listed != "acct_1,acct_2")
        assert activations(run, "webhook_endpoints") == []
        mirror.load(run.messages)
        assert len(rows_of(mirror, "webhook_endpoints", "acct_1")) == 2
        state = run.state
    account.clock.advance(DAY)
    account.connect(lost)
    run = sync_all(server, "webhook_endpoints", state=state)
    mirror.load(run.messages)
    assert set(rows_of(mirror, "webhook_endpoints", PLATFORM)) == {(f"we_{PLATFORM}_1",)}
    assert len(rows_of(mirror, "webhook_endpoints", "acct_1")) == 2


def test_an_account_added_later_brings_its_history(account: Account, server: Server) -> None:
    with_customers(account, each=5)
    hooks(account, 1)
    first = sync_all(server, "customers", "webhook_endpoints")
    account.clock.advance(DAY)
    late = Account(clock=account.clock, id="acct_late", seed=9)
    late.create("customer", created=NOW - 500 * DAY, name="acct_late", silent=True)
    account.connect(late)
    account.delete(f"we_{PLATFORM}_0")
    second = sync_all(server, "customers", "webhook_endpoints", state=first.state)
    assert [row["account_id"] for row in second.records("customers")] == ["acct_late"]
    mirror = Mirror().load(first.messages).load(second.messages)
    assert len(mirror.live("customers")) == 16
    assert rows_of(mirror, "webhook_endpoints", PLATFORM) == {}
    account.clock.advance(DAY)
    late.update(late.all("customer")[0]["id"], name="changed")
    third = sync_all(server, "customers", "webhook_endpoints", state=second.state)
    assert [row["name"] for row in third.records("customers")] == ["changed"]


def test_connected_accounts_can_be_switched_on_and_off(account: Account, server: Server) -> None:
    with_customers(account, each=5)
    first = sync(server, "customers")
    assert {row["account_id"] for row in first.records()} == {PLATFORM}
    account.clock.advance(DAY)
    second = sync_all(server, "customers", state=first.state)
    assert Counter(row["account_id"] for row in second.records()) == dict.fromkeys(IDS, 5)
    account.clock.advance(DAY)
    third = sync(server, "customers", state=second.state)
    assert third.records() == []
    assert bookmarks(third, "acct_1") == bookmarks(second, "acct_1")


def test_killed_at_random_points_nothing_is_missing(
    account: Account, server: Server, tmp_path: Path
) -> None:
    with_customers(account, each=1000)
    rng = random.Random(1)
    mirror = Mirror()
    state: dict[str, Any] = {}
    lives = 0
    is_done = False
    while not is_done:
        line = command(tmp_path, server, ("customers",), state, connected_accounts="all")
        with subprocess.Popen(line, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            written = list(islice(process.stdout, rng.randint(1100, 1800)))
            process.kill()
            written += process.stdout
        is_done = process.returncode == 0
        lives += 1
        messages = parse(b"".join(written))
        mirror.load(messages)
        states = [message["value"] for message in messages if message["type"] == "STATE"]
        state = states[-1] if states else state
        assert lives < 12, "a life brings nothing"
    assert lives > 2
    for id_ in (PLATFORM, *IDS):
        assert len(rows_of(mirror, "customers", id_)) == 1000


def test_accounts_that_are_not_to_be_listed_are_one_line(account: Account, server: Server) -> None:
    account.add_key("rk_test_1", {"customer_read", "event_read"})
    run = sync_all(server, "customers", api_key="rk_test_1")
    assert run.failure is not None
    assert run.failure.startswith("connected_accounts is all, but they can't be listed: ")
    assert "connected_account_read" in run.failure


def test_a_key_without_connect_permissions_fails_for_connected_accounts_only(
    account: Account, server: Server
) -> None:
    with_customers(account, each=2)
    account.add_key("rk_test_1", {"customer_read", "event_read"}, connect=False)
    run = sync_all(server, "customers", api_key="rk_test_1", connected_accounts="acct_1")
    assert run.failure is not None
    assert "acct_1: You passed a restricted API key" in run.failure
    assert len(run.records("customers")) == 2


def test_what_many_accounts_lack_is_said_once(account: Account, server: Server) -> None:
    for owner in accounts(account).values():
        owner.disable("/v1/coupons", "Your account is not set up to use Coupons.")
    run = sync_all(server, "coupons")
    assert run.failure is None
    warnings = [line for line in run.log.splitlines() if line.startswith("WARNING")]
    assert len(warnings) == 3
    assert "coupons skipped in 1 more account" in warnings[-1]


def test_a_catalog_made_before_still_tells_accounts_apart(server: Server) -> None:
    catalog = selection(["customers", "charges"])
    assert catalog["streams"][0]["key_properties"] == ["id"]
    run = sync_all(server, catalog=catalog)
    keys = {m["stream"]: m["key_properties"] for m in run.messages if m["type"] == "SCHEMA"}
    assert keys == {"customers": ["account_id", "id"], "charges": ["id"]}


def test_a_column_of_the_key_can_not_be_left_out(account: Account, server: Server) -> None:
    with_customers(account, each=1)
    catalog = selection(["customers", "charges"], [("customers", "account_id")])
    run = sync_all(server, catalog=catalog)
    assert {row["account_id"] for row in run.records("customers")} == {PLATFORM, *IDS}
    (schema,) = [m for m in run.messages if m.get("stream") == "customers" and "schema" in m]
    assert "account_id" in schema["schema"]["properties"]


def test_the_account_of_a_row_passes_stream_maps_and_can_be_left_out(
    account: Account, server: Server
) -> None:
    with_customers(account, each=1)
    maps = {"customers": {"id": "id", "account_id": "account_id", "of": "account_id[5:]"}}
    run = sync_all(server, "customers", stream_maps=maps)
    assert {row["of"] for row in run.records()} == {"platform", "1", "2"}
    off = selection(["customers"], [("customers", "account_id")])
    run = sync(server, catalog=off)
    assert run.records("customers")
    assert "account_id" not in run.records("customers")[0]


def test_no_two_accounts_are_in_a_stream_map_at_once(
    account: Account, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the record that it works on: another account's would get into the row."""
    with_customers(account, each=20)
    inside = threading.Semaphore(1)
    shared: list[Row] = []
    transform = CustomStreamMap.transform

    def watched(self: CustomStreamMap, record: Row) -> Any:
        is_alone = inside.acquire(blocking=False)
        try:
            time.sleep(0.001)
            return transform(self, record)
        finally:
            if is_alone:
                inside.release()
            else:
                shared.append(record)

    monkeypatch.setattr(CustomStreamMap, "transform", watched)
    run = sync_all(server, "customers", stream_maps={"customers": {"id": "id", "who": "name"}})
    assert len(run.records()) == 60
    assert shared == []
