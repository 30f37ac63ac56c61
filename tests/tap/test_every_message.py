"""Each message of the catalogue of errors is made to happen, and shows no key."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.tap import TapStripe
from tests.docs.test_errors import OURS, STRIPES
from tests.tap.command_line import invoke
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import captured_log, config, selection, sync
from tests.tap.process import command
from tests.tap.secret import SECRET, everything_logged, reveals
from tests.tap.world import World

OTHER = "acct_other"
REMEMBERED: Mapping[str, Any] = {"customers": {"changes_since": "2026-10-30T00:00:00Z"}}
NO_NAME = {
    "error": {
        "message": "The key does not have the required permissions for this endpoint.",
        "type": "invalid_request_error",
    }
}


def remembering(**whose: Any) -> dict[str, Any]:
    return {"bookmarks": {**REMEMBERED, "stripe_account": whose}}


def setting(name: str, value: object) -> Callable[[World], str]:
    return lambda world: world.invoking(**{name: value})


def expired(world: World) -> str:
    world.account.add_key("rk_test_old")
    world.account.expire_key("rk_test_old")
    return world.syncing(api_key="rk_test_old")


def barred(world: World) -> str:
    world.account.add_key("rk_test_elsewhere")
    world.account.bar_key("rk_test_elsewhere")
    return world.syncing(api_key="rk_test_elsewhere")


def without_account(world: World, **what: Any) -> str:
    """A sync where Stripe's refusal does not name the account."""
    world.server.faults.add(Fault(path="/v1/account", status=403, body=NO_NAME, times=None))
    return world.syncing(**what)


def without_mode(world: World) -> str:
    world.account.add_key("sk_0abcdefghijklmnop")
    return world.syncing(api_key="sk_0abcdefghijklmnop", livemode="live")


