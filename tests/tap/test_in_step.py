"""The warehouse follows the account: new, changed and deleted objects."""

from __future__ import annotations

import json
from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.times import to_iso
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, sync


def test_a_first_load_brings_everything_oldest_first(account: Account, server: Server) -> None:
    for n in range(250):
        account.create("customer", created=NOW - 1000 * DAY + n * DAY, name=f"Customer {n}")
    run = sync(server, "customers")
    assert run.failure is None
    assert [row["name"] for row in run.records("customers")] == [
        f"Customer {n}" for n in range(250)
    ]
    assert run.bookmark("customers")["replication_key_value"] == to_iso(NOW - 300)


def test_times_are_iso_and_the_rest_is_as_stripe_sends_it(account: Account, server: Server) -> None:
    account.create(
        "charge",
        created=NOW - DAY,
        amount=1999,
        currency="jpy",
        status="succeeded",
        metadata={"crm": "42"},
    )
    (charge,) = sync(server, "charges").records("charges")
    assert charge["created"] == to_iso(NOW - DAY)
    assert (charge["amount"], charge["currency"], charge["livemode"]) == (1999, "jpy", False)
    assert charge["metadata"] == {"crm": "42"}


def test_an_old_object_that_changed_is_fetched_once(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    first = sync(server, "customers")
    account.clock.advance(DAY)
    for name in ("a", "b", "c"):
        account.update(customer["id"], name=name)
    server.clear()
    second = sync(server, "customers", state=first.state)
    assert [row["name"] for row in second.records("customers")] == ["c"]
    fetches = [r for r in server.requests if r.path == f"/v1/customers/{customer['id']}"]
    assert len(fetches) == 1


def test_what_is_new_is_not_fetched_again_because_of_its_events(
    account: Account, server: Server
) -> None:
    state = sync(server, "customers").state
    account.clock.advance(DAY)
    customer = account.create("customer")
    account.update(customer["id"], name="new and changed")
    server.clear()
    run = sync(server, "customers", state=state)
    assert [row["name"] for row in run.records("customers")] == ["new and changed"]
    assert not [r for r in server.requests if r.path.endswith(customer["id"])]


def test_a_deleted_object_is_flagged_with_its_last_values(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY, name="Ann", email="ann@x.org")
    first = sync(server, "customers")
    account.clock.advance(DAY)
    account.delete(customer["id"])
    second = sync(server, "customers", state=first.state)
    (row,) = second.records("customers")
    assert (row["id"], row["name"], row["email"]) == (customer["id"], "Ann", "ann@x.org")
    assert row["_sdc_deleted_at"] == to_iso(NOW + DAY)


def test_a_number_too_large_for_its_column_is_no_last_value(
    account: Account, server: Server
) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY, name="Ann")
    first = sync(server, "customers")
    account.clock.advance(DAY)
    account.update(customer["id"], balance=2**63, silent=True)
    account.delete(customer["id"])
    (row,) = sync(server, "customers", state=first.state).records("customers")
    assert (row["name"], row["balance"]) == ("Ann", None)
    assert row["_sdc_deleted_at"] is not None


def test_an_object_gone_before_its_deletion_shows_keeps_its_last_values(
    account: Account, server: Server
) -> None:
    """The update's event is there, the deletion's is not yet: the fetch finds it gone."""
    coupon = account.create("coupon", created=NOW - 90 * DAY, name="Ten", percent_off=10.0)
    first = sync(server, "coupons")
    account.clock.advance(DAY)
    account.update(coupon["id"], name="Ten off")
    account.delete(coupon["id"], silent=True)
    second = sync(server, "coupons", state=first.state)
    (row,) = second.records("coupons")
    assert row["name"] == "Ten off"
    assert row["_sdc_deleted_at"] is not None


def test_an_id_used_again_after_a_deletion_lives(account: Account, server: Server) -> None:
    account.create("coupon", id="WELCOME", created=NOW - 90 * DAY, percent_off=10.0)
    mirror = Mirror()
    first = sync(server, "coupons")
    account.clock.advance(DAY)
    account.delete("WELCOME")
    account.create("coupon", id="WELCOME", percent_off=20.0)
    second = sync(server, "coupons", state=first.state)
    mirror.load(first.messages).load(second.messages)
    assert mirror.live("coupons")["WELCOME",]["percent_off"] == 20.0


