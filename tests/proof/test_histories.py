"""Whatever happens to the account and to the runs, after a clean run the warehouse equals it."""

from __future__ import annotations

from hypothesis import given, note

from standin import Server
from tests.proof.amount import histories_wanted
from tests.proof.business import TABLES
from tests.proof.chronicle import Chronicle
from tests.proof.history import History, histories
from tests.proof.promise import promise
from tests.proof.truth import Truth
from tests.tap.harness import Mirror


@promise(
    "Any business, with runs in between that are whole, killed, refused, or left out for weeks",
    "After one undisturbed run every table equals the account",
)
@histories_wanted()
@given(history=histories())
def test_the_warehouse_equals_the_account(history: History) -> None:
    mirror = Mirror()
    chronicle = Chronicle(history, mirror)
    with Server(chronicle.account) as server:
        try:
            chronicle.perform(server)
            wrong = Truth(chronicle.account, server, TABLES).differences(mirror)
        finally:
            note(chronicle.story)
    assert not wrong, f"\n{wrong}"
