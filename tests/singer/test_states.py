"""The states of many accounts in one Singer state."""

from __future__ import annotations

import copy
import json
from typing import Any

from meltano.core.utils import merge

from tap_stripe.singer.states import States

STREAMS = [f"stream_{n}" for n in range(90)]


def bookmark(created: int, version: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "replication_key": "created",
        "replication_key_value": f"2026-11-{created:02}T09:00:00Z",
        "changes_since": f"2026-11-{created:02}T09:00:00Z",
        "table_version": version,
        **more,
    }


def synced(states: States, account: str, **bookmarks: dict[str, Any]) -> None:
    states.take(account)["bookmarks"].update(bookmarks)
    states.put_back(account)


def test_an_account_gets_back_what_it_left_and_others_are_not_touched() -> None:
    states = States({"bookmarks": {"charges": bookmark(3)}})
    synced(states, "acct_1", charges=bookmark(1))
    synced(states, "acct_2", charges=bookmark(1))
    states = States(json.loads(json.dumps(states.value())))
    taken = states.take("acct_1")
    assert taken == {"bookmarks": {"charges": bookmark(1)}}
    taken["bookmarks"]["charges"]["table_version"] = 7
    value = states.value()["bookmarks"]["charges"]
    assert value == {
        **bookmark(3),
        "accounts": [
            {"ids": ["acct_2"], "bookmark": bookmark(1)},
            {"ids": ["acct_1"], "bookmark": bookmark(1, version=7)},
        ],
    }
    assert states.own == {"bookmarks": {"charges": bookmark(3)}}


def test_without_connected_accounts_the_state_is_as_it_was() -> None:
    state = {"bookmarks": {"charges": bookmark(1)}}
    assert States(state).value() is state


def test_a_thousand_accounts_that_are_in_step_take_few_megabytes() -> None:
    states = States({"bookmarks": {name: bookmark(1) for name in STREAMS}})
    for n in range(1000):
        synced(states, f"acct_1A2b3C4d5E6f{n:04}", **{name: bookmark(1) for name in STREAMS})
    assert len(json.dumps(states.value())) < 2_500_000


def test_a_state_that_meltano_merges_with_an_earlier_one_is_the_later_one() -> None:
    states = States({"bookmarks": {"charges": bookmark(1)}})
    for account in ("acct_1", "acct_2"):
        synced(states, account, charges=bookmark(1, activate=True))
    earlier = copy.deepcopy(states.value())
    states.take("acct_1")["bookmarks"]["charges"] = bookmark(2)
    states.put_back("acct_1")
    later = states.value()
    merged = merge(copy.deepcopy(later), earlier)  # type: ignore[no-untyped-call]
    assert merged == later


def test_rows_are_as_old_as_those_of_the_account_that_is_furthest_behind() -> None:
    states = States({"bookmarks": {"charges": bookmark(1, version=8)}})
    assert states.oldest_version("charges") == 8
    synced(states, "acct_1", charges=bookmark(1, version=5))
    synced(states, "acct_2", charges=bookmark(1, version=9), coupons=bookmark(1, version=2))
    assert (states.oldest_version("charges"), states.newest_version("charges")) == (5, 9)
    states.take("acct_1")["bookmarks"]["charges"]["activate"] = True
    assert states.oldest_version("charges") == 0
    assert states.oldest_version("coupons") == 2
    assert states.oldest_version("refunds") == states.newest_version("refunds") == 0


def test_every_part_of_a_table_counts() -> None:
    parts = [{"context": {"parent": n}, "table_version": v} for n, v in (("a", 3), ("b", 2))]
    states = States({"bookmarks": {"discounts": {"partitions": parts}}})
    assert states.oldest_version("discounts") == 2
    assert states.newest_version("discounts") == 3
