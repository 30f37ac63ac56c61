"""Connected accounts that are no longer read are named, with what follows from it."""

from __future__ import annotations

import pytest

from standin import Account, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.connect import PLATFORM, accounts, activations, platform, sync_all
from tests.tap.harness import Sync, sync

WORDS = "WARNING The state has connected accounts that are no longer read: "


@pytest.fixture
def account() -> Account:
    """A platform with two connected accounts, each with a webhook endpoint."""
    account = platform()
    for id_, owner in accounts(account).items():
        owner.create("webhook_endpoint", id=f"we_{id_}", created=NOW - DAY)
    return account


def warnings(run: Sync) -> list[str]:
    return [line for line in run.log.splitlines() if line.startswith("WARNING")]


def test_an_account_that_all_no_longer_lists_is_named_once(
    account: Account, server: Server
) -> None:
    first = sync_all(server, "customers", "webhook_endpoints")
    assert warnings(first) == []
    account.disconnect("acct_1")
    account.delete(f"we_{PLATFORM}")
    account.clock.advance(DAY)
    second = sync_all(server, "customers", "webhook_endpoints", state=first.state)
    assert second.failure is None
    (line,) = warnings(second)
    assert line.startswith(f"{WORDS}acct_1. ")
    assert "no account's rows are called off any more" in line
    assert activations(second, "webhook_endpoints") == []


def test_so_is_one_that_the_setting_leaves_out(account: Account, server: Server) -> None:
    first = sync_all(server, "customers")
    second = sync(server, "customers", state=first.state, connected_accounts="acct_2")
    assert [line.split(". ")[0] for line in warnings(second)] == [f"{WORDS}acct_1"]
    third = sync(server, "customers", state=second.state)
    assert [line.split(". ")[0] for line in warnings(third)] == [f"{WORDS}acct_1, acct_2"]


def test_an_account_that_can_not_be_reached_fails_and_is_no_absent_one(
    account: Account, server: Server
) -> None:
    first = sync_all(server, "customers")
    account.disconnect("acct_1")
    second = sync(server, "customers", state=first.state, connected_accounts="acct_1,acct_2")
    assert second.failure is not None
    assert warnings(second) == []


def test_of_very_many_the_first_are_named(server: Server) -> None:
    bookmark = {"changes_since": "2026-10-30T00:00:00Z"}
    entry = {"ids": [f"acct_{n:02}" for n in range(30)], "bookmark": bookmark}
    state = {"bookmarks": {"customers": {**bookmark, "accounts": [entry]}}}
    (line,) = warnings(sync(server, "customers", state=state))
    assert "acct_19, and 10 more. " in line
    assert "acct_20" not in line
