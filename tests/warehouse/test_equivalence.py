"""A first load and any number of incremental runs hold what one fresh full read holds.

Through the real loaders, with every table of the demo account, and with the states that the
loaders print in between, as Meltano keeps them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from standin import Server
from standin.demo import build, business_goes_on
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.times import to_epoch
from tests.tap.everything import holders
from tests.tap.harness import sync
from tests.warehouse.warehouses import DELETED_AT, Row, Table, Warehouse

TABLES = {stream.table(): stream for stream in STREAMS if not stream.off_because()}
"""Those that are selected by default."""
RETENTION = 30 * 86_400


def load(
    warehouse: Warehouse, server: Server, state: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Run the tap into a warehouse; the state that the loader printed."""
    run = sync(server, state=state)
    assert run.failure is None
    printed = warehouse.load(b"".join(json.dumps(m).encode() + b"\n" for m in run.messages))
    assert printed == run.state
    return printed


def alive(table: Table) -> Table:
    return {key: row for key, row in table.items() if row[DELETED_AT] is None}


def too_many(stream: type[StripeStream], kept: Warehouse, fresh: Table, now: int) -> list[Row]:
    """Living rows that a full read does not bring, and should not be there.

    Events that Stripe no longer lists stay in the warehouse, and what belongs to a deleted object
    goes with that object's flag where Stripe says nothing of it.
    """
    rows = alive(kept.read(stream.table(), *stream.primary_keys))
    found = [row for key, row in rows.items() if key not in fresh]
    if stream.retention_days is not None:
        return [row for row in found if epoch(row) >= now - RETENTION]
    tables = {table for row in found for table, _ in holders(stream, row)} & TABLES.keys()
    held = {table: alive(kept.read(table, "id")).keys() for table in tables}
    return [
        row
        for row in found
        if all((id_,) in held[table] for table, id_ in holders(stream, row) if table in held)
    ]


def epoch(row: Row) -> int:
    return to_epoch(row["created"].isoformat())


@pytest.mark.parametrize("seed", [7])
def test_a_load_and_three_increments_equal_one_full_read(
    warehouse: Warehouse, fresh_warehouse: Warehouse, seed: int
) -> None:
    account = build(seed, scale=0.25)
    with Server(account) as server:
        state = load(warehouse, server)
        for days in (3, 9, 1):
            business_goes_on(account, days)
            state = load(warehouse, server, state)
        load(fresh_warehouse, server)
    flagged = 0
    for name, stream in TABLES.items():
        rows = warehouse.read(name, *stream.primary_keys)
        kept, fresh = alive(rows), alive(fresh_warehouse.read(name, *stream.primary_keys))
        assert fresh.keys() <= kept.keys(), name
        assert too_many(stream, warehouse, fresh, account.clock.now()) == [], name
        different = [key for key, row in fresh.items() if row != kept[key]]
        assert not different, (name, different[:3])
        flagged += len(rows) - len(kept)
    assert flagged > 5, "nothing was deleted: the test shows less than it should"
