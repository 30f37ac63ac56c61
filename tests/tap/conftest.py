"""An empty account with its server, at a fixed time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from standin import Account, Clock, Server

NOW = 1793523600  # 2026-11-01T09:00:00Z
DAY = 86_400


@pytest.fixture
def account() -> Account:
    """An empty test-mode account; its clock stands still until a test moves it."""
    return Account(clock=Clock(NOW), id="acct_test", seed=1)


@pytest.fixture
def server(account: Account) -> Iterator[Server]:
    """The account's API on a local port."""
    with Server(account) as running:
        yield running
