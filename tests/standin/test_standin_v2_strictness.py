"""What API v2 refuses, hides and filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
import stripe

from standin import Account, official

Get = Callable[..., requests.Response]

ACCOUNTS = "/v2/core/accounts"
BANKS = "/v2/core/vault/us_bank_accounts"
CREDITS = "/v2/money_management/received_credits"
DESTINATIONS = "/v2/core/event_destinations"
EVENTS = "/v2/core/events"
FINANCIAL = "/v2/money_management/financial_accounts"
IMPORTS = "/v2/commerce/product_catalog/imports"

REFUSED = {
    f"{BANKS}?limit=101": "limit must be between 1 and 100",
    f"{BANKS}?limit=0": "limit must be between 1 and 100",
    f"{BANKS}?page=": "Invalid page token: ",
    f"{BANKS}?page=page_2": "Invalid page token: page_2",
    f"{BANKS}?page=é": "Invalid page token: é",
    f"{BANKS}?page[]=page_2": "Invalid page token: ",
    f"{BANKS}?starting_after=usba_1": "Received unknown parameter: starting_after",
    f"{BANKS}?expand[]=data.x": "Received unknown parameter: expand",
    f"{BANKS}?created[gte]=2026-01-01T00:00:00Z": "Received unknown parameter: created",
    f"{BANKS}?verification_status=good": "Invalid verification_status: must be one of",
    f"{CREDITS}?created[gte]=1793491200": "Invalid timestamp: 1793491200",
    f"{CREDITS}?created[gte]=2026-11-01": "Invalid timestamp: 2026-11-01",
    f"{CREDITS}?created[gte]=2026-11-01T00:00:00": "Invalid timestamp: 2026-11-01T00:00:00",
    f"{CREDITS}?created[gte]=2026-13-01T00:00:00Z": "Invalid timestamp: 2026-13-01T00:00:00Z",
    f"{CREDITS}?created[after]=2026-11-01T00:00:00Z": "unknown parameter: created[after]",
    f"{CREDITS}?created=2026-11-01T00:00:00Z": "Invalid object: 2026-11-01T00:00:00Z",
    f"{CREDITS}?created=1793491200": "Invalid object: 1793491200",
    f"{IMPORTS}?created_gte=1793491200": "Invalid timestamp: 1793491200",
    f"{IMPORTS}?created[gte]=2026-11-01T00:00:00Z": "Invalid string",
    f"{ACCOUNTS}?include[0]=identity": "Received unknown parameter: include",
    f"{ACCOUNTS}?applied_configurations[0]=cook": "Invalid applied_configurations: must be one of",
    f"{ACCOUNTS}/acct_1?include[0]=colour": "Invalid include: must be one of",
    f"{ACCOUNTS}/acct_1?include=identity": "Invalid array: identity",
    f"{DESTINATIONS}?include[]=url": "Invalid include: must be one of webhook_endpoint.url",
    f"{FINANCIAL}?statuses[]=lost": "Invalid statuses: must be one of closed, open, pending",
    f"{EVENTS}?types[]=customer.created": "customer.created is not a valid event type",
    f"{EVENTS}?" + "&".join(["types[]=v2.core.account.created"] * 21): "up to 20 types",
    f"{ACCOUNTS}/acct_x": "The resource wasn't found.",
    f"{ACCOUNTS}/acct_x/persons": "The resource wasn't found.",
    f"{ACCOUNTS}/acct_1/persons/person_x": "The resource wasn't found.",
    f"{EVENTS}/evt_x": "The resource wasn't found.",
    "/v2/core/colours": "Unrecognized request URL (GET: /v2/core/colours).",
    "/v2/core/accounts/": "Unrecognized request URL (GET: /v2/core/accounts/).",
}
NOT_FOUND = ("The resource wasn't found.", "Unrecognized request URL")


@pytest.mark.parametrize("path", REFUSED)
def test_refuses(ask: Get, account: Account, path: str) -> None:
    account.v2.create("v2.core.account", id="acct_1")
    answer = ask(path)
    error: dict[str, Any] = answer.json()["error"]
    assert REFUSED[path] in error["message"]
    assert answer.status_code == (404 if error["message"].startswith(NOT_FOUND) else 400)
    assert error["type"] == "invalid_request_error"


def test_a_missing_object_has_the_code_of_api_v2(client: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v2.core.accounts.retrieve("acct_x")
    assert caught.value.code == "not_found"


def test_a_page_token_is_good_for_one_question_only(ask: Get, account: Account) -> None:
    for _ in range(5):
        account.v2.create("v2.core.vault.us_bank_account")
    url = ask(f"{BANKS}?limit=2").json()["next_page_url"]
    assert url.startswith(f"{BANKS}?limit=2&page=page_")
    assert ask(url).status_code == 200
    for other in (
        url.replace("limit=2", "limit=3"),
        url.replace("limit=2&", ""),
        url.replace(BANKS, "/v2/core/vault/gb_bank_accounts"),
        url[:-2] + "AA",
        url[:-30] + ("A" if url[-30] != "A" else "B") + url[-29:],
        url + "!",
        url.replace("page_", ""),
        url + "&verification_status=verified",
    ):
        answer = ask(other)
        assert answer.status_code == 400, other
        assert answer.json()["error"]["param"] == "page"


def test_pages_lead_back_too(ask: Get, account: Account) -> None:
    made = [account.v2.create("v2.core.vault.us_bank_account")["id"] for _ in range(5)]
    newest = made[::-1]
    first = ask(f"{BANKS}?limit=2").json()
    second = ask(first["next_page_url"]).json()
    third = ask(second["next_page_url"]).json()
    shown = [[item["id"] for item in page["data"]] for page in (first, second, third)]
    assert shown == [newest[:2], newest[2:4], newest[4:]]
    assert (first["previous_page_url"], third["next_page_url"]) == (None, None)
    back = ask(third["previous_page_url"]).json()
    assert back["data"] == second["data"]
    assert ask(back["next_page_url"]).json()["data"] == third["data"]
    front = ask(back["previous_page_url"]).json()
    assert front["data"] == first["data"]
    assert front["previous_page_url"] is None
    assert set(first) == {"data", "next_page_url", "previous_page_url"}


def test_ten_to_a_page(ids: Callable[[str], list[str]], account: Account) -> None:
    for _ in range(12):
        account.v2.create("v2.core.vault.us_bank_account")
    assert len(ids(BANKS)) == 10
    assert len(ids(f"{BANKS}?limit=100")) == 12


def test_keys_versions_and_methods(get: Get, ask: Get, account: Account) -> None:
    assert get(BANKS).status_code == 400
    assert "Stripe-Version" in get(BANKS).json()["error"]["message"]
    assert ask(BANKS, key="sk_test_wrong").status_code == 401
    assert ask(BANKS, **{"Stripe-Version": "2099-01-01"}).status_code == 400
    basic = requests.get(
        ask(BANKS).url,
        auth=(account.secret_key, ""),
        headers={"Stripe-Version": official.PRESENT_VERSION},
        timeout=5,
    )
    assert basic.status_code == 401
    assert requests.post(
        ask(BANKS).url, headers={"Authorization": f"Bearer {account.secret_key}"}, timeout=5
    ).status_code == 405  # fmt: skip


def test_permissions(ask: Get, account: Account) -> None:
    account.add_key("rk_test_none", [])
    account.add_key("rk_test_accounts", ["v2_account_storer_read"])
    refused = ask(ACCOUNTS, key="rk_test_none")
    assert refused.status_code == 403
    assert "'v2_account_storer_read'" in refused.json()["error"]["message"]
    assert ask(ACCOUNTS, key="rk_test_accounts").status_code == 200
    assert ask(BANKS, key="rk_test_none").status_code == 200


def test_a_product_that_is_not_switched_on(ask: Get, account: Account) -> None:
    text = "Accounts v2 is not enabled for your platform."
    account.disable(ACCOUNTS, text)
    for path in (ACCOUNTS, f"{ACCOUNTS}/acct_1", f"{ACCOUNTS}/acct_1/persons"):
        answer = ask(path)
        assert (answer.status_code, answer.json()["error"]["message"]) == (400, text)
    assert ask(BANKS).status_code == 200
