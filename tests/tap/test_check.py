"""The connection check: what it says, what it asks, and when it passes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from standin import Account, Clock, Fault, Server
from tap_stripe.streams import STREAMS
from tests.tap.command_line import invoke
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import config, selection

RESTRICTED = "rk_test_restricted"


def check(server: Server, *tables: str, **settings: Any) -> tuple[int, dict[str, Any]]:
    """Exit code and findings of a check of some tables, or of those selected by default."""
    catalog = selection(tables) if tables else None
    arguments = ("--check", "--format", "json")
    code, output, _ = invoke(*arguments, settings=config(server, **settings), catalog=catalog)
    found: dict[str, Any] = json.loads(output)
    return code, found


def text(server: Server, *tables: str, **settings: Any) -> list[str]:
    """The lines that a check prints for people."""
    catalog = selection(tables)
    _, output, _ = invoke("--check", settings=config(server, **settings), catalog=catalog)
    return output.splitlines()


def test_an_account_in_which_all_can_be_read(account: Account, server: Server) -> None:
    account.update("acct_test", silent=True, business_profile={"name": "Acme"})
    for arguments in (("--check",), ("--test",)):
        code, output, _ = invoke(*arguments, settings=config(server))
        lines = output.splitlines()
        assert code == 0, output
        assert lines[:2] == [
            "Account: acct_test (Acme)",
            "Mode: test (a sandbox's keys are the same)",
        ]
        tables = {s.table() for s in STREAMS if not s.off_because()}
        said = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines[2:-1]}
        assert said.pop("events").split() == ["(the", "change", "feed)", "ok"]
        assert said.keys() == tables - {"events"}
        assert set(said.values()) == {"ok"}
        told = f"{len(tables)} of {len(tables)} tables can be read, and so can the events; "
        assert lines[-1].startswith(told)


def test_one_record_at_most_is_asked_for_and_each_list_once(
    account: Account, server: Server
) -> None:
    for n in range(5):
        account.create("customer", created=NOW - n * DAY)
    code, _ = check(server)
    assert code == 0
    lists = [r for r in server.requests if r.path != "/v1/account"]
    assert len({r.path for r in lists}) == len(lists) < 60
    # What has no pages comes whole.
    assert {r.path for r in lists if r.params.get("limit") != "1"} == {"/v1/reporting/report_types"}


def test_the_default_tables_take_a_few_seconds_with_stripes_latency_and_limits() -> None:
    account = Account(clock=Clock(NOW), livemode=True, seed=1)
    with Server(account, latency=0.2, rate_limit=100, endpoint_rate_limit=25) as server:
        code, found = check(server, requests_per_second=100)
    assert code == 0
    assert found["livemode"] is True
    assert found["seconds"] < 10  # one after the other they would take twelve


def test_a_missing_permission_is_named_as_stripe_names_it(account: Account, server: Server) -> None:
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    tables = ("customers", "customer_tax_ids", "prices", "price_tiers")
    code, found = check(server, *tables, api_key=RESTRICTED)
    assert code == 1
    assert found["account"] == {"id": "acct_test", "name": None}
    assert {name: entry["status"] for name, entry in found["tables"].items()} == {
        "customers": "ok",
        "customer_tax_ids": "ok",
        "prices": "no_permission",
        "price_tiers": "no_permission",
    }
    lacking = found["tables"]["prices"]
    assert lacking["permissions"] == ["plan_read"]
    assert lacking["permission_name"] == "Prices Read"
    assert lacking["where"] == "https://dashboard.stripe.com/b/acct_test?destination=%2Fapikeys"
    assert lacking["request_id"].startswith("req_")
    assert (
        "prices                    no permission: Prices Read (plan_read); switch it on at "
        "https://dashboard.stripe.com/b/acct_test?destination=%2Fapikeys"
    ) in text(server, *tables, api_key=RESTRICTED)


@pytest.mark.parametrize(
    ("words", "permission", "name"),
    [
        (
            "Having the 'rak_plan_read' permission would allow this request to continue.",
            "plan_read",
            None,
        ),
        (
            "Enabling \"Prices Read\" ('plan_read') permissions would allow this to continue.",
            "plan_read",
            "Prices Read",
        ),
        ("It will not do.", "plan_read", None),
    ],
)
def test_stripes_older_words_are_understood_too(
    server: Server, words: str, permission: str, name: str | None
) -> None:
    message = (
        "The provided key 'rk_test_***SYT3' does not have the required permissions for this "
        f"endpoint on account 'acct_test'. {words}"
    )
    body = {"error": {"message": message, "type": "invalid_request_error"}}
    server.faults.add(Fault(path="/v1/prices", status=403, body=body))
    _, found = check(server, "prices")
    lacking = found["tables"]["prices"]
    assert lacking["permissions"] == [permission]
    assert lacking["permission_name"] == name
    assert lacking["where"] == "https://dashboard.stripe.com/test/apikeys"


def test_a_product_that_is_off_and_a_refusal_come_in_stripes_words(
    account: Account, server: Server
) -> None:
    words = "Your account is not set up to use Issuing. Please visit the dashboard."
    account.disable("/v1/issuing", words)
    server.faults.add(Fault(path="/v1/products", status=422))
    code, found = check(server, "issuing_cards", "products", "customers")
    assert code == 1
    tables = found["tables"]
    assert (tables["issuing_cards"]["status"], tables["issuing_cards"]["message"]) == (
        "off",
        words,
    )
    assert tables["products"]["status"] == "refused"
    assert tables["products"]["message"] == "An error occurred, on order of a test."
    assert tables["products"]["request_id"].startswith("req_")
    assert tables["customers"]["status"] == "ok"


def test_a_change_feed_that_may_not_be_read_fails_the_check(
    account: Account, server: Server
) -> None:
    account.add_key(RESTRICTED, {"customer_read", "file_read"})
    code, found = check(server, "customers", api_key=RESTRICTED)
    assert code == 1
    assert found["feeds"]["events"]["permissions"] == ["event_read"]
    assert found["tables"]["customers"]["status"] == "ok"
    # Nothing tells of changes of files, so nothing need be read.
    code, found = check(server, "file_links", api_key=RESTRICTED)
    assert (code, found["feeds"]) == (0, {})


def test_the_feed_of_api_v2_is_asked_where_its_tables_are_selected(server: Server) -> None:
    _, found = check(server, "v2_core_accounts")
    assert list(found["feeds"]) == ["v2_core_events"]
    assert "/v1/events" not in {r.path for r in server.requests}


def test_what_is_listed_for_one_object_is_asked_for_the_newest_parent(
    account: Account, server: Server
) -> None:
    code, found = check(server, "customer_balance_transactions", "treasury_received_credits")
    assert code == 0
    assert {entry["status"] for entry in found["tables"].values()} == {"untried"}
    customer = account.create("customer", created=NOW - DAY)["id"]
    server.faults.add(Fault(path=f"/v1/customers/{customer}/*", status=422))
    code, found = check(server, "customer_balance_transactions")
    assert code == 1
    assert found["tables"]["customer_balance_transactions"]["status"] == "refused"


def test_a_parent_that_has_nothing_to_ask_for_is_passed_over(
    account: Account, server: Server
) -> None:
    account.create("payout", created=NOW - 2 * DAY, automatic=True)
    account.create("payout", created=NOW - DAY, automatic=False)
    _, found = check(server, "payout_balance_transactions")
    assert found["tables"]["payout_balance_transactions"]["status"] == "ok"


@pytest.mark.parametrize(
    ("key", "words", "advice"),
    [
        ("sk_test_nobodynobody1234", "Invalid API Key provided: sk_test_", "copy it again"),
        ("rk_test_old", "Expired API Key provided: rk_test_", "make a new one at"),
        ("rk_test_elsewhere", "does not allow requests from your IP address", "run where the key"),
        ("pk_test_1", "cannot be made with a publishable API key", "make a restricted key at"),
        ("sk_org_live_1", "when using an Organization API key", "of the account itself at"),
    ],
)
def test_a_key_that_is_refused_is_one_line_and_one_request(
    account: Account, server: Server, key: str, words: str, advice: str
) -> None:
    for secret in ("rk_test_old", "rk_test_elsewhere"):
        account.add_key(secret)
    account.expire_key("rk_test_old")
    account.bar_key("rk_test_elsewhere")
    code, found = check(server, "customers", api_key=key)
    assert code == 1
    (line,) = found["problems"]
    assert words in line
    assert advice in line
    assert "\n" not in line
    assert found["tables"] == {}
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"account_id": "acct_other"}, "The key belongs to acct_test, but account_id is acct_oth"),
        ({"livemode": "live"}, "The key is of test mode, but the setting livemode is live"),
    ],
)
def test_another_account_or_mode_than_the_settings_say_is_one_line(
    server: Server, settings: dict[str, str], words: str
) -> None:
    code, found = check(server, "customers", **settings)
    assert code == 1
    (line,) = found["problems"]
    assert line.startswith(words)
    assert {r.path for r in server.requests} == {"/v1/account"}


def test_nobody_there_is_told_within_seconds(server: Server) -> None:
    nobody = "http://127.0.0.1:9"
    code, found = check(server, "customers", api_url=nobody)
    assert code == 1
    (line,) = found["problems"]
    assert "Connection refused" in line
    assert found["seconds"] < 10


def test_the_sdks_name_for_the_check_minds_the_catalog_too(server: Server) -> None:
    catalog = selection(["customers"])
    code, output, _ = invoke("--test", settings=config(server), catalog=catalog)
    assert code == 0
    assert "customers" in output
    assert "prices" not in output


def test_a_state_of_another_program_is_told_in_the_form_that_is_asked_for(server: Server) -> None:
    state: dict[str, Any] = {"value": {}}
    arguments = ("--check", "--format", "json")
    code, output, _ = invoke(*arguments, settings=config(server), state=state)
    assert code == 1
    found = json.loads(output)
    assert found["ok"] is False
    (problem,) = found["problems"]
    assert problem.startswith("The state is neither of this tap nor of singer-io's tap-stripe: ")
    assert server.requests == []


def test_a_state_of_another_account_is_told_before_anything_is_read(server: Server) -> None:
    bookmarks = {
        "stripe_account": {"account": "acct_other"},
        "customers": {"changes_since": "2026-10-01T00:00:00Z"},
    }
    code, output, _ = invoke("--check", settings=config(server), state={"bookmarks": bookmarks})
    assert code == 1
    assert "The state was made with account acct_other, but the key belongs to acct_test" in output


def untold(server: Server) -> None:
    """Let the account be refused without a word of whose it is."""
    body = {"error": {"message": "You may not.", "type": "invalid_request_error"}}
    server.faults.add(Fault(path="/v1/account", status=403, body=body, times=None))


def test_an_account_that_the_key_may_not_tell_is_named_by_another_refusal(
    account: Account, server: Server
) -> None:
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    untold(server)
    _, found = check(server, "customers", "prices", api_key=RESTRICTED)
    assert found["account"]["id"] == "acct_test"
    code, found = check(server, "prices", api_key=RESTRICTED, account_id="acct_other")
    assert code == 1
    assert "The key belongs to acct_test" in found["problems"][0]


def test_what_nobody_can_tell_is_said(account: Account, server: Server) -> None:
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    untold(server)
    lines = text(server, "customers", "customer_balance_transactions", api_key=RESTRICTED)
    assert lines[0] == "Account: the key may not tell, and need not"
    assert any(line.endswith("there is nothing yet to ask it for") for line in lines)
    server.faults.add(Fault(path="/v1/customers", status=422))
    lines = text(server, "customers", api_key=RESTRICTED)
    (said,) = [line for line in lines if line.startswith("customers")]
    assert "An error occurred, on order of a test. (req_" in said
