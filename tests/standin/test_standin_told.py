"""Which event tells of a change, for objects whose events have other names or another object's."""

from __future__ import annotations

from typing import Any

import pytest

from standin import Account

GENERATED = "sigma_scheduled_query"


def told(account: Account) -> list[tuple[str, str]]:
    """The events since the last look: type, and the kind of the object that they carry."""
    events = account.all("event")
    account.clock.advance(40 * 24 * 3600)  # past retention
    account.ledger.feed.forget_old()
    return [(event["type"], event["data"]["object"]["object"]) for event in events]


def test_external_accounts_and_sources_speak_for_themselves(account: Account) -> None:
    connected = account.create("account", silent=True)["id"]
    customer = account.create("customer", silent=True)["id"]
    mine = account.create("bank_account", parent=connected, last4="1111")
    assert mine["account"] == connected
    theirs = account.create("card", customer=customer)
    source = account.create("source", parent=customer)
    account.create("source")
    account.update(mine["id"], last4="2222")
    account.update(theirs["id"], exp_year=2030, event="customer.source.expiring")
    account.update(source["id"], status="failed", event="source.failed")
    account.delete(mine["id"])
    account.delete(theirs["id"])
    assert told(account) == [
        ("account.external_account.created", "bank_account"),
        ("customer.source.created", "card"),
        ("customer.source.created", "source"),
        ("account.external_account.updated", "bank_account"),
        ("customer.source.expiring", "card"),
        ("source.failed", "source"),
        ("account.external_account.deleted", "bank_account"),
        ("customer.source.deleted", "card"),
    ]


def test_only_customers_tax_ids_are_told(account: Account) -> None:
    customer = account.create("customer", silent=True)["id"]
    own = account.create("tax_id", owner={"type": "self"})
    other = account.create("tax_id", parent=customer)
    for tax_id in (own, other):
        account.update(tax_id["id"], value="DE2")
        account.delete(tax_id["id"])
    kinds = ("created", "updated", "deleted")
    assert told(account) == [(f"customer.tax_id.{kind}", "tax_id") for kind in kinds]


def test_a_fee_tells_of_new_refunds_and_refunds_of_their_changes(account: Account) -> None:
    given: dict[str, Any] = {"account": "acct_1", "application": "ca_1", "charge": "ch_1"}
    fee = account.create("application_fee", silent=True, **given)["id"]
    refund = account.create("fee_refund", parent=fee, amount=5)
    account.update(refund["id"], metadata={"why": "late"})
    account.update(fee, amount_refunded=5)
    assert told(account) == [
        ("application_fee.refunded", "application_fee"),
        ("application_fee.refund.updated", "fee_refund"),
        ("application_fee.refunded", "application_fee"),
    ]


def test_a_summary_tells_of_active_entitlements(account: Account) -> None:
    customer = account.create("customer", silent=True)["id"]
    feature = account.create("entitlements.feature", lookup_key="seats")["id"]
    made = [
        account.create("entitlements.active_entitlement", parent=customer, feature=feature)["id"]
        for _ in range(11)
    ]
    account.delete(made[0])
    events = [event["data"] for event in account.all("event")]
    shown = [data["object"]["entitlements"] for data in events]
    assert {data["object"]["customer"] for data in events} == {customer}
    assert [len(listed["data"]) for listed in shown] == [*range(1, 11), 10, 10]
    assert [listed["has_more"] for listed in shown] == [False] * 10 + [True, False]
    assert events[-1]["previous_attributes"]["entitlements"]["has_more"]
    summary = "entitlements.active_entitlement_summary"
    assert set(told(account)) == {(f"{summary}.updated", summary)}
    account.delete(customer)
    assert account.all("entitlements.active_entitlement") == []


def test_a_payment_method_is_told_when_it_has_a_customer(account: Account) -> None:
    method = account.create("payment_method")["id"]
    account.update(method, metadata={"a": "b"})
    account.update(method, customer="cus_1")
    account.update(method, customer=None)
    account.create("payment_method", customer="cus_1")
    assert [name for name, _ in told(account)] == [
        f"payment_method.{what}" for what in ("updated", "attached", "detached", "attached")
    ]


TURNS: list[tuple[str, dict[str, Any], dict[str, Any], str | None]] = [
    ("billing.meter", {"status": "active"}, {"status": "inactive"}, "billing.meter.deactivated"),
    ("billing.meter", {}, {"display_name": "x"}, "billing.meter.updated"),
    ("checkout.session", {}, {"status": "complete"}, "checkout.session.completed"),
    ("checkout.session", {}, {"status": "expired"}, "checkout.session.expired"),
    ("checkout.session", {}, {"metadata": {"a": "b"}}, None),
    ("quote", {}, {"status": "open"}, "quote.finalized"),
    ("quote", {}, {"status": "accepted"}, "quote.accepted"),
    ("quote", {}, {"header": "x"}, None),
    ("review", {}, {"open": False}, "review.closed"),
    ("setup_intent", {}, {"status": "canceled"}, "setup_intent.canceled"),
    (
        "setup_intent",
        {"status": "processing"},
        {"status": "requires_payment_method"},
        "setup_intent.setup_failed",
    ),
    ("payout", {"status": "pending"}, {"status": "paid"}, "payout.updated"),
    ("topup", {}, {"status": "succeeded"}, "topup.succeeded"),
    ("topup", {}, {"description": "x"}, None),
    ("treasury.credit_reversal", {"status": "processing"}, {"status": "canceled"}, None),
    (
        "terminal.reader",
        {},
        {"action": {"type": "process_payment_intent", "status": "failed"}},
        "terminal.reader.action_failed",
    ),
    ("terminal.reader", {}, {"label": "x"}, None),
    ("issuing.cardholder", {}, {"name": "Ada"}, "issuing_cardholder.updated"),
    ("radar.value_list", {}, {"name": "x"}, None),
]


@pytest.mark.parametrize(("kind", "before", "change", "event"), TURNS)
def test_changes(
    account: Account, kind: str, before: dict[str, Any], change: dict[str, Any], event: str | None
) -> None:
    made = account.create(kind, silent=True, **before)["id"]
    account.update(made, **change)
    assert told(account) == ([(event, kind)] if event else [])


def test_creations(account: Account) -> None:
    account.create("review")
    account.create("file", purpose="dispute_evidence")
    account.create("file", purpose=GENERATED)
    account.create("scheduled_query_run")
    account.create("checkout.session", status="complete")
    value_list = account.create("radar.value_list")["id"]
    account.create("radar.value_list_item", value_list=value_list)
    assert [name for name, _ in told(account)] == [
        "review.opened",
        "file.created",
        "sigma.scheduled_query_run.created",
    ]


def test_ids_that_are_unique_within_the_parent_only(account: Account) -> None:
    accounts = [account.create("account")["id"] for _ in range(2)]
    for parent in accounts:
        account.create("capability", id="card_payments", parent=parent, status="pending")
    account.update(f"{accounts[1]}/card_payments", status="active")
    first, second = account.all("capability")
    assert (first["status"], second["status"]) == ("pending", "active")
    [event] = account.all("event")
    assert event["type"] == "capability.updated"
    assert event["data"]["object"]["account"] == accounts[1]
    with pytest.raises(ValueError, match=f"capability {accounts[0]}/card_payments exists already"):
        account.create("capability", id="card_payments", parent=accounts[0])
