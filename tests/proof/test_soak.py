"""Business without a pause, and faulty runs in between: memory stays flat, the end is equal.

Half a minute by default; `make soak MINUTES=60` for longer.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import random
import time
import tracemalloc
from collections.abc import Iterator

from standin import Account, Clock, Fault, Server
from standin.faults import Kind
from tap_stripe.times import to_iso
from tests.proof.at_work import tap_of
from tests.proof.business import DEEDS, TABLES, Business
from tests.proof.promise import promise
from tests.proof.truth import Truth
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror

SECONDS = 60 * float(os.environ.get("SOAK_MINUTES", "0.4"))
WARM = 10
"""Runs until everything that stays in memory is there."""
GROWTH = 500_000
"""Bytes that the tap may hold more in the second half than in the first: a few records' worth."""
MAKING = frozenset(
    {"sign_up", "subscribe", "bill", "pay", "move_money", "charge_later", "list_values", "pay_out"}
)
"""Deeds that make something: they stop when the account is large enough."""


@promise(
    "Hours of business, with a run every moment and a fault in every other",
    "Memory stays flat; at the end the warehouse equals the account",
)
def test_memory_stays_flat_and_the_end_is_equal() -> None:
    rng, mirror = random.Random(7), Mirror()
    account = Account(clock=Clock(NOW), id="acct_test", seed=7, longest_page=10)
    business, tap = Business(account), tap_of(*TABLES)
    held: list[int] = []
    with Server(account) as server, forgotten_log():
        state, runs, end = None, 0, time.monotonic() + SECONDS
        while time.monotonic() < end or runs <= WARM + 3:
            work(business, rng, large=len(account.all("customer")) > 100)
            if runs % 2:
                fault: Kind = rng.choice(("error", "html", "truncated", "malformed", "reset"))
                server.faults.add(Fault(kind=fault, status=503, skip=rng.randint(0, 20), times=2))
            if runs % 7 == 6:
                server.faults.add(Fault(status=400, skip=rng.randint(3, 20), times=None))
            run = tap.run(server, state, direct=runs % 3 == 0)
            mirror.load(run.messages)
            state = run.state if run.messages else state
            server.faults.clear()
            server.clear()
            runs += 1
            if runs == WARM:
                tracemalloc.start()
            elif runs > WARM:
                held.append(held_by_the_tap())
        tracemalloc.stop()
        business.wait(DAY)
        last = tap.run(server, state)
        assert last.failure is None
        mirror.load(last.messages)
        assert not Truth(account, server, TABLES).differences(mirror)
    early, late = min(held[: len(held) // 2]), min(held[len(held) // 2 :])
    assert late - early < GROWTH, f"{runs} runs, held {held}"


def work(business: Business, rng: random.Random, *, large: bool) -> None:
    """Some hours of business."""
    deeds = [deed for deed in DEEDS if not (large and deed in MAKING)]
    for _ in range(rng.randint(0, 15)):
        business.do(rng.choice(deeds), rng.randint(0, 999))
        business.wait(rng.choice([0, 1, 600]))


def held_by_the_tap() -> int:
    """Bytes that code of the tap has asked for since it was warm, and still holds.

    Its memory of the latest 4,096 moments fills slowly and counts for nothing.
    """
    to_iso.cache_clear()
    gc.collect()
    snapshot = tracemalloc.take_snapshot()
    ours = snapshot.filter_traces([tracemalloc.Filter(True, "*/tap_stripe/*")])  # noqa: FBT003
    return sum(statistic.size for statistic in ours.statistics("filename"))


@contextlib.contextmanager
def forgotten_log() -> Iterator[None]:
    """Without pytest's own handlers, which keep all that is logged until the test is over."""
    logger = logging.getLogger()
    handlers, logger.handlers = logger.handlers, []
    try:
        yield
    finally:
        logger.handlers = handlers
