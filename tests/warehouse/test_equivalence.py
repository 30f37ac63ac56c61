"""A first load and any number of incremental runs hold what one fresh full read holds.

Through the real loaders, with every table of the demo account, and with the states that the
loaders print in between, as Meltano keeps them.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from standin import Account, Server
from standin.demo import build, business_goes_on
from tap_stripe.streams import STREAMS
from tap_stripe.times import to_epoch
from tests.tap.harness import sync
from tests.warehouse.warehouses import DELETED_AT, Row, Table, Warehouse

KEYS = {vars(stream)["name"]: stream.primary_keys for stream in STREAMS}
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


def comparable(name: str, kept: Warehouse, account: Account) -> Table:
    """The living rows of a table that a full read can bring.

    Events that Stripe no longer lists stay in the warehouse, and the tax ids of a deleted
    customer go with the customer's flag: Stripe says nothing of them.
    """
    rows = alive(kept.read(name, *KEYS[name]))
    if name == "events":
        oldest = account.clock.now() - RETENTION
        return {key: row for key, row in rows.items() if epoch(row) >= oldest}
    if name == "customer_tax_ids":
        customers = alive(kept.read("customers", "id"))
        return {key: row for key, row in rows.items() if (row["customer"],) in customers}
    return rows


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
    for name, key in KEYS.items():
        kept, fresh = comparable(name, warehouse, account), fresh_warehouse.read(name, *key)
        assert kept.keys() == alive(fresh).keys(), name
        different = [key for key, row in kept.items() if row != fresh[key]]
        assert not different, (name, different[:3])
        flagged += len(warehouse.read(name, *key)) - len(alive(warehouse.read(name, *key)))
    assert flagged > 5, "nothing was deleted: the test shows less than it should"
