"""The check asks the connected accounts too, so that it passes only where a sync would."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.check.accounts import MOST_ACCOUNTS
from tests.tap.command_line import invoke
from tests.tap.connect import IDS, PLATFORM, asked_of, platform, sync_all
from tests.tap.harness import config, selection

KEY = "rk_test_restricted"
READS = frozenset({"customer_read", "event_read", "connected_account_read"})


@pytest.fixture
def account() -> Account:
    """A platform with two connected accounts."""
    return platform()


def check(server: Server, *tables: str, **settings: Any) -> tuple[int, dict[str, Any]]:
    """Exit code and findings of a check of some tables, with all accounts."""
    asked = config(server, **{"connected_accounts": "all", **settings})
    catalog = selection(tables or ("customers",))
    code, output, _ = invoke("--check", "--format", "json", settings=asked, catalog=catalog)
    found: dict[str, Any] = json.loads(output)
    return code, found


def text(server: Server, *tables: str, **settings: Any) -> list[str]:
    """The lines that it prints for people."""
    asked = config(server, **{"connected_accounts": "all", **settings})
    catalog = selection(tables or ("customers",))
    return invoke("--check", settings=asked, catalog=catalog)[1].splitlines()


def test_each_account_is_asked_one_question(account: Account, server: Server) -> None:
    account.add_key(KEY, READS)
    code, found = check(server, api_key=KEY)
    assert code == 0
    assert found["accounts"].keys() == set(IDS)
    assert {entry["status"] for entry in found["accounts"].values()} == {"ok"}
    assert [asked_of(server, id_) for id_ in IDS] == [["/v1/events"]] * 2
    *_, own, first, second, last = text(server, api_key=KEY)
    assert own.split() == ["customers", "ok"]
    assert [first.split()[0], second.split()[0]] == list(found["accounts"])
    assert first.endswith("(connected account)  ok")
    assert "; 2 of 2 connected accounts can be read; " in last


def lost(account: Account) -> dict[str, str]:
    account.disconnect("acct_1")
    return {"connected_accounts": "acct_1,acct_2"}


def without_connect(account: Account) -> dict[str, str]:
    account.add_key(KEY, READS, connect=False)
    return {"api_key": KEY}


@pytest.mark.parametrize(
    ("happen", "words", "advice"),
    [
        (
            lost,
            "no access: The provided key 'sk_test_***' does not have access to account 'acct_1'",
            "; let the account be connected again, or take it out of connected_accounts",
        ),
        (
            lambda _: {"connected_accounts": "acct_1,acct_unknown"},
            "no access: The provided key 'sk_test_***' does not have access to account 'acct_unkn",
            "; let the account be connected again, or take it out of connected_accounts",
        ),
        (
            without_connect,
            "no access: You passed a restricted API key with the Stripe-Account header, but",
            " the form's column for Connect at https://dashboard.stripe.com/test/apikeys",
        ),
    ],
    ids=["revoked", "unknown", "no permissions for Connect"],
)
def test_an_account_that_a_sync_fails_for_fails_the_check(
    account: Account,
    server: Server,
    happen: Callable[[Account], dict[str, str]],
    words: str,
    advice: str,
) -> None:
    settings = happen(account)
    assert sync_all(server, "customers", **settings).failure is not None
    code, found = check(server, **settings)
    assert code == 1
    assert "no_access" in {entry["status"] for entry in found["accounts"].values()}
    assert found["tables"]["customers"]["status"] == "ok"
    lines = [line for line in text(server, **settings) if words in line]
    assert lines
    assert all(line.endswith(advice) for line in lines)


def test_a_permission_that_is_missing_for_connect_is_named_with_its_column(
    account: Account, server: Server
) -> None:
    message = (
        "The provided key 'rk_test_***' does not have the required permissions for this endpoint "
        "on account 'acct_2'. Enabling Events Read ('event_read') permissions on this key would "
        "allow this request to continue."
    )
    body = {"error": {"message": message, "type": "invalid_request_error"}}
    server.faults.add(Fault(path="/v1/events", skip=1, status=403, body=body, times=2))
    code, found = check(server)
    assert code == 1
    assert {entry["status"] for entry in found["accounts"].values()} == {"no_permission"}
    assert {tuple(entry["permissions"]) for entry in found["accounts"].values()} == {
        ("event_read",)
    }
    server.faults.add(Fault(path="/v1/events", skip=1, status=403, body=body, times=2))
    lines = [line for line in text(server) if "(connected account)" in line]
    assert len(lines) == len(IDS)
    assert all(
        "no permission: Events Read (event_read); switch it on at " in line
        and line.endswith("; connected accounts need it in the form's column for Connect")
        for line in lines
    )


def test_accounts_that_are_not_to_be_listed_are_told_beside_the_tables(
    account: Account, server: Server
) -> None:
    account.add_key(KEY, READS - {"connected_account_read"})
    code, found = check(server, api_key=KEY)
    assert code == 1
    (problem,) = found["problems"]
    assert problem.startswith("connected_accounts is all, but they can't be listed: ")
    assert "connected_account_read" in problem
    assert found["tables"]["customers"]["status"] == "ok"
    lines = text(server, api_key=KEY)
    assert problem.split(": ")[0] in lines[2]
    assert lines[-1].startswith("1 of 1 tables can be read, and so can the events; ")


def test_of_very_many_accounts_the_first_are_asked_and_the_rest_counted(
    account: Account, server: Server
) -> None:
    many = ",".join(f"acct_{n}" for n in range(MOST_ACCOUNTS + 3))
    code, found = check(server, connected_accounts=many)
    assert code == 1
    assert len(found["accounts"]) == MOST_ACCOUNTS
    assert found["accounts_not_tried"] == 3
    told = "; 2 of 100 connected accounts can be read; 3 more accounts not tried; "
    assert told in text(server, connected_accounts=many)[-1]


def test_what_the_platform_may_not_read_is_not_asked_of_its_accounts(
    account: Account, server: Server
) -> None:
    account.add_key(KEY, READS - {"event_read"})
    _, found = check(server, api_key=KEY)
    assert found["feeds"]["events"]["status"] == "no_permission"
    assert {entry["status"] for entry in found["accounts"].values()} == {"ok"}
    assert asked_of(server, "acct_1") == ["/v1/customers"]


def test_an_account_without_the_product_can_be_read_all_the_same(
    account: Account, server: Server
) -> None:
    account.connected["acct_1"].disable("/v1/file_links", "Your account is not set up to use it.")
    code, found = check(server, "file_links")
    assert code == 0
    assert asked_of(server, "acct_1") == ["/v1/file_links"]
    assert found["accounts"]["acct_1"]["status"] == "ok"


def test_accounts_of_which_nothing_is_read_are_not_asked(account: Account, server: Server) -> None:
    code, found = check(server, "application_fees")
    assert code == 0
    assert {entry["status"] for entry in found["accounts"].values()} == {"untried"}
    assert {asked_of(server, id_) == [] for id_ in IDS} == {True}
    assert asked_of(server, PLATFORM)
