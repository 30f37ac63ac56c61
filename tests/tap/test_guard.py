"""A state goes with the account and the mode that it was made with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from standin import Account, Clock, Fault, Server
from tap_stripe.guard import REMEMBERED
from tap_stripe.streams import STREAMS
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Sync, sync

RESTRICTED = "rk_test_restricted"


@pytest.fixture(autouse=True)
def customer(account: Account) -> None:
    """One customer."""
    account.create("customer", created=NOW - 90 * DAY)


@pytest.fixture
def first(server: Server) -> Sync:
    """A run of the account, in test mode."""
    return sync(server, "customers")


@pytest.fixture(params=[("acct_other", False), ("acct_test", True)], ids=["account", "mode"])
def other(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Stripe's API with another account, or with the same one in live mode."""
    id_, livemode = request.param
    account = Account(clock=Clock(NOW + DAY), id=id_, livemode=livemode, seed=2)
    account.create("customer")
    with Server(account) as server:
        yield server


def test_no_table_has_the_name_that_the_state_uses() -> None:
    assert REMEMBERED not in {stream.table() for stream in STREAMS}


def test_every_state_says_whose_it_is(first: Sync) -> None:
    whose = {"account": "acct_test", "livemode": False}
    assert [state["bookmarks"][REMEMBERED] for state in first.states] == [whose] * len(first.states)


def test_a_key_of_another_account_or_mode_stops_before_anything_is_read(
    first: Sync, other: Server
) -> None:
    run = sync(other, "customers", state=first.state)
    assert run.failure is not None
    assert run.failure.startswith("The state was made ")
    assert "accept_other_account" in run.failure
    assert run.messages == []
    assert {request.path for request in other.requests} == {"/v1/account"}


def test_a_setting_lets_it_through_and_the_state_goes_with_the_new_one(
    first: Sync, other: Server
) -> None:
    run = sync(other, "customers", state=first.state, accept_other_account=True)
    assert run.failure is None
    account = other.account
    whose = {"account": account.id, "livemode": account.livemode}
    assert run.state["bookmarks"][REMEMBERED] == whose
    assert sync(other, "customers", state=run.state).failure is None


def test_a_first_run_with_a_wrong_key_does_not_bar_the_right_one(
    server: Server, other: Server
) -> None:
    other.faults.add(Fault(path="/v1/customers", status=422, times=None))
    failed = sync(other, "customers")
    assert failed.failure is not None
    assert sync(server, "customers", state=failed.state).failure is None


def test_a_state_without_the_note_is_accepted_and_gets_it(first: Sync, server: Server) -> None:
    state = first.state
    del state["bookmarks"][REMEMBERED]
    run = sync(server, "customers", state=state)
    assert run.failure is None
    assert run.state["bookmarks"][REMEMBERED]["account"] == "acct_test"


def test_a_restricted_key_is_known_by_stripes_refusal(
    account: Account, server: Server, first: Sync
) -> None:
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    state: Any = first.state
    assert sync(server, "customers", state=state, api_key=RESTRICTED).failure is None
    state["bookmarks"][REMEMBERED]["account"] = "acct_other"
    run = sync(server, "customers", state=state, api_key=RESTRICTED)
    assert run.failure is not None
    assert "the key belongs to acct_test" in run.failure


def test_a_key_whose_account_is_not_told_goes_on_with_a_warning(
    server: Server, first: Sync
) -> None:
    body = {"error": {"message": "You may not.", "type": "invalid_request_error"}}
    server.faults.add(Fault(path="/v1/account", status=403, body=body, times=None))
    run = sync(server, "customers", state=first.state)
    assert run.failure is None
    assert "it is not checked that it belongs to acct_test" in run.log
    assert run.state["bookmarks"][REMEMBERED]["account"] == "acct_test"


@pytest.mark.parametrize(("livemode", "fits"), [("test", True), ("live", False), (None, True)])
def test_the_setting_asserts_the_mode(server: Server, livemode: str | None, *, fits: bool) -> None:
    run = sync(server, "customers", livemode=livemode)
    assert (run.failure is None) is fits
    assert bool(run.messages) is fits


@pytest.mark.parametrize("livemode", [True, False])
def test_rows_without_a_mode_of_their_own_have_the_keys(*, livemode: bool) -> None:
    account = Account(clock=Clock(NOW), livemode=livemode, seed=1)
    account.create("refund", created=NOW - DAY, amount=1, currency="eur")
    account.create("coupon", created=NOW - DAY, currency_options={"eur": {"amount_off": 1}})
    with Server(account) as server:
        run = sync(server, "refunds", "coupon_currency_options")
    assert [row["livemode"] for row in run.records("refunds")] == [livemode]
    assert [row["livemode"] for row in run.records("coupon_currency_options")] == [livemode]
