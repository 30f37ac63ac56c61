"""Restricted keys: what `--permissions` prints for a table is exactly what it takes."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from standin import Account, Clock, Server, everything
from tap_stripe.check import PATIENCE, Findings, Status, check
from tap_stripe.permissions import by_permission, permissions_of, prefilled_form
from tap_stripe.session import Session
from tap_stripe.streams import STREAMS, StripeStream
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import config, sync
from tests.tap.usage import add_usage

SETS = sorted({frozenset(permissions_of(stream)) for stream in STREAMS}, key=sorted)
"""What keys are made of: the tables' permissions, each combination once."""
EACH_ONE = [
    pytest.param(stream, lacking, id=f"{stream.table()}-{lacking}")
    for stream in STREAMS
    for lacking in permissions_of(stream)
]


@pytest.fixture(scope="module")
def account() -> Account:
    """An account with objects of every kind."""
    account = Account(clock=Clock(NOW), seed=1)
    everything.fill(account, each=4, seed=1)
    add_usage(account, NOW)
    account.create("payout", created=NOW - DAY, automatic=True)
    return account


@pytest.fixture(scope="module")
def server(account: Account) -> Iterator[Server]:
    """Stripe's API with that account."""
    with Server(account) as server:
        yield server


def key_with(account: Account, permissions: frozenset[str]) -> str:
    """A restricted key."""
    key = f"rk_test_{'_'.join(sorted(permissions)) or 'nothing'}"
    account.add_key(key, permissions)
    return key


def checked(server: Server, key: str, *tables: type[StripeStream]) -> Findings:
    settings = config(server, api_key=key, concurrency=2, lookback_seconds=300)
    return check(Session(settings, threading.Event(), retry=PATIENCE), tables, settings, {})


@pytest.mark.parametrize("permissions", SETS, ids=lambda names: "+".join(sorted(names)) or "none")
def test_the_tables_sync_with_exactly_the_permissions_that_are_printed(
    account: Account, server: Server, permissions: frozenset[str]
) -> None:
    tables = [s for s in STREAMS if frozenset(permissions_of(s)) == permissions]
    names = [stream.table() for stream in tables]
    key = key_with(account, permissions)
    found = checked(server, key, *tables)
    assert found.ok
    assert {finding.status for finding in found.tables.values()} == {Status.OK}
    server.clear()
    run = sync(server, *names, api_key=key, concurrency=2)
    assert run.failure is None
    assert "WARNING" not in run.log
    assert run.state["bookmarks"].keys() >= set(names)
    asked_in_vain = (
        {"/v1/account"} if "event_read" in permissions else {"/v1/account", "/v1/events"}
    )
    assert {r.path for r in server.requests if r.status != 200} <= asked_in_vain


def test_all_tables_are_kept_in_step_with_what_is_printed_for_all(
    account: Account, server: Server
) -> None:
    key = key_with(account, frozenset(by_permission(STREAMS)))
    first = sync(server, *(s.table() for s in STREAMS), api_key=key)
    account.clock.advance(600)
    everything.happen(account, random.Random(1), steps=60)
    second = sync(server, *(s.table() for s in STREAMS), api_key=key, state=first.state)
    assert first.failure is second.failure is None
    assert "WARNING" not in first.log
    assert "skipped" not in second.log
    assert second.records()


@pytest.mark.parametrize(("stream", "lacking"), EACH_ONE)
def test_without_one_permission_the_check_names_that_one(
    account: Account, server: Server, stream: type[StripeStream], lacking: str
) -> None:
    key = key_with(account, frozenset(permissions_of(stream)) - {lacking})
    found = checked(server, key, stream)
    assert not found.ok
    (finding,) = {f for f in (*found.feeds.values(), *found.tables.values()) if f.message}
    assert finding.status is Status.NO_PERMISSION
    assert finding.permissions == (lacking,)
    assert finding.permission_name == f"{account.permissions[lacking]} Read"


def test_the_form_is_filled_in_with_what_is_needed() -> None:
    needed = by_permission(STREAMS)
    address = urlsplit(prefilled_form(needed, livemode=True))
    assert f"{address.scheme}://{address.netloc}{address.path}" == (
        "https://dashboard.stripe.com/apikeys/create"
    )
    fields = parse_qsl(address.query)
    assert fields[0] == ("name", "tap-stripe")
    assert fields[1:] == [("permissions[]", f"rak_{name}") for name in sorted(needed)]
    of_test = prefilled_form(needed, livemode=False)
    assert of_test.startswith("https://dashboard.stripe.com/test/apikeys/create?")
