"""Tables that Stripe lists for one object at a time: only the objects that matter are asked for."""

from __future__ import annotations

import pytest

from standin import Account, Fault, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, sync
from tests.tap.usage import add_usage


def asked(server: Server, operation: str) -> int:
    """How many requests went to an endpoint."""
    return sum(request.operation == operation for request in server.requests)


def customer_with_card(account: Account, n: int) -> tuple[str, str]:
    created = NOW - (90 - n) * DAY
    customer = account.create("customer", created=created, silent=True)["id"]
    card = account.create("payment_method", customer=customer, created=created, silent=True)["id"]
    return customer, card


def test_an_incremental_run_asks_only_for_what_is_new_or_named_by_an_event(
    account: Account, server: Server
) -> None:
    customers = [customer_with_card(account, n) for n in range(30)]
    operation = "/v1/customers/{parent}/payment_methods"
    first = sync(server, "customer_payment_methods")
    assert asked(server, operation) == 30
    server.clear()
    account.clock.advance(DAY)
    account.update(customers[3][1], billing_details={"email": "new@example.com"})
    account.update(customers[5][0], name="changed")
    customer_with_card(account, 91)
    second = sync(server, "customer_payment_methods", state=first.state)
    assert asked(server, operation) == 3
    mirror = Mirror().load(first.messages).load(second.messages)
    assert len(mirror.live("customer_payment_methods")) == 31
    changed = mirror.live("customer_payment_methods")[customers[3][1],]
    assert changed["billing_details"]["email"] == "new@example.com"
    assert changed["customer"] == customers[3][0]


