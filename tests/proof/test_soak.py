"""Business without a pause, and faulty runs in between: memory stays flat, the end is equal.

Some seconds by default; `make soak MINUTES=60` for longer.
"""

from __future__ import annotations

import os
import random
import sys
import time

from standin import Account, Clock, Fault, Server
from standin.faults import Kind
from tests.proof.apart import WARM, tap_apart
from tests.proof.business import DEEDS, Business
from tests.proof.promise import promise
from tests.proof.tables import TABLES
from tests.proof.truth import Truth
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, config, parse

SECONDS = 60 * float(os.environ.get("SOAK_MINUTES", "1"))
FEW = 15
"""Runs that are measured at least."""
GROWTH = 50_000
"""Bytes that the tap may hold more in the second half than in the first: less than one page."""
STEADY = (
    "add_item",
    "change_quantity",
    "describe_invoice",
    "remove_item",
    "rename_customer",
    "rename_or_delete_values",
    "rename_price",
    "rename_product",
    "reuse_coupon",
    "switch_price",
)
"""Deeds that leave the account as large as it is."""


@promise(
    "Hours of business, with a run every moment and a fault in every other",
    "Memory stays flat; at the end the warehouse equals the account",
)
def test_memory_stays_flat_and_the_end_is_equal() -> None:
    rng, mirror = random.Random(7), Mirror()
    account = Account(clock=Clock(NOW), id="acct_test", seed=7, longest_page=10)
    business, held = Business(account), []
    with Server(account) as server, tap_apart(*TABLES) as tap:
        settings = {"lookback_seconds": 300, "concurrency": 4} | config(server)
        state, runs, end = None, 0, time.monotonic() + SECONDS
        while time.monotonic() < end or runs < WARM + FEW:
            work(business, rng, DEEDS if runs < WARM else STEADY)
            if runs % 2:
                fault: Kind = rng.choice(("error", "html", "truncated", "malformed", "reset"))
                server.faults.add(Fault(kind=fault, status=503, skip=rng.randint(0, 20), times=2))
            if runs % 7 == 6:
                server.faults.add(Fault(status=400, skip=rng.randint(3, 20), times=None))
            outcome = tap.run(settings, state)
            messages = parse(outcome.output)
            mirror.load(messages)
            states = [m["value"] for m in messages if m["type"] == "STATE"]
            state = states[-1] if states else state
            server.faults.clear()
            server.clear()
            runs += 1
            if outcome.held is not None:
                held.append(outcome.held)
        business.wait(DAY)
        last = tap.run(settings, state)
        assert last.failure is None
        mirror.load(parse(last.output))
        assert not Truth(account, server, TABLES).differences(mirror)
    early, late = min(held[: len(held) // 2]), min(held[len(held) // 2 :])
    sys.stdout.write(f"{runs} runs; bytes held at the least: first {early}, then {late}\n")
    assert late - early < GROWTH, f"held {held}"


def work(business: Business, rng: random.Random, deeds: tuple[str, ...]) -> None:
    """Some hours of business."""
    for _ in range(rng.randint(5, 15)):
        business.do(rng.choice(deeds), rng.randint(0, 999))
        business.wait(rng.choice([0, 1, 600]))
