"""Whatever happens to the account and to the runs, after a clean run the warehouse equals it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import event, example, given, note

from standin import Server
from tests.proof.amount import HISTORIES_WANTED, histories_wanted
from tests.proof.census import Tally
from tests.proof.chronicle import Chronicle
from tests.proof.history import QUIET, History, broken_off, histories
from tests.proof.promise import promise
from tests.proof.tables import TABLES
from tests.proof.truth import Truth
from tests.tap.harness import Mirror

ENOUGH = 0.1 if HISTORIES_WANTED else 0.02
"""The share of histories that each kind of thing must happen in: of a few, one is enough."""


@pytest.fixture(scope="module")
def tally() -> Iterator[Tally]:
    """Counts the histories; in the end there must have been enough of everything."""
    counted = Tally()
    yield counted
    rare = counted.rarer_than(ENOUGH)
    assert not rare, f"too seldom in {counted.histories} histories: {rare}"


@promise(
    "Any business, with runs in between that are whole, killed, refused, or left out for weeks",
    "After one undisturbed run every table equals the account",
)
@histories_wanted()
@given(history=histories())
@example(history=QUIET)
@example(history=broken_off("prices", "add_price", "delete_price"))
@example(history=broken_off("test_clocks", "start_clock", "delete_clock"))
def test_the_warehouse_equals_the_account(tally: Tally, history: History) -> None:
    mirror = Mirror()
    chronicle = Chronicle(history, mirror)
    with Server(chronicle.account) as server:
        try:
            chronicle.perform(server)
            wrong = Truth(chronicle.account, server, TABLES).differences(mirror)
        finally:
            note(chronicle.story)
    assert not wrong, f"\n{wrong}"
    tally.add(chronicle.census)
    for kind in chronicle.census.kinds:
        event(kind)
