"""Events: one for each change, in the account's old version, for thirty days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from standin import Account, Clock, Server

Get = Callable[..., requests.Response]
Fill = Callable[[], dict[str, Any]]
DAY = 24 * 3600


def types(account: Account) -> list[str]:
    return [event["type"] for event in account.all("event")]


def last(account: Account) -> dict[str, Any]:
    return account.all("event")[-1]


def test_created_updated_deleted(account: Account, clock: Clock) -> None:
    customer = account.create("customer", name="Ada")["id"]
    clock.advance(60)
    account.update(customer, name="Ada L.")
    event = last(account)
    assert event["type"] == "customer.updated"
    assert event["created"] == clock.now()
    assert event["data"]["object"]["name"] == "Ada L."
    assert event["data"]["previous_attributes"] == {"name": "Ada"}
    account.delete(customer)
    assert types(account) == ["customer.created", "customer.updated", "customer.deleted"]
    assert last(account)["data"]["object"]["name"] == "Ada L."
    assert "previous_attributes" not in last(account)["data"]


def test_a_snapshot_does_not_change_later(account: Account) -> None:
    customer = account.create("customer", name="Ada", metadata={"a": "1"})["id"]
    account.update(customer, metadata={"a": "2", "b": "3"})
    first, second = account.all("event")
    assert first["data"]["object"]["metadata"] == {"a": "1"}
    assert second["data"]["previous_attributes"] == {"metadata": {"a": "1", "b": None}}


def test_no_event_without_a_change_or_when_silent(account: Account) -> None:
    customer = account.create("customer", name="Ada", silent=True)["id"]
    account.update(customer, name="Ada")
    account.update(customer, name="Bo", silent=True)
    account.delete(customer, silent=True)
    assert types(account) == []


def test_objects_whose_changes_stripe_does_not_tell(account: Account) -> None:
    customer = account.create("customer", silent=True)["id"]
    intent = account.create("payment_intent")["id"]
    account.update(intent, metadata={"a": "b"})
    item = account.create("invoiceitem", customer=customer)["id"]
    account.update(item, amount=3)
    transaction = account.create("balance_transaction")["id"]
    account.update(transaction, status="available")
    account.delete(item)
    assert types(account) == [
        "payment_intent.created",
        "invoiceitem.created",
        "invoiceitem.deleted",
    ]


def test_named_events(account: Account) -> None:
    charge = account.create("charge", status="pending")["id"]
    invoice = account.create("invoice", events=("invoice.created", "invoice.finalized"))["id"]
    account.update(invoice, status="paid", events=("invoice.updated", "invoice.paid"))
    account.update(charge, disputed=True, event="charge.updated")
    assert types(account) == [
        "charge.pending",
        "invoice.created",
        "invoice.finalized",
        "invoice.updated",
        "invoice.paid",
        "charge.updated",
    ]
    previous = [event["data"].get("previous_attributes") for event in account.all("event")]
    assert previous == [
        None,
        None,
        None,
        {"status": "draft", "paid": False},
        None,
        {"disputed": False},
    ]
    with pytest.raises(ValueError, match=r"invoice\.loved"):
        account.update(invoice, event="invoice.loved")


def test_members_speak_through_their_parent(account: Account, fill: Fill) -> None:
    subscription = fill()["subscription"]["id"]
    before = account.children(subscription, "items")
    count = len(types(account))
    with account.changing(subscription):
        account.remove_child(before[0]["id"])
        account.update(before[1]["id"], quantity=99)
        account.update(subscription, metadata={"seats": "more"})
    assert types(account)[count:] == ["customer.subscription.updated"]
    previous = last(account)["data"]["previous_attributes"]
    assert previous["metadata"] == {"seats": None}
    assert [item["id"] for item in previous["items"]["data"]] == [i["id"] for i in before[:10]]
    assert previous["items"]["has_more"] is True
    account.update(before[2]["id"], quantity=50)
    assert last(account)["type"] == "customer.subscription.updated"
    assert len(types(account)) == count + 2


def test_reversals_and_tax_ids(account: Account) -> None:
    transfer = account.create("transfer", silent=True)["id"]
    account.create("transfer_reversal", parent=transfer, amount=5)
    assert last(account)["type"] == "transfer.reversed"
    assert last(account)["data"]["object"]["reversals"]["data"][0]["amount"] == 5
    customer = account.create("customer", silent=True)["id"]
    tax_id = account.create("tax_id", customer=customer, type="eu_vat", value="DE1")["id"]
    account.delete(tax_id)
    assert types(account)[1:] == ["customer.tax_id.created", "customer.tax_id.deleted"]


def test_plans_follow_their_prices(account: Account) -> None:
    product = account.create("product", name="x", silent=True)["id"]
    recurring = {"interval": "year", "interval_count": 1, "usage_type": "licensed"}
    price = account.create("price", product=product, recurring=recurring, unit_amount=5)["id"]
    account.update(price, nickname="gold")
    plan = account.get(price, "plan")
    assert (plan["amount"], plan["interval"], plan["nickname"]) == (5, "year", "gold")
    account.delete(price)
    assert types(account) == [
        "price.created",
        "plan.created",
        "price.updated",
        "plan.updated",
        "price.deleted",
        "plan.deleted",
    ]
    with pytest.raises(ValueError, match="create the price"):
        account.create("plan")


def test_thirty_days(account: Account, clock: Clock, get: Get) -> None:
    account.create("customer")
    event = last(account)["id"]
    clock.advance(30 * DAY)
    assert [e["id"] for e in get("/v1/events").json()["data"]] == [event]
    clock.advance(1)
    assert get("/v1/events").json()["data"] == []
    for path in (f"/v1/events/{event}", f"/v1/events?starting_after={event}"):
        answer = get(path)
        assert answer.status_code == 400
        assert "aged out of our retention policy" in answer.json()["error"]["message"]


def test_backdated_history_has_backdated_events(account: Account, clock: Clock) -> None:
    old = account.create("customer", created=clock.now() - 31 * DAY)["id"]
    account.update(old, name="x", at=clock.now() - 31 * DAY)
    account.create("charge", created=clock.now() - DAY)
    assert [(e["type"], e["created"]) for e in account.all("event")] == [
        ("charge.succeeded", clock.now() - DAY)
    ]


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("type=customer.updated", {"customer.updated"}),
        ("type=customer.*", {"customer.created", "customer.updated"}),
        ("types[]=charge.succeeded&types[]=customer.updated",
         {"charge.succeeded", "customer.updated"}),
        ("type=*", {"charge.succeeded", "customer.created", "customer.updated"}),
        ("type=customer", set()),
    ],
)  # fmt: skip
def test_types(account: Account, get: Get, query: str, chosen: set[str]) -> None:
    account.update(account.create("customer")["id"], name="x")
    account.create("charge")
    assert {event["type"] for event in get(f"/v1/events?{query}").json()["data"]} == chosen


def test_late_visibility(clock: Clock) -> None:
    account = Account(clock=clock, event_delay=10, balance_transaction_delay=20)
    key = {"Authorization": f"Bearer {account.secret_key}"}
    account.create("customer")
    transaction = account.create("balance_transaction")["id"]
    event = last(account)["id"]
    with Server(account) as server:

        def seen(path: str) -> int:
            answer = requests.get(server.url + path, headers=key, timeout=5)
            return len(answer.json()["data"]) if "data" in answer.json() else answer.status_code

        clock.advance(9)
        assert (seen("/v1/events"), seen("/v1/balance_transactions")) == (0, 0)
        retrieved = requests.get(f"{server.url}/v1/events/{event}", headers=key, timeout=5)
        assert retrieved.status_code == 404
        clock.advance(1)
        assert (seen("/v1/events"), seen("/v1/balance_transactions")) == (1, 0)
        clock.advance(10)
        assert seen("/v1/balance_transactions") == 1
        url = f"{server.url}/v1/balance_transactions/{transaction}"
        assert requests.get(url, headers=key, timeout=5).status_code == 200


def test_events_by_hand(account: Account, clock: Clock) -> None:
    customer = account.create("customer", silent=True)
    account.emit("customer.updated", customer, {"name": "old"}, created=clock.now() - 5)
    account.emit("invoice.upcoming", {"object": "invoice", "amount_due": 5, "discounts": []})
    by_hand, preview = account.all("event")
    assert by_hand["data"]["previous_attributes"] == {"name": "old"}
    assert by_hand["created"] == clock.now() - 5
    assert preview["data"]["object"]["amount_due"] == 5
    assert "id" not in preview["data"]["object"]
