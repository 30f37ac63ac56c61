"""A first load and any number of incremental runs hold what one fresh full read holds.

Through the real loaders, with every table of the demo account, and with the states that the
loaders print in between, as Meltano keeps them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from standin import Server
from standin.demo import build, business_goes_on
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.times import to_epoch
from tests.tap.everything import holders
from tests.tap.harness import Sync, sync
from tests.warehouse.warehouses import DELETED_AT, Row, Table, Warehouse

TABLES = {stream.table(): stream for stream in STREAMS if not stream.off_because()}
"""Those that are selected by default."""
KEYS = {name: stream.primary_keys for name, stream in TABLES.items()}
RETENTION = 30 * 86_400

Tables = dict[str, Table]


@dataclass(frozen=True)
class Syncs:
    """What the tap wrote for an account, and the account's clock at the end."""

    first_and_increments: list[Sync]
    fresh: Sync
    now: int


@pytest.fixture(scope="module")
def syncs() -> Syncs:
    """Of a demo account: its first load, three increments, and one full read at their end."""
    account = build(7, scale=0.08)
    with Server(account) as server:
        kept = [sync(server)]
        for days in (3, 9, 1):
            business_goes_on(account, days)
            kept.append(sync(server, state=kept[-1].state))
        return Syncs(kept, sync(server), account.clock.now())


def load(warehouse: Warehouse, run: Sync) -> None:
    """Load what a run wrote. The loader prints the state that the next run began with."""
    assert run.failure is None
    printed = warehouse.load(b"".join(json.dumps(m).encode() + b"\n" for m in run.messages))
    assert printed == run.state


def alive(table: Table) -> Table:
    return {key: row for key, row in table.items() if row[DELETED_AT] is None}


def too_many(stream: type[StripeStream], kept: Tables, fresh: Tables, now: int) -> list[Row]:
    """Living rows that a full read does not bring, and should not be there.

    Events that Stripe no longer lists stay in the warehouse, and what belongs to a deleted object
    goes with that object's flag where Stripe says nothing of it.
    """
    table = stream.table()
    found = [row for key, row in alive(kept[table]).items() if key not in fresh[table]]
    if stream.retention_days is not None:
        return [row for row in found if epoch(row) >= now - RETENTION]
    held = {
        table: {row["id"] for row in alive(kept[table]).values()}
        for table in {table for row in found for table, _ in holders(stream, row)} & KEYS.keys()
    }
    return [
        row
        for row in found
        if all(id_ in held[table] for table, id_ in holders(stream, row) if table in held)
    ]


def epoch(row: Row) -> int:
    return to_epoch(row["created"].isoformat())


def test_a_load_and_three_increments_equal_one_full_read(
    warehouse: Warehouse, fresh_warehouse: Warehouse, syncs: Syncs
) -> None:
    for run in syncs.first_and_increments:
        load(warehouse, run)
    load(fresh_warehouse, syncs.fresh)
    kept, fresh = warehouse.read_all(KEYS), fresh_warehouse.read_all(KEYS)
    flagged = 0
    for name, stream in TABLES.items():
        living = alive(kept[name])
        expected = alive(fresh[name])
        assert expected.keys() <= living.keys(), name
        assert too_many(stream, kept, fresh, syncs.now) == [], name
        different = [key for key, row in expected.items() if row != living[key]]
        assert not different, (name, different[:3])
        flagged += len(kept[name]) - len(living)
    assert flagged > 5, "nothing was deleted: the test shows less than it should"
