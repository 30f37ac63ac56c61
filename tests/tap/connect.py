"""A platform with connected accounts, and what a warehouse holds of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from standin import Account, Clock, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Message, Mirror, Row, Sync, sync

PLATFORM = "acct_platform"
IDS = ("acct_1", "acct_2")


def platform(ids: Iterable[str] = IDS, now: int = NOW) -> Account:
    """An empty platform with empty connected accounts, all under one clock."""
    clock = Clock(now)
    platform = Account(clock=clock, id=PLATFORM, seed=0)
    for number, id_ in enumerate(ids, start=1):
        platform.connect(Account(clock=clock, id=id_, seed=number))
    return platform


def accounts(platform: Account) -> dict[str, Account]:
    """The platform's own account and those connected to it, by id."""
    return {platform.id: platform, **platform.connected}


def sync_all(server: Server, *streams: str, **settings: Any) -> Sync:
    """Sync the platform with all its accounts."""
    return sync(server, *streams, **{"connected_accounts": "all", **settings})


def rows_of(mirror: Mirror, table: str, account: str) -> dict[tuple[Any, ...], Row]:
    """The living rows of one account, by their keys within it."""
    place = mirror.keys[table].index("account_id") if "account_id" in mirror.keys[table] else None
    return {
        key if place is None else key[:place] + key[place + 1 :]: row
        for key, row in mirror.live(table).items()
        if row["account_id"] == account
    }


def activations(run: Sync, table: str) -> list[Message]:
    """The messages that call off older rows of a table."""
    return [m for m in run.messages if m["type"] == "ACTIVATE_VERSION" and m["stream"] == table]


def asked_of(server: Server, account: str) -> list[str]:
    """The paths that were asked of an account, in order."""
    return [
        request.path
        for request in server.requests
        if request.headers.get("stripe-account", server.account.id) == account
    ]


def with_customers(account: Account, each: int) -> None:
    """Customers in every account, with ids of their own."""
    for id_, owner in accounts(account).items():
        for n in range(each):
            created = NOW - 900 * DAY + n * 20_000
            owner.create("customer", created=created, name=id_, silent=True)
