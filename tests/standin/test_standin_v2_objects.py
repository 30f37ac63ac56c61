"""What the lists of API v2 filter, hide and include, and what its objects hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
import stripe

from standin import Account, Clock
from standin.v2 import times

Get = Callable[..., requests.Response]

ACCOUNTS = "/v2/core/accounts"
BANKS = "/v2/core/vault/us_bank_accounts"
CREDITS = "/v2/money_management/received_credits"
DESTINATIONS = "/v2/core/event_destinations"
FINANCIAL = "/v2/money_management/financial_accounts"
IMPORTS = "/v2/commerce/product_catalog/imports"
METHODS = "/v2/money_management/payout_methods"
TRANSACTIONS = "/v2/money_management/transactions"


def test_created_ranges(ids: Callable[[str], list[str]], account: Account, clock: Clock) -> None:
    start = clock.now()
    for number in range(5):
        moment = start + number / 4
        account.v2.create("v2.money_management.received_credit", id=f"rc_{number}", created=moment)
        account.v2.create("v2.commerce.product_catalog_import", id=f"im_{number}", created=moment)
    at = "2026-11-01T00:00:00.500Z"
    wanted = {"gt": [4, 3], "gte": [4, 3, 2], "lt": [1, 0], "lte": [2, 1, 0]}
    for operator, numbers in wanted.items():
        assert ids(f"{CREDITS}?created[{operator}]={at}") == [f"rc_{n}" for n in numbers]
        assert ids(f"{IMPORTS}?created_{operator}={at}") == [f"im_{n}" for n in numbers]
    assert ids(f"{IMPORTS}?created={at}") == ["im_2"]
    both = f"{CREDITS}?created[gt]=2026-11-01T00:00:00Z&created[lt]=2026-11-01T01:00:00.75%2B01:00"
    assert ids(both) == ["rc_2", "rc_1"]


def test_closed_accounts_hide(ids: Callable[[str], list[str]], account: Account, ask: Get) -> None:
    for name in ("acct_open", "acct_shut"):
        account.v2.create("v2.core.account", id=name)
    account.v2.update("acct_shut", closed=True)
    assert ids(ACCOUNTS) == ids(f"{ACCOUNTS}?closed=false") == ["acct_open"]
    assert ids(f"{ACCOUNTS}?closed=true") == ["acct_shut"]
    assert ask(f"{ACCOUNTS}/acct_shut").json()["closed"] is True


def test_closed_financial_accounts_hide(ids: Callable[[str], list[str]], account: Account) -> None:
    for status in ("open", "pending", "closed"):
        account.v2.create("v2.money_management.financial_account", id=f"fa_{status}", status=status)
    assert ids(FINANCIAL) == ["fa_pending", "fa_open"]
    assert ids(f"{FINANCIAL}?statuses[]=closed&statuses[]=open") == ["fa_closed", "fa_open"]
    assert ids(f"{FINANCIAL}?statuses[0]=closed") == ["fa_closed"]


def test_other_filters(ids: Callable[[str], list[str]], account: Account) -> None:
    create = account.v2.create
    create("v2.core.account", id="acct_m", applied_configurations=["merchant"])
    create("v2.core.account", id="acct_mc", applied_configurations=["merchant", "customer"])
    path = f"{ACCOUNTS}?applied_configurations[0]=customer&applied_configurations[1]=merchant"
    assert ids(path) == ["acct_mc"]
    create("v2.core.vault.us_bank_account", id="usba_v", verification={"status": "verified"})
    create("v2.core.vault.us_bank_account", verification={"status": "unverified"})
    assert ids(f"{BANKS}?verification_status=verified") == ["usba_v"]
    flow = {"type": "adjustment", "adjustment": "adj_1"}
    create("v2.money_management.transaction", id="trxn_1", flow=flow)
    create("v2.money_management.transaction", id="trxn_2", flow={**flow, "adjustment": "adj_2"})
    create("v2.money_management.transaction", id="trxn_3")
    assert ids(f"{TRANSACTIONS}?flow=adj_1") == ["trxn_1"]
    usage = {"payments": "eligible", "transfers": "invalid"}
    create("v2.money_management.payout_method", id="pm_1", usage_status=usage)
    create(
        "v2.money_management.payout_method",
        id="pm_2",
        usage_status={**usage, "payments": "invalid"},
    )
    path = f"{METHODS}?usage_status[payments][0]=eligible&usage_status[transfers][0]=invalid"
    assert ids(path) == ["pm_1"]


def test_included_fields(client: stripe.StripeClient, ask: Get, account: Account) -> None:
    account.v2.create(
        "v2.core.account",
        id="acct_1",
        identity={"country": "us"},
        configuration={"customer": {}, "merchant": {"mcc": "5734"}},
        contact_email="ada@example.com",
    )
    [listed] = client.v2.core.accounts.list().data
    plain = client.v2.core.accounts.retrieve("acct_1")
    assert listed.to_dict() == plain.to_dict()
    assert (plain.identity, plain.configuration) == (None, None)
    assert plain.contact_email == "ada@example.com"
    found = client.v2.core.accounts.retrieve(
        "acct_1", {"include": ["identity", "configuration.merchant"]}
    )
    assert found.identity is not None
    assert found.identity.country == "us"
    assert found.configuration is not None
    assert found.configuration.customer is None
    assert found.configuration.merchant is not None
    assert found.configuration.merchant.mcc == "5734"
    assert found.defaults is None
    both = ask(f"{ACCOUNTS}/acct_1?include[]=identity&include[]=configuration.merchant").json()
    assert both["identity"]["country"] == "us"


def test_included_fields_in_lists(client: stripe.StripeClient, account: Account) -> None:
    account.v2.create("v2.core.event_destination", webhook_endpoint={"url": "https://example.com"})
    destinations = client.v2.core.event_destinations
    assert destinations.list().data[0].webhook_endpoint is None
    shown = destinations.list({"include": ["webhook_endpoint.url"]}).data[0].webhook_endpoint
    assert shown is not None
    assert shown.url == "https://example.com"
    insured = {"bank_name": "fifth_third", "currencies": ["usd"], "type": "fdic"}
    account.v2.create(
        "v2.money_management.financial_account",
        storage={"holds_currencies": ["usd"], "deposit_insurance_eligibility": [insured]},
    )
    accounts = client.v2.money_management.financial_accounts
    plain = accounts.list().data[0].storage
    assert plain is not None
    assert (plain.deposit_insurance_eligibility, plain.holds_currencies) == (None, ["usd"])
    [full] = accounts.list({"include": ["storage.deposit_insurance_eligibility"]}).data
    assert full.storage is not None
    assert full.storage.deposit_insurance_eligibility is not None
    assert full.storage.deposit_insurance_eligibility[0].bank_name == "fifth_third"


def test_times_and_whole_numbers_travel_as_text(ask: Get, account: Account, clock: Clock) -> None:
    made = account.v2.create(
        "v2.commerce.product_catalog_import",
        created=clock.now() + 0.25,
        status_details={"succeeded": {"success_count": "9007199254740993"}},
    )
    sent = ask(f"{IMPORTS}/{made['id']}").json()
    assert sent["created"] == "2026-11-01T00:00:00.250Z"
    assert sent["status_details"]["succeeded"]["success_count"] == "9007199254740993"
    account.v2.create("v2.core.event_destination", id="ed_1")
    clock.advance(60)
    account.v2.update("ed_1", name="Shop")
    sent = ask(f"{DESTINATIONS}/ed_1").json()
    assert sent["created"] == "2026-11-01T00:00:00.000Z"
    assert sent["updated"] == "2026-11-01T00:01:00.000Z"
    source: dict[str, Any] = {"from": {"payment_method": {"type": "us_bank_account"}}}
    account.v2.create("v2.money_management.inbound_transfer", id="ibt_1", **source)
    assert "from" in ask("/v2/money_management/inbound_transfers/ibt_1").json()


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("v2.core.account", {"colour": "red"}, "has no field 'colour'"),
        ("v2.core.account", {"closed": "yes"}, "must be of type bool"),
        ("v2.core.account", {"identity": {"colour": 1}}, "identity has no field 'colour'"),
        ("v2.core.account_person", {}, "there is no v2.core.account ''"),
        ("v2.core.account_person", {"account": "acct_x"}, "there is no v2.core.account 'acct_x'"),
        ("v2.money_management.outbound_setup_intent", {"payout_method": "pm_x"}, "there is no"),
        (
            "v2.money_management.received_credit",
            {"status_transitions": {"succeeded_at": "2026-11-01"}},
            "status_transitions.succeeded_at must be like",
        ),
        (
            "v2.money_management.inbound_transfer",
            {"transfer_history": [{"created": "2026-11-01T00:00:00Z"}]},
            "must be like",
        ),
        (
            "v2.commerce.product_catalog_import",
            {"status_details": {"succeeded": {"success_count": 3}}},
            "must be of type Int64",
        ),
        ("v2.core.event", {}, "events are written by changes"),
        ("v2.core.account_link", {}, "API v2 lists no v2.core.account_link"),
    ],
)
def test_objects_are_checked(
    account: Account, kind: str, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises((ValueError, KeyError), match=message):
        account.v2.create(kind, **fields)


def test_persons_belong_to_one_account(
    ids: Callable[[str], list[str]], ask: Get, account: Account
) -> None:
    for number in (1, 2):
        account.v2.create("v2.core.account", id=f"acct_{number}")
        account.v2.create("v2.core.account_person", id=f"person_{number}", account=f"acct_{number}")
    assert ids(f"{ACCOUNTS}/acct_2/persons") == ["person_2"]
    assert ask(f"{ACCOUNTS}/acct_2/persons/person_2").status_code == 200
    assert ask(f"{ACCOUNTS}/acct_2/persons/person_1").status_code == 404


def test_an_id_is_given_once(account: Account) -> None:
    account.v2.create("v2.core.account", id="acct_1")
    with pytest.raises(ValueError, match="acct_1 exists already"):
        account.v2.create("v2.core.account", id="acct_1")


def test_metadata_may_say_anything(account: Account) -> None:
    account.v2.create("v2.core.account", metadata={"created": "long ago"})


def test_embedded_objects_are_shown_as_they_are_now(ask: Get, account: Account) -> None:
    account.v2.create("v2.money_management.payout_method", id="pm_1")
    account.v2.create("v2.money_management.outbound_setup_intent", id="osi_1", payout_method="pm_1")
    account.v2.update("pm_1", archived=True)
    shown = ask("/v2/money_management/outbound_setup_intents/osi_1").json()
    assert shown["payout_method"]["archived"] is True


def test_moments() -> None:
    assert times.parse("1970-01-01T00:00:01.2345Z") == 1234
    assert times.parse("1970-01-01T01:00:00+01:00") == 0
    assert times.text(1234) == "1970-01-01T00:00:01.234Z"
    assert times.parse(times.text(1_793_491_200_007)) == 1_793_491_200_007
