"""Whatever happens to the account and to the runs, after a clean run the warehouse equals it."""

from __future__ import annotations

import random
from typing import Any

import pytest

from standin import Account, Clock, Fault, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, selection, sync
from tests.tap.histories import Business

TABLES = (
    "balance_transaction_fee_details",
    "balance_transactions",
    "charges",
    "coupons",
    "customer_tax_ids",
    "customers",
    "disputes",
    "invoice_items",
    "invoice_line_items",
    "invoices",
    "prices",
    "refunds",
    "subscription_items",
    "subscriptions",
)


@pytest.mark.parametrize("seed", range(25))
def test_the_warehouse_equals_the_account(seed: int) -> None:
    rng = random.Random(seed)
    account = Account(clock=Clock(NOW - 100 * DAY), seed=seed, event_delay=rng.choice([0, 30, 120]))
    business = Business(account, rng)
    for _ in range(rng.randint(5, 60)):
        business.go_on(rng.choice([0, 1, 3600, DAY]))
    mirror, busy = Mirror(), [False]
    state: dict[str, Any] = {}
    with Server(account) as server:
        server.on_request(lambda _: business.go_on(0) if busy[0] else None)
        for _ in range(rng.randint(1, 5)):
            kind = rng.choice(["clean", "faulty", "busy", "skipped"])
            if kind != "skipped":
                busy[0] = kind == "busy"
                if kind == "faulty":
                    server.faults.add(Fault(status=422, skip=rng.randint(1, 30), times=None))
                run = sync(server, catalog=selection(TABLES), state=state)
                mirror.load(run.messages)
                state, busy[0] = run.state, False
                server.faults.clear()
            for _ in range(rng.randint(0, 25)):
                business.go_on(rng.choice([0, 1, 3600, DAY, 2 * DAY]))
        account.clock.advance(600)
        run = sync(server, catalog=selection(TABLES), state=state)
        assert run.failure is None
        mirror.load(run.messages)
        fresh = Mirror().load(sync(server, catalog=selection(TABLES)).messages)
    for table in TABLES:
        assert living(mirror, table) == living(fresh, table), table


def living(mirror: Mirror, table: str) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows of a table; tax ids count as deleted with their customer."""
    rows = mirror.live(table)
    if table != "customer_tax_ids":
        return rows
    customers = mirror.live("customers")
    return {key: row for key, row in rows.items() if (row["customer"],) in customers}
