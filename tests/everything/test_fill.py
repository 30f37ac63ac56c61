"""An account filled with everything: what it counts is what the lists show, and it is sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from standin import Account, Clock, Server, everything, objects
from standin.everything.apis import Apis
from standin.everything.owners import listed
from standin.facts import load
from standin.v2.facts import EVENT
from tests.everything.reading import Client

NOW = 1_793_491_200
EACH = 24
DAY = 86_400
Contents = dict[str, list[dict[str, Any]]]


def filled(*, each: int = EACH, seed: int = 3) -> Account:
    account = Account(clock=Clock(NOW), seed=7)
    everything.fill(account, each=each, seed=seed)
    return account


@pytest.fixture(scope="module")
def account() -> Account:
    return filled()


@pytest.fixture(scope="module")
def contents(account: Account) -> Contents:
    return everything.contents(account)


@pytest.fixture(scope="module")
def read(account: Account) -> Iterator[Contents]:
    with Server(account) as server:
        client = Client(server)
        yield client.every_list()
        client.close()


def test_all_135_collections_are_filled(contents: Contents) -> None:
    short = {stream: len(held) for stream, held in contents.items() if len(held) < EACH}
    assert len(contents) == 135
    assert set(short) == {"plans"}  # one per recurring price


def test_fill_counts_what_the_lists_show(contents: Contents, read: Contents) -> None:
    counted = everything.fill(Account(clock=Clock(NOW), seed=7), each=EACH, seed=3)
    assert counted == {stream: len(shown) for stream, shown in read.items()}
    assert counted == {stream: len(held) for stream, held in contents.items()}


def test_contents_are_what_the_lists_show(contents: Contents, read: Contents) -> None:
    for stream, held in contents.items():
        assert _sorted(read[stream]) == _sorted(held), stream


def test_same_seed_same_account(contents: Contents) -> None:
    assert everything.contents(filled()) == contents
    assert everything.contents(filled(seed=4)) != contents


def test_every_object_passes_the_strict_check(account: Account) -> None:
    for store in (account.ledger.store, account.v2.store):
        for kind, table in store.tables.items():
            for row in table.rows.values():
                if kind != EVENT:  # its fields beyond the common ones depend on its type
                    assert objects.check(kind, row.data) == row.data


def test_every_nested_list_is_cut_somewhere_and_empty_elsewhere(account: Account) -> None:
    renderer = account.ledger.renderer
    for owner, facts in load().objects.items():
        for field, nested in facts.nested.items():
            rows = account.ledger.store.table(owner).rows
            sizes = {len(renderer.members(nested, row_id)) for row_id in rows}
            if rows and not facts.beside:  # what stands beside others comes with its first member
                assert max(sizes) > 10, f"{owner}.{field}"
                assert min(sizes) == 0, f"{owner}.{field}"


@pytest.mark.parametrize(
    ("stream", "parents", "link"),
    [
        ("account_persons", "accounts", "account"),
        ("treasury_received_debits", "treasury_financial_accounts", "financial_account"),
        ("transfer_reversals", "transfers", "transfer"),
        ("v2_core_account_persons", "v2_core_accounts", "account"),
    ],
)
def test_the_first_parent_has_many_children_and_the_second_none(
    contents: Contents, stream: str, parents: str, link: str
) -> None:
    children = Counter(child[link] for child in contents[stream])
    first, second, *_ = [parent["id"] for parent in contents[parents]]
    assert children[first] >= 12
    assert children[second] == 0


def test_the_account_itself_is_no_parent(account: Account) -> None:
    assert account.id in {row.id for row in Apis(account).rows("account")}
    assert account.id not in {row.id for row in listed(Apis(account), "account")}


def test_too_few_of_each_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 4"):
        filled(each=3)


def test_times_lie_in_the_last_400_days_and_some_are_equal(contents: Contents) -> None:
    times = [charge["created"] for charge in contents["charges"]]
    assert NOW - 400 * DAY <= min(times) < NOW - 300 * DAY
    assert max(times) < NOW
    shared = [
        stream
        for stream, held in contents.items()
        if max(Counter(shown.get("created") for shown in held).values()) > 1
    ]
    assert len(shared) > 100


def test_events_of_the_past_are_as_many_as_anything_else(contents: Contents) -> None:
    assert len(contents["events"]) == len(contents["v2_core_events"]) == EACH


def test_every_field_has_a_value_somewhere() -> None:
    account = filled(each=150)
    empty = {
        f"{kind}.{name}"
        for store in (account.ledger.store, account.v2.store)
        for kind, table in store.tables.items()
        if not kind.endswith("event")
        for name in _never_filled([row.data for row in table.rows.values()])
    }
    assert len(empty) <= 3, empty


def _never_filled(rows: list[dict[str, Any]]) -> set[str]:
    """What stays null; a test clock would hide the object, only the deleted are ``deleted``."""
    names = {name for data in rows for name in data} - {"deleted", "test_clock"}
    return {name for name in names if all(data.get(name) is None for data in rows)}


def _sorted(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(held, key=lambda shown: (shown["id"], shown.get("account", "")))