def answering(
    path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> Callable[[World], str]:
    """A sync where a path answers like this."""

    def happen(world: World) -> str:
        fault = Fault(path=path, status=200, body=body, headers=headers or {}, times=None)
        world.server.faults.add(fault)
        return world.syncing()

    return happen


def stopped(world: World) -> str:
    tap = TapStripe(config=config(world.server), catalog=selection(["customers"]))
    tap._stop.set()  # noqa: SLF001  (a signal would end the tests too)
    with captured_log() as log, pytest.raises(SystemExit):
        tap.sync_all()
    return log.getvalue()


def left_alone(world: World) -> str:
    for n in range(1500):
        world.account.create("customer", created=NOW - 90 * DAY + n, silent=True)
    line = command(world.folder, world.server, ("customers",))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        return process.stderr.read().decode()


def without_room(world: World) -> str:
    world.account.create("customer")
    with Path("/dev/full").open("wb") as full:
        line = command(world.folder, world.server, ("customers",))
        run = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    return run.stderr


def gone_meanwhile(world: World) -> str:
    customer = world.account.create("customer", created=NOW - DAY)["id"]

    def delete_first(request: Any) -> None:
        if request.path.endswith("/balance_transactions") and world.account.all("customer"):
            world.account.delete(customer)

    world.server.on_request(delete_first)
    return world.syncing("customer_balance_transactions")


def nowhere_to_be_found(world: World) -> str:
    first = sync(world.server, "charges")
    world.account.clock.advance(DAY)
    charge = {"id": "ch_gone", "object": "charge", "created": NOW - 50 * DAY}
    world.account.emit("charge.updated", charge)
    return world.syncing("charges", state=first.state)


def tried_again(world: World) -> str:
    world.server.faults.add(Fault(path="/v1/customers", status=500))
    return world.syncing()


def without_feed(world: World) -> str:
    key = world.restricted("customer_read")
    first = sync(world.server, "customers", api_key=key)
    world.account.clock.advance(DAY)
    return world.syncing(state=first.state, api_key=key)


def new_field(world: World) -> str:
    customer = {"id": "cus_1", "object": "customer", "created": NOW - DAY, "invented": 1}
    body = {"object": "list", "url": "/v1/customers", "has_more": False, "data": [customer]}
    world.server.faults.add(Fault(path="/v1/customers", status=200, body=body))
    return world.syncing()


def secretive(world: World) -> str:
    world.account.create("account", silent=True, created=NOW - DAY)
    refusal = {"error": {"message": "You do not have Platform Controls.", "type": "x"}}
    fault = Fault(path="/v1/accounts/*/persons", status=403, body=refusal, times=None)
    world.server.faults.add(fault)
    return world.syncing("account_persons")


def off(path: str, message: str, table: str) -> Callable[[World], str]:
    def happen(world: World) -> str:
        world.account.disable(path, message)
        return world.syncing(table)

    return happen


def failing(status: int, **fault: Any) -> Callable[[World], str]:
    def happen(world: World) -> str:
        world.server.faults.add(Fault(path="/v1/customers", status=status, times=None, **fault))
        return world.syncing()

    return happen


def with_state(state: dict[str, Any]) -> Callable[[World], str]:
    def happen(world: World) -> str:
        code, output, log = invoke(settings=config(world.server), state=state)
        assert code == 1
        return output + log

    return happen


def connected(world: World, *permissions: str) -> str:
    """A sync of two connected accounts with a key that may not read customers."""
    for id_ in ("acct_1", "acct_2"):
        world.account.connect(Account(clock=world.account.clock, id=id_, seed=3))
    return world.syncing(connected_accounts="acct_1,acct_2", api_key=world.restricted(*permissions))


HAPPEN: Mapping[str, Callable[[World], str]] = {
    "it is missing. Make": setting("api_key", ""),
    "this is no Stripe key": setting("api_key", "rk_live_two words"),
    "is no ISO 8601 date": setting("start_date", "last year"),
    "is no account id": setting("account_id", "cus_1"),
    "is no mode": setting("livemode", "both"),
    "neither true nor false": setting("accept_other_account", "yes"),
    "this is no URL": setting("api_url", "stripe"),
    "travel unencrypted": setting("api_url", "http://example.com"),
    "this is no text": setting("summary_path", 7),
    "there is a key in it": setting("api_url", f"https://example.com/{SECRET}"),
    "this is no JSON object": setting("stream_maps", "id"),
    "Setting stream_maps": setting("stream_maps", {"customers": {"id": "name("}}),
    "but flattening_enabled is true": setting("flattening_enabled", value=True),
    "each must be ENV": lambda world: world.invoking("--config", str(world.folder / "none.json")),
    "must hold a JSON object": lambda world: world.invoking("--state", __file__),
    "is no whole number": setting("concurrency", 0),
    "markdown": lambda world: world.invoking("--check", "--format", "markdown"),
    "this is the publishable key": lambda world: world.syncing(api_key="pk_test_1"),
    "publishable API key": lambda world: world.syncing(api_key="pk_live_1"),
    "keys of an organisation": lambda world: world.syncing(api_key="sk_org_live_1"),
    "Stripe-Context": lambda world: world.syncing(api_key="sk_org_test_1"),
    "has expired or was rolled": expired,
    "Expired API Key": expired,
    "allow this machine's address": barred,
    "from your IP address": barred,
    "was mistyped, deleted": lambda world: world.syncing(api_key="rk_live_nobodysnobodys1234"),
    "Invalid API Key": lambda world: world.syncing(api_key="sk_test_nobodysnobodys1234"),
    "but account_id is": lambda world: world.syncing(account_id=OTHER),
    "but the setting livemode is": lambda world: world.syncing(livemode="test"),
    "The state was made with account": lambda world: world.syncing(
        state=remembering(account=OTHER)
    ),
    "The state was made in": lambda world: world.syncing(state=remembering(livemode=False)),
    "so account_id is not checked": lambda world: without_account(world, account_id=OTHER),
    "so it is not checked that": lambda world: without_account(
        world, state=remembering(account=OTHER)
    ),
    "does not tell its mode": without_mode,
    "of the … are not up to date": failing(422),
    "these are no account ids": setting("connected_accounts", 7),
    ", and not …": setting("connected_accounts", "acct_1, everything"),
    "to tell it from connected ones": lambda world: without_account(
        world, connected_accounts="acct_1"
    ),
    "but they can't be listed": lambda world: world.syncing(
        connected_accounts="all", api_key=world.restricted("customer_read", "event_read")
    ),
    "neither of this tap nor": with_state({"value": {}}),
    "it has no bookmarks": with_state({"value": {}}),
    "what neither tap says": with_state({"bookmarks": {"customers": {"cursor": 7}}}),
    "it mixes both": with_state({"bookmarks": {"charges": {"created": 1793523600}, **REMEMBERED}}),
    "The account is not up to date": lambda world: world.syncing(connected_accounts="acct_lost"),
    "does not have access to account": lambda world: world.syncing(connected_accounts="acct_lost"),
    "more accounts": lambda world: connected(world, "event_read"),
    "summary_path can't be written": lambda world: world.syncing(
        summary_path=str(world.folder / "nowhere" / "summary.json")
    ),
    "skipped: ": lambda world: world.syncing(api_key=world.restricted("event_read")),
    "a restricted key needs": failing(403, body=NO_NAME),
    "failed": failing(422),
    "may not read events": without_feed,
    "new rows were read": without_feed,
    "keeps this to itself": secretive,
    "has gone, with": gone_meanwhile,
    "can no longer be read": nowhere_to_be_found,
    "start_date is earlier now": lambda world: world.later(1, "customers", start_date="2026-10-01"),
    "last in step at": lambda world: world.later(31, "customers"),
    "are lost to the warehouse": lambda world: world.later(40, "events"),
    "which the schema does not know": new_field,
    "Trying again": tried_again,
    "gave up after": lambda world: world.asking(fault=Fault(status=500)),
    "The transfer of": lambda world: world.asking(fault=Fault(kind="reset")),
    "No safe connection": lambda world: world.asking(
        api_url=world.server.url.replace("http:", "https:")
    ),
    "unexpected redirect": lambda world: world.asking(fault=Fault(status=302)),
    "is not a JSON object": lambda world: world.asking(fault=Fault(kind="malformed")),
    "did not answer with an account": answering("/v1/account", {"id": 7}),
    "with a list of objects": answering("/v1/customers", {"data": 7}),
    "an object without an id": answering("/v1/customers", {"data": [{}], "has_more": True}),
    "do not tell Stripe's time": answering("*", {"id": "acct_1", "data": []}, {"Date": "today"}),
    "which the column can't hold": answering(
        "/v1/customers", {"data": [{"id": "cus_1", "created": NOW - DAY, "balance": "much"}]}
    ),
    "without a message": lambda world: world.asking(fault=Fault(kind="html", status=400)),
    "Stopped by a signal": stopped,
    "closed the pipe": left_alone,
    "output can't be written": without_room,
    "does not have the required permissions": lambda world: world.syncing(
        api_key=world.restricted()
    ),
    "not set up to use": off(
        "/v1/tax/registrations", "Your account is not set up to use Tax.", "tax_registrations"
    ),
    "Unrecognized request URL": lambda world: world.asking("/v1/nonsense"),
    "only available in testmode": off(
        "/v1/test_helpers",
        "This endpoint is only available in testmode. Try using your test keys instead.",
        "test_clocks",
    ),
    "Request rate limit exceeded": lambda world: world.asking(fault=Fault(status=429)),
    "No such": lambda world: world.asking("/v1/customers/cus_none"),
}
"""A part of each message by which it is known, and what makes it happen."""


def entry_with(words: str) -> str:
    """The catalogue's entry that has these words in it."""
    entries = {entry for entry in OURS | STRIPES if words in entry}
    (entry,) = entries & {words} or entries
    return entry


@pytest.mark.parametrize("words", HAPPEN)
def test_the_message_happens(account: Account, server: Server, tmp_path: Path, words: str) -> None:
    account.add_key(SECRET)
    account.secret_key = SECRET
    with everything_logged() as log:
        seen = HAPPEN[words](World(account, server, tmp_path))
    assert not reveals(seen + log.getvalue())
    pattern = re.escape(entry_with(words)).replace("…", ".*")
    assert re.search(pattern, seen), seen


def test_no_entry_of_the_catalogue_is_left_out() -> None:
    assert {entry_with(words) for words in HAPPEN} == OURS | STRIPES
