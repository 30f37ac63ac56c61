"""Connected accounts: answered for by the platform's key, each from its own state and limits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from standin import Account, Clock, Server

NOW = 1_793_491_200


@pytest.fixture
def platform() -> Account:
    """A platform with two connected accounts, acct_1 and acct_2; a customer in each of them."""
    clock = Clock(NOW)
    platform = Account(clock=clock, id="acct_platform", seed=0)
    for seed in (1, 2):
        platform.connect(Account(clock=clock, id=f"acct_{seed}", seed=seed))
    for account in (platform, *platform.connected.values()):
        account.create("customer", name=account.id)
    return platform


@pytest.fixture
def server(platform: Account) -> Iterator[Server]:
    """Its server, with a limit of three requests."""
    with Server(platform, rate_limit=3) as server:
        yield server


def get(server: Server, path: str, account: str | None = None, key: str = "") -> Any:
    headers = {"Authorization": f"Bearer {key or server.account.secret_key}"}
    if account is not None:
        headers["Stripe-Account"] = account
    return requests.get(server.url + path, headers=headers, timeout=5)


def test_each_account_answers_from_its_own_objects_and_feed(server: Server) -> None:
    for account in (None, "acct_1", "acct_2"):
        (customer,) = get(server, "/v1/customers", account).json()["data"]
        assert customer["name"] == (account or "acct_platform")
        (event,) = get(server, "/v1/events", account).json()["data"]
        assert event["data"]["object"]["id"] == customer["id"]
        assert get(server, "/v1/account", account).json()["id"] == customer["name"]


def test_the_platform_lists_its_accounts(server: Server) -> None:
    listed = get(server, "/v1/accounts").json()["data"]
    assert {account["id"] for account in listed} == {"acct_1", "acct_2"}


def test_an_account_that_revoked_access_is_refused_in_stripes_words(
    server: Server, platform: Account
) -> None:
    assert get(server, "/v1/customers", "acct_1").status_code == 200
    platform.disconnect("acct_1")
    answer = get(server, "/v1/customers", "acct_1")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "account_invalid"
    assert answer.json()["error"]["message"] == (
        "The provided key 'sk_test_***' does not have access to account 'acct_1' (or that account "
        "does not exist). Application access may have been revoked."
    )
    assert get(server, "/v1/customers", "acct_2").status_code == 200


def test_a_key_without_connect_permissions_reads_the_platform_only(
    server: Server, platform: Account
) -> None:
    platform.add_key("rk_test_own", {"customer_read"}, connect=False)
    assert get(server, "/v1/customers", key="rk_test_own").status_code == 200
    answer = get(server, "/v1/customers", "acct_1", key="rk_test_own")
    assert answer.status_code == 403
    assert "does not have any Connect permissions" in answer.json()["error"]["message"]


def test_each_account_has_its_own_rate_limit(server: Server) -> None:
    statuses = [get(server, "/v1/customers", "acct_1").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert get(server, "/v1/customers", "acct_2").status_code == 200
