"""Connected accounts: what they cost, and that each has a rate of its own."""

from __future__ import annotations

import threading
from typing import Any, ClassVar

import pytest

from standin import Account, Server
from tap_stripe.api import RateLimiter
from tap_stripe.sync.run import ACCOUNTS_AT_ONCE
from tests.tap.conftest import DAY, NOW
from tests.tap.connect import (
    IDS,
    PLATFORM,
    accounts,
    asked_of,
    platform,
    sync_all,
    with_customers,
)


@pytest.fixture
def account() -> Account:
    """A platform with two connected accounts."""
    return platform()


def test_of_many_accounts_few_are_at_work_at_once() -> None:
    ids = [f"acct_{n}" for n in range(1, 41)]
    owner = platform(ids)
    with_customers(owner, each=3)
    threads: list[int] = []
    with Server(owner) as server:
        server.on_request(lambda _: threads.append(threading.active_count()))
        run = sync_all(server, "customers", "products", "invoices")
        spans = [span(server, id_) for id_ in ids]
    assert run.failure is None
    assert len(run.records("customers")) == 3 * 41
    at_once = [sum(low <= n <= high for low, high in spans) for n in range(len(threads))]
    assert 1 < max(at_once) <= ACCOUNTS_AT_ONCE
    assert max(threads) - min(threads) <= ACCOUNTS_AT_ONCE * 4


def span(server: Server, account: str) -> tuple[int, int]:
    """The first and the last request for an account in the server's log."""
    own = [n for n, r in enumerate(server.requests) if r.headers.get("stripe-account") == account]
    return own[0], own[-1]


class Counted(RateLimiter):
    """A limiter that counts who waits for it, and lets nobody wait."""

    made: ClassVar[list[Counted]] = []

    def __init__(self, per_second: float, *_: Any, **__: Any) -> None:
        super().__init__(per_second)
        self.per_second, self.waited = per_second, 0
        self.made.append(self)

    def wait(self, endpoint: str) -> float:
        self.waited += 1
        return 0


def test_each_account_has_the_whole_rate_for_itself(
    account: Account, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How a limiter keeps its rate, `tests/api/test_limits.py` shows on a clock of its own."""
    monkeypatch.setattr(Counted, "made", [])
    monkeypatch.setattr("tap_stripe.session.RateLimiter", Counted)
    for number, owner in enumerate(accounts(account).values()):
        for n in range(300 * number):
            owner.create("customer", created=NOW - 900 * DAY + n * 20_000, silent=True)
    run = sync_all(server, "customers", requests_per_second=20)
    assert run.failure is None
    assert [limiter.per_second for limiter in Counted.made] == [20, 20, 20]
    asked = sorted(len(asked_of(server, id_)) for id_ in (PLATFORM, *IDS))
    assert sorted(limiter.waited for limiter in Counted.made) == asked
    assert len(set(asked)) == 3, "nobody can tell whose requests these were"


def test_a_run_with_nothing_new_costs_each_account_the_same(
    account: Account, server: Server
) -> None:
    with_customers(account, each=150)
    streams = ("customers", "products", "invoices", "webhook_endpoints", "accounts")
    first = sync_all(server, *streams)
    server.clear()
    account.clock.advance(DAY)
    second = sync_all(server, *streams, state=first.state)
    assert {row["account_id"] for row in second.records("accounts")} == {PLATFORM}
    paths = ["/v1/customers", "/v1/events", "/v1/invoices", "/v1/products", "/v1/webhook_endpoints"]
    for id_ in IDS:
        assert sorted(asked_of(server, id_)) == paths
    # The key's account, its clock, and the accounts: as the list of whom to sync, and as a table.
    own = ["/v1/account", "/v1/accounts", "/v1/accounts", "/v1/events"]
    assert sorted(asked_of(server, PLATFORM)) == sorted(paths + own)
