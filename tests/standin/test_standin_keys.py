"""API keys: missing, wrong, expired, publishable, and restricted ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from standin import Account, Clock, Server

Get = Callable[..., requests.Response]
RESTRICTED = "rk_test_51abcdefSYT3"


def error(answer: requests.Response) -> tuple[int, str, str | None]:
    body = answer.json()["error"]
    assert body["type"] == "invalid_request_error"
    return answer.status_code, body["message"], body.get("code")


def test_no_key(server: Server) -> None:
    status, text, _ = error(requests.get(f"{server.url}/v1/charges", timeout=5))
    assert status == 401
    assert text.startswith("You did not provide an API key. You need to provide your API key in")


def test_wrong_key_is_masked(get: Get) -> None:
    status, text, code = error(get("/v1/charges", key="sk_test_secretsecret1234"))
    assert (status, code) == (401, None)
    assert text == "Invalid API Key provided: sk_test_************1234"


def test_publishable_key(get: Get) -> None:
    status, text, code = error(get("/v1/charges", key="pk_test_1"))
    assert (status, code) == (401, "secret_key_required")
    assert text.startswith("This API call cannot be made with a publishable API key.")


def test_expired_key(get: Get, account: Account) -> None:
    account.add_key(RESTRICTED, {"charge_read"})
    assert get("/v1/charges", key=RESTRICTED).status_code == 200
    account.expire_key(RESTRICTED)
    status, text, code = error(get("/v1/charges", key=RESTRICTED))
    assert (status, code) == (401, "api_key_expired")
    assert text == "Expired API Key provided: rk_test_********SYT3"


def test_key_with_a_list_of_addresses(get: Get, account: Account) -> None:
    account.add_key(RESTRICTED, {"charge_read"})
    account.bar_key(RESTRICTED)
    status, text, code = error(get("/v1/charges", key=RESTRICTED))
    assert (status, code) == (401, None)
    assert text == "The API key provided does not allow requests from your IP address."


def test_key_of_an_organisation(get: Get) -> None:
    status, text, _ = error(get("/v1/charges", key="sk_org_test_1"))
    assert status == 400
    assert text.startswith("Please include the Stripe-Context header with your target account")


def test_basic_authentication(server: Server, account: Account) -> None:
    url = f"{server.url}/v1/charges"
    assert requests.get(url, auth=(account.secret_key, ""), timeout=5).status_code == 200
    answer = requests.get(url, headers={"Authorization": "Basic ???"}, timeout=5)
    assert answer.status_code == 401


def test_missing_permission_is_named(get: Get, account: Account) -> None:
    account.add_key(RESTRICTED, {"charge_read"})
    assert get("/v1/refunds", key=RESTRICTED).status_code == 200
    for path in ("/v1/prices", "/v1/plans", "/v1/prices/price_x"):
        status, text, code = error(get(path, key=RESTRICTED))
        assert (status, code) == (403, "more_permissions_required")
        assert text.startswith(
            "Permission denied. The provided key 'rk_test_...SYT3' does not have the required "
            f"permissions for this endpoint on account '{account.id}'. Enabling Prices Read "
            "('plan_read') permissions on this key would allow this request to continue."
        )


@pytest.mark.parametrize(
    ("permissions", "path", "status"),
    [
        ({"charge_read"}, "/v1/charges?expand[]=data.customer", 403),
        ({"charge_read", "customer_read"}, "/v1/charges?expand[]=data.customer", 200),
        ({"charge_read"}, "/v1/charges?expand[]=data.refunds", 200),
        ({"customer_read"}, "/v1/customers?expand[]=data.subscriptions", 403),
        ({"customer_read"}, "/v1/customers?expand[]=data.sources", 200),
    ],
)
def test_expanding_takes_the_permission_of_what_it_reveals(
    get: Get, account: Account, permissions: set[str], path: str, status: int
) -> None:
    account.add_key(RESTRICTED, permissions)
    assert get(path, key=RESTRICTED).status_code == status


def test_unknown_permissions_are_a_mistake(account: Account) -> None:
    with pytest.raises(ValueError, match="price_read"):
        account.add_key(RESTRICTED, {"price_read"})


def test_another_account(get: Get, account: Account) -> None:
    status, text, code = error(get("/v1/charges", **{"Stripe-Account": "acct_other"}))
    assert (status, code) == (403, "account_invalid")
    assert "does not have access to account 'acct_other'" in text
    assert get("/v1/charges", **{"Stripe-Account": account.id}).status_code == 200


def test_keys_have_the_mode_of_the_account(clock: Clock) -> None:
    assert Account(clock=clock).secret_key.startswith("sk_test_")
    live = Account(clock=clock, livemode=True)
    assert live.secret_key.startswith("sk_live_")
    assert live.create("charge")["livemode"] is True
