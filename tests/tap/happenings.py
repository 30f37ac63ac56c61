"""Ways to make the tap's messages happen; `test_every_message` says which makes which."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from standin import Account, Fault
from tap_stripe.tap import TapStripe
from tests.tap.command_line import invoke
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import captured_log, config, selection, sync
from tests.tap.process import command
from tests.tap.world import RESTRICTED, World

OTHER = "acct_other"
REMEMBERED: Mapping[str, Any] = {"customers": {"changes_since": "2026-10-30T00:00:00Z"}}
NO_NAME = {
    "error": {
        "message": "The key does not have the required permissions for this endpoint.",
        "type": "invalid_request_error",
    }
}
NO_RESTRICTED_KEY = {
    "error": {
        "message": "The provided key 'rk_test_***' does not have the required permissions for this "
        "endpoint on account 'acct_test'. This is a restricted API key, but the required "
        "permissions are not available for use by restricted keys.",
        "type": "invalid_request_error",
    }
}


def remembering(**whose: Any) -> dict[str, Any]:
    return {"bookmarks": {**REMEMBERED, "stripe_account": whose}}


def setting(name: str, value: Any) -> Callable[[World], str]:
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


def checked_with(account: str, *, connect: bool = True) -> Callable[[World], str]:
    """A check with a connected account."""

    def happen(world: World) -> str:
        world.account.connect(Account(clock=world.account.clock, id="acct_1", seed=3))
        world.account.add_key(RESTRICTED, {"customer_read", "event_read"}, connect=connect)
        return world.invoking("--check", connected_accounts=account, api_key=RESTRICTED)

    return happen


def left_out(world: World) -> str:
    world.account.connect(Account(clock=world.account.clock, id="acct_1", seed=3))
    first = sync(world.server, "customers", connected_accounts="all")
    return world.syncing(state=first.state)
