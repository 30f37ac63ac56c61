"""The official library reads every list of API v2 without complaint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from standin import Account, Server
from standin.official import object_class
from standin.v2.facts import EVENT, Endpoint, load

LISTS = load().endpoints
MADE = [endpoint for endpoint in LISTS if endpoint.object != EVENT]
NUMBER = 8
# What an object needs to exist at all.
NEEDED: dict[str, dict[str, Any]] = {
    "v2.core.account_person": {"account": "acct_1"},
    "v2.money_management.outbound_setup_intent": {"payout_method": "pm_1"},
    "v2.money_management.payout_intent": {"to": {"payout_method": "pm_1"}},
}


@pytest.fixture
def filled(account: Account) -> Account:
    """The account with eight objects of every kind, three a second, and one of each apart."""
    account.v2.create("v2.core.account", id="acct_1", display_name="Ada's")
    account.v2.create("v2.money_management.payout_method", id="pm_1", type="card")
    for number in range(NUMBER):
        for endpoint in MADE:
            account.v2.create(endpoint.object, **NEEDED.get(endpoint.object, {}))
        if number % 3 == 2:
            account.clock.advance(1)
    return account


def service_of(client: stripe.StripeClient, endpoint: Endpoint) -> Any:
    service: Any = client
    for name in endpoint.path.strip("/").replace("/{parent}", "").split("/"):
        service = getattr(service, name)
    return service


def read(client: stripe.StripeClient, endpoint: Endpoint, **params: Any) -> Iterator[Any]:
    parents = ["acct_1"] if endpoint.parent else []
    found = service_of(client, endpoint).list(*parents, {"limit": 3, **params})
    yield from found.auto_paging_iter()


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda e: str(e.stream))
def test_reads_all_objects_page_by_page(
    client: stripe.StripeClient, filled: Account, endpoint: Endpoint
) -> None:
    found = list(read(client, endpoint))
    assert [item.id for item in found] == [
        item["id"] for item in reversed(filled.v2.all(endpoint.object))
    ]
    assert len(found) >= NUMBER
    assert all(isinstance(item, object_class(endpoint.object)) for item in found)


@pytest.mark.parametrize("endpoint", LISTS, ids=lambda e: str(e.stream))
def test_retrieves_what_it_lists(
    client: stripe.StripeClient, filled: Account, endpoint: Endpoint
) -> None:
    parents = ["acct_1"] if endpoint.parent else []
    for listed in read(client, endpoint):
        found = service_of(client, endpoint).retrieve(*parents, listed.id)
        assert found.to_dict() == listed.to_dict()


def test_a_page_goes_on_where_the_last_one_ended(
    client: stripe.StripeClient, filled: Account, server: Server
) -> None:
    listed = client.v2.core.vault.gb_bank_accounts.list({"limit": 4})
    for _ in range(5):  # what comes meanwhile moves no page
        filled.v2.create("v2.core.vault.gb_bank_account")
    filled.v2.store.table("v2.core.vault.gb_bank_account").remove(listed.data[-1].id)
    ids = [item.id for item in listed.auto_paging_iter()]
    assert len(ids) == len(set(ids)) == NUMBER
    assert [request.path for request in server.requests] == ["/v2/core/vault/gb_bank_accounts"] * 2