def test_an_ended_subscription_is_not_a_deleted_one(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    subscription = account.create(
        "subscription", created=NOW - 90 * DAY, customer=customer["id"], status="active"
    )
    first = sync(server, "subscriptions")
    account.clock.advance(DAY)
    account.update(subscription["id"], status="canceled", event="customer.subscription.deleted")
    second = sync(server, "subscriptions", state=first.state)
    (row,) = second.records("subscriptions")
    assert row["status"] == "canceled"
    assert "_sdc_deleted_at" not in row


def test_objects_older_than_the_start_date_stay_out(account: Account, server: Server) -> None:
    old = account.create("customer", created=NOW - 90 * DAY)
    new = account.create("customer", created=NOW - 30 * DAY)
    start_date = to_iso(NOW - 60 * DAY)
    first = sync(server, "customers", start_date=start_date)
    assert first.ids("customers") == [new["id"]]
    account.clock.advance(DAY)
    account.update(old["id"], name="old")
    account.update(new["id"], name="new")
    second = sync(server, "customers", state=first.state, start_date=start_date)
    assert second.ids("customers") == [new["id"]]


def test_an_earlier_start_date_brings_what_is_missing(account: Account, server: Server) -> None:
    account.create("customer", created=NOW - 90 * DAY)
    account.create("customer", created=NOW - 30 * DAY)
    first = sync(server, "customers", start_date=to_iso(NOW - 60 * DAY))
    second = sync(server, "customers", state=first.state)
    assert len(second.records("customers")) == 2
    assert "start_date is earlier now" in second.log
    third = sync(server, "customers", state=second.state)
    assert third.records("customers") == []


@pytest.mark.parametrize("at_first", [NOW - 300 * DAY, None])
def test_what_a_later_start_date_left_out_comes_once_it_is_earlier_again(
    account: Account, server: Server, at_first: int | None
) -> None:
    changed = account.create("customer", created=NOW - 200 * DAY, name="before")["id"]
    gone = account.create("customer", created=NOW - 199 * DAY)["id"]
    wide: dict[str, Any] = {} if at_first is None else {"start_date": to_iso(at_first)}
    first = sync(server, "customers", **wide)
    account.clock.advance(DAY)
    account.update(changed, name="after")
    account.delete(gone)
    account.clock.advance(DAY)
    later = sync(server, "customers", state=first.state, start_date=to_iso(NOW - 100 * DAY))
    assert later.records("customers") == []
    account.clock.advance(DAY)
    again = sync(server, "customers", state=later.state, **wide)
    mirror = Mirror().load([*first.messages, *later.messages, *again.messages])
    assert [row["name"] for row in mirror.live("customers").values()] == ["after"]
    assert list(mirror.flagged("customers")) == [(gone,)]


def test_late_events_are_seen_in_the_next_run(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    account.delays["event"] = 60
    first = sync(server, "customers")
    account.update(customer["id"], name="late")
    second = sync(server, "customers", state=first.state)
    assert second.records("customers") == []
    account.clock.advance(120)
    third = sync(server, "customers", state=second.state)
    assert [row["name"] for row in third.records("customers")] == ["late"]


def test_an_unknown_field_is_dropped_with_one_warning(account: Account, server: Server) -> None:
    for n in range(3):
        account.create("event" if n < 0 else "customer", created=NOW - n * DAY)
    state_of_the_art = {"brand_new_field": 1}

    def add(request: Any) -> None:
        for customer in account.all("customer"):
            customer.update(state_of_the_art)

    server.on_request(add)
    run = sync(server, "customers")
    assert all("brand_new_field" not in row for row in run.records("customers"))
    assert run.log.count("customers.brand_new_field") == 1


@pytest.mark.parametrize("levels", [390, 600, 1000])
def test_json_nested_too_deep_is_cut_and_stops_nothing(
    account: Account, server: Server, levels: int
) -> None:
    customer = account.create("customer", created=NOW - DAY, metadata={"k": "deep"})
    page = json.dumps({"object": "list", "has_more": False, "data": [customer]})
    deep = '{"in":' * levels + '"end"' + "}" * levels
    text = page.replace('"deep"', deep)
    server.faults.add(Fault("/v1/customers", "body", 200, text=text, times=None))
    run = sync(server, "customers")
    assert (run.failure, run.ids("customers")) == (None, [customer["id"]])
    value, met = run.records("customers")[0]["metadata"]["k"], 0
    while isinstance(value, dict):
        value, met = value["in"], met + 1
    assert (value, met) == (("end", 390) if levels == 390 else (None, 398))


def test_a_misfit_is_told_in_one_line_however_deep_it_is(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - DAY, balance=-7)
    page = json.dumps({"object": "list", "has_more": False, "data": [customer]})
    text = page.replace("-7", '{"in":' * 1000 + "1" + "}" * 1000)
    server.faults.add(Fault("/v1/customers", "body", 200, text=text, times=None))
    run = sync(server, "customers")
    assert run.failure is None
    assert [row["balance"] for row in run.records("customers")] == [None]
    assert run.log.count("customers.balance") == 1


def test_what_changes_during_an_interrupted_first_load_is_not_lost(
    account: Account, server: Server
) -> None:
    for n in range(12_000):
        account.create("customer", created=NOW - 500 * DAY + n * 3_600, silent=True)
    server.faults.add(Fault(path="/v1/customers", status=400, skip=80, times=None))
    first = sync(server, "customers")
    assert first.failure is not None
    sent = first.ids("customers")
    assert 0 < len(sent) < 12_000
    account.clock.advance(5 * DAY)
    account.update(sent[0], name="changed meanwhile")
    account.delete(sent[1])
    server.faults.clear()
    second = sync(server, "customers", state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert mirror.live("customers")[sent[0],]["name"] == "changed meanwhile"
    assert list(mirror.flagged("customers")) == [(sent[1],)]
    assert len(mirror.live("customers")) == 11_999
    assert len(second.records("customers")) <= 12_000 - len(sent) + 101


def test_business_that_goes_on_during_a_run_is_caught_up(account: Account, server: Server) -> None:
    """New, changed and deleted objects between any two pages: the next run has them all."""
    for n in range(700):
        account.create("customer", created=NOW - 700 * DAY + n * DAY)
    requests = 0

    def go_on(request: Any) -> None:
        nonlocal requests
        requests += 1
        account.clock.advance(1)
        customers = account.all("customer")
        account.create("customer", name=f"new {requests}")
        account.update(customers[requests % 50]["id"], name=f"changed {requests}")
        account.delete(customers[300 + requests]["id"])

    server.on_request(go_on)
    first = sync(server, "customers")
    second = sync(server, "customers", state=first.state)
    server.forget(go_on)
    third = sync(server, "customers", state=second.state)
    mirror = Mirror().load([*first.messages, *second.messages, *third.messages])
    alive = {(customer["id"],): customer["name"] for customer in account.all("customer")}
    assert {key: row["name"] for key, row in mirror.live("customers").items()} == alive