def test_a_card_that_is_detached_is_flagged_with_its_last_values(
    account: Account, server: Server
) -> None:
    (customer, card), (_, other) = customer_with_card(account, 1), customer_with_card(account, 2)
    first = sync(server, "customer_payment_methods")
    account.clock.advance(DAY)
    account.update(card, customer=None)
    account.clock.advance(DAY)
    second = sync(server, "customer_payment_methods", state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert list(mirror.live("customer_payment_methods")) == [(other,)]
    flagged = mirror.flagged("customer_payment_methods")[card,]
    assert flagged["customer"] == customer
    assert flagged["_sdc_deleted_at"] == "2026-11-02T09:00:00Z"


def test_an_entitlement_that_ends_is_flagged(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 9 * DAY)["id"]
    ids = []
    for _ in range(2):
        feature = account.create("entitlements.feature", created=NOW - 9 * DAY)["id"]
        ids.append(
            account.create(
                "entitlements.active_entitlement", parent=customer, feature=feature, silent=True
            )["id"]
        )
    first = sync(server, "active_entitlements")
    assert sorted(first.ids("active_entitlements")) == sorted(ids)
    account.clock.advance(DAY)
    account.delete(ids[0])
    second = sync(server, "active_entitlements", state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert list(mirror.live("active_entitlements")) == [(ids[1],)]
    assert mirror.flagged("active_entitlements")[ids[0],]["customer"] == customer


def test_an_interrupted_first_load_goes_on_where_it_stopped(
    account: Account, server: Server
) -> None:
    for n in range(900):
        account.create("customer", created=NOW - 900 * DAY + n * DAY, silent=True)
    operation = "/v1/customers/{parent}/cash_balance_transactions"
    path = "/v1/customers/*/cash_balance_transactions"
    server.faults.add(Fault(path=path, status=400, skip=700, times=None))
    first = sync(server, "customer_cash_balance_transactions")
    assert first.failure is not None
    server.faults.clear()
    server.clear()
    second = sync(server, "customer_cash_balance_transactions", state=first.state)
    assert second.failure is None
    assert asked(server, operation) <= 900 - 700 + 120


def account_with_people(account: Account, days: int) -> tuple[str, list[str]]:
    """A connected account that is so many days old, and two people."""
    id_ = account.create("account", created=NOW - days * DAY)["id"]
    return id_, [account.create("person", parent=id_)["id"] for _ in range(2)]


def refuse_people(server: Server, id_: str) -> None:
    message = "You cannot perform this request as you do not have Platform Controls"
    body = {"error": {"type": "invalid_request_error", "message": message}}
    server.faults.add(Fault(f"/v1/accounts/{id_}/persons", status=403, body=body, times=None))


def test_people_whom_an_account_keeps_to_itself_from_now_on_are_not_called_off(
    account: Account, server: Server
) -> None:
    closing, _ = account_with_people(account, 30)
    _, people = account_with_people(account, 20)
    first = sync(server, "account_persons")
    account.clock.advance(DAY)
    refuse_people(server, closing)
    account.delete(people[0])
    second = sync(server, "account_persons", state=first.state)
    account.clock.advance(DAY)
    third = sync(server, "account_persons", state=second.state)
    mirror = Mirror().load([*first.messages, *second.messages, *third.messages])
    assert mirror.flagged("account_persons") == {}
    assert third.bookmark("account_persons")["activate"] is True
    server.faults.clear()
    account.clock.advance(DAY)
    fourth = sync(server, "account_persons", state=third.state)
    mirror.load(fourth.messages)
    assert len(mirror.live("account_persons")) == 3
    assert mirror.flagged("account_persons").keys() == {(people[0],)}
    assert "activate" not in fourth.bookmark("account_persons")


def test_what_was_refused_in_a_reading_is_not_called_off_in_a_later_run_either(
    account: Account, server: Server
) -> None:
    customers = [customer_with_card(account, n) for n in range(3)]
    first = sync(server, "customer_payment_methods")
    account.clock.advance(40 * DAY)  # the feed does not go back so far, so all is read anew
    body = {"error": {"type": "invalid_request_error", "message": "Not this one."}}
    path = f"/v1/customers/{customers[1][0]}/payment_methods"
    server.faults.add(Fault(path, status=403, body=body, times=None))
    second = sync(server, "customer_payment_methods", state=first.state)
    assert "is read again from its beginning" in second.log
    account.clock.advance(DAY)
    third = sync(server, "customer_payment_methods", state=second.state)
    mirror = Mirror().load([*first.messages, *second.messages, *third.messages])
    assert len(mirror.live("customer_payment_methods")) == 3


def test_people_who_were_never_shown_do_not_keep_others_from_being_called_off(
    account: Account, server: Server
) -> None:
    closed, _ = account_with_people(account, 30)
    _, people = account_with_people(account, 20)
    refuse_people(server, closed)
    first = sync(server, "account_persons")
    account.clock.advance(DAY)
    refuse_people(server, account_with_people(account, -1)[0])
    account.delete(people[0])
    second = sync(server, "account_persons", state=first.state)
    account.clock.advance(DAY)
    account.delete(people[1])
    third = sync(server, "account_persons", state=second.state)
    mirror = Mirror().load([*first.messages, *second.messages, *third.messages])
    assert mirror.flagged("account_persons").keys() == {(id_,) for id_ in people}
    assert mirror.live("account_persons") == {}


def test_an_account_that_keeps_its_people_to_itself_does_not_stop_the_others(
    account: Account, server: Server
) -> None:
    ids = [account_with_people(account, days)[0] for days in (3, 2, 1)]
    refuse_people(server, ids[1])
    run = sync(server, "account_persons")
    assert run.failure is None
    assert {row["account"] for row in run.records("account_persons")} == {ids[0], ids[2]}
    assert f"{ids[1]} keeps this to itself: You cannot perform this request" in run.log


def test_a_key_that_may_not_read_the_entries_skips_the_table(
    account: Account, server: Server
) -> None:
    customer_with_card(account, 1)
    account.add_key("rk_test_customers_only", {"customer_read", "event_read"})
    run = sync(server, "customer_payment_methods", api_key="rk_test_customers_only")
    assert run.records() == []
    assert "customer_payment_methods skipped: " in run.log
    assert "payment_method_read" in run.log


def test_capabilities_are_told_apart_by_their_account(account: Account, server: Server) -> None:
    for n in (2, 1):
        id_ = account.create("account", created=NOW - n * DAY)["id"]
        for name in ("card_payments", "transfers"):
            account.create("capability", id=name, account=id_, parent=id_)
    run = sync(server, "account_capabilities")
    keys = {(row["account"], row["id"]) for row in run.records("account_capabilities")}
    assert len(keys) == 4


def test_usage_is_read_by_day_of_those_who_subscribe_to_its_price(
    account: Account, server: Server
) -> None:
    subscriber, _ = add_usage(account, NOW)
    run = sync(server, "billing_meter_event_summaries")
    assert run.failure is None
    rows = run.records("billing_meter_event_summaries")
    assert {(row["customer"], row["aggregated_value"]) for row in rows} == {
        (subscriber, 3.0),
        (subscriber, 2.0),
    }
    assert {row["start_time"] for row in rows} == {"2026-10-29T00:00:00Z", "2026-10-30T00:00:00Z"}


@pytest.mark.parametrize("automatic", [True, False])
def test_only_automatic_payouts_are_asked_for_what_they_settle(
    account: Account, server: Server, *, automatic: bool
) -> None:
    payout = account.create("payout", created=NOW - 2 * DAY, automatic=automatic)["id"]
    settled = [
        account.create("balance_transaction", created=NOW - 5 * DAY, payout=payout)["id"]
        for _ in range(3)
    ]
    account.create("balance_transaction", created=NOW - 5 * DAY)
    run = sync(server, "payout_balance_transactions")
    rows = [(row["payout"], row["id"]) for row in run.records("payout_balance_transactions")]
    assert sorted(rows) == (sorted((payout, id_) for id_ in settled) if automatic else [])
