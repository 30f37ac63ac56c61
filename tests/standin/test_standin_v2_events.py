"""Thin events: which changes write which, and how long they are kept."""

from __future__ import annotations

from typing import Any

import pytest
import requests
import stripe

from standin import Account, Clock, Server, official
from standin.v2.facts import load

DAY = 24 * 3600
OUTBOUND = "v2.money_management.outbound_payment"
INBOUND = "v2.money_management.inbound_transfer"
CREDIT = "v2.money_management.received_credit"
IMPORT = "v2.commerce.product_catalog_import"
ADDRESS = "v2.money_management.financial_address"
# Told by no change of a field: a test names them (or they are about what no list holds).
NAMED = {
    "v2.core.event_destination.ping",
    "v2.core.account[configuration.customer].capability_status_updated",
    "v2.core.account[configuration.merchant].capability_status_updated",
    "v2.core.account[configuration.recipient].capability_status_updated",
    "v2.money_management.inbound_transfer.available",
    "v2.money_management.outbound_payment.under_review",
    "v2.money_management.received_credit.available",
    "v2.core.account_link.returned",
    "v2.money_management.recipient_verification.created",
    "v2.money_management.recipient_verification.updated",
}


def told(account: Account) -> list[str]:
    """The types of the events so far, oldest first, without what comes before the dots."""
    return [event["type"] for event in account.v2.all("v2.core.event")]


def history(*types: str) -> list[dict[str, Any]]:
    moment = dict.fromkeys(("created", "effective_at"), "2026-11-01T00:00:00.000Z")
    return [{"type": name, **moment} for name in types]


def test_every_thin_event_of_api_v2_can_come() -> None:
    possible = set()
    for endpoint in load().endpoints:
        possible |= {endpoint.event(kind) for kind in ("created", "updated", "deleted")}
        for watch in endpoint.watch:
            possible |= {watch.type, *watch.types.values()}
    known = {name for name in official.thin_event_types() if name.startswith("v2.")}
    assert possible - {None} == known - NAMED


@pytest.mark.parametrize(
    ("kind", "first", "change", "events"),
    [
        ("v2.core.account", {}, {"display_name": "Ada"}, [".created", ".updated"]),
        ("v2.core.account", {}, {"closed": True}, [".created", ".closed"]),
        (
            "v2.core.account",
            {},
            {"identity": {"country": "us"}, "contact_phone": "1"},
            [".created", "[identity].updated", ".updated"],
        ),
        (
            "v2.core.account",
            {},
            {"configuration": {"customer": {}}},
            [".created", "[configuration.customer].updated"],
        ),
        ("v2.core.account", {}, {"display_name": None}, [".created"]),
        ("v2.core.event_destination", {}, {"name": "Shop"}, []),
        (OUTBOUND, {}, {"status": "posted"}, [".created", ".posted"]),
        (OUTBOUND, {}, {"description": "Rent"}, [".created", ".updated"]),
        (OUTBOUND, {"status": "posted"}, {"status": "processing"}, [".created", ".updated"]),
        (
            INBOUND,
            {"transfer_history": history("bank_debit_queued")},
            {"transfer_history": history("bank_debit_queued", "bank_debit_failed")},
            [".bank_debit_queued", ".bank_debit_failed"],
        ),
        (CREDIT, {}, {"status": "returned"}, [".returned"]),
        (CREDIT, {"status": "succeeded"}, {"description": "x"}, [".succeeded"]),
        (ADDRESS, {}, {"status": "active"}, [".activated"]),
        ("v2.core.vault.gb_bank_account", {}, {"archived": True}, []),
    ],
)
def test_changes_are_told(
    account: Account,
    kind: str,
    first: dict[str, Any],
    change: dict[str, Any],
    events: list[str],
) -> None:
    made = account.v2.create(kind, **first)
    account.v2.update(made["id"], **change)
    assert told(account) == [kind + suffix for suffix in events]


def test_imports_are_told_in_the_plural(account: Account) -> None:
    made = account.v2.create(IMPORT, status="awaiting_upload")
    account.v2.update(made["id"], status="processing")
    assert told(account) == ["v2.commerce.product_catalog.imports.processing"]


def test_the_shape_of_an_event(client: stripe.StripeClient, account: Account) -> None:
    account.v2.create("v2.core.account", id="acct_1", silent=True)
    account.v2.create("v2.core.account_person", id="person_1", account="acct_1")
    account.v2.delete("person_1", at=account.clock.now() + 0.5)
    deleted, created = client.v2.core.events.list().data
    assert deleted.type == "v2.core.account_person.deleted"
    assert deleted.created == "2026-11-01T00:00:00.500Z"
    assert isinstance(created, stripe.events.V2CoreAccountPersonCreatedEvent)
    assert created.data.account_id == "acct_1"
    assert created.related_object.id == "person_1"
    assert created.related_object.type == "v2.core.account_person"
    assert created.related_object.url == "/v2/core/accounts/acct_1/persons/person_1"
    assert (created.reason, created.changes, created.context) == (None, None, None)
    found = client.v2.core.events.retrieve(created.id)
    assert found.to_dict() == created.to_dict()
    with pytest.raises(stripe.InvalidRequestError):
        created.fetch_related_object()


def test_an_event_leads_to_its_object(client: stripe.StripeClient, account: Account) -> None:
    account.v2.create("v2.core.account", id="acct_1")
    [event] = client.v2.core.events.list().data
    assert isinstance(event, stripe.events.V2CoreAccountCreatedEvent)
    assert event.fetch_related_object().id == "acct_1"


def test_named_and_silent_changes(account: Account) -> None:
    account.v2.create("v2.core.event_destination", id="ed_1")
    account.v2.update("ed_1", events=["v2.core.event_destination.ping"])
    account.v2.create("v2.core.account", id="acct_1", silent=True)
    account.v2.update("acct_1", silent=True, closed=True)
    assert told(account) == ["v2.core.event_destination.ping"]
    account.v2.create("v2.core.account_person", id="person_1", account="acct_1", silent=True)
    later = account.clock.now() + 5
    account.v2.update("person_1", surname=None, at=later)  # nothing that an event could tell
    account.v2.delete("person_1", silent=True)
    assert told(account) == ["v2.core.event_destination.ping"]
    with pytest.raises(ValueError, match="no such thin event type"):
        account.v2.update("ed_1", events=["v2.core.event_destination.pong"])
    with pytest.raises(ValueError, match="can't be deleted"):
        account.v2.delete("acct_1")


def test_events_are_filtered(client: stripe.StripeClient, account: Account, clock: Clock) -> None:
    account.v2.create("v2.core.account", id="acct_1")
    clock.advance(60)
    account.v2.create("v2.core.account", id="acct_2")
    account.v2.update("acct_1", closed=True)

    def found(**params: Any) -> list[tuple[str, str]]:
        listed = client.v2.core.events.list(params).data  # type: ignore[arg-type]
        return [(event["related_object"].id, event.type.rpartition(".")[2]) for event in listed]

    assert found(object_id="acct_1") == [("acct_1", "closed"), ("acct_1", "created")]
    assert found(types=["v2.core.account.closed"]) == [("acct_1", "closed")]
    assert found(created={"lt": "2026-11-01T00:01:00Z"}) == [("acct_1", "created")]


def test_events_are_kept_for_thirty_days(client: stripe.StripeClient, account: Account) -> None:
    account.v2.create("v2.core.account", created=account.clock.now() - 31 * DAY)
    assert told(account) == []
    account.v2.create("v2.core.account")
    [event] = client.v2.core.events.list().data
    account.clock.advance(30 * DAY)
    assert client.v2.core.events.retrieve(event.id).id == event.id
    account.clock.advance(1)
    assert client.v2.core.events.list().data == []
    with pytest.raises(stripe.InvalidRequestError, match="wasn't found"):
        client.v2.core.events.retrieve(event.id)


def test_events_can_come_late(clock: Clock) -> None:
    account = Account(clock=clock, event_delay=10)
    with Server(account) as server:
        client = stripe.StripeClient(account.secret_key, base_addresses={"api": server.url})
        account.v2.create("v2.core.account")
        assert len(client.v2.core.accounts.list().data) == 1
        assert client.v2.core.events.list().data == []
        [event] = account.v2.all("v2.core.event")
        with pytest.raises(stripe.InvalidRequestError):
            client.v2.core.events.retrieve(event["id"])
        clock.advance(10)
        assert len(client.v2.core.events.list().data) == 1


def test_each_api_has_its_own_events(client: stripe.StripeClient, account: Account) -> None:
    account.create("customer")
    account.v2.create("v2.core.account")
    assert [event.type for event in client.v1.events.list().data] == ["customer.created"]
    assert [event.type for event in client.v2.core.events.list().data] == [
        "v2.core.account.created"
    ]


def test_rate_limits_count_patterns(server: Server, account: Account) -> None:
    account.v2.create("v2.core.account", id="acct_1")
    headers = {
        "Authorization": f"Bearer {account.secret_key}",
        "Stripe-Version": official.PRESENT_VERSION,
    }
    requests.get(f"{server.url}/v2/core/accounts/acct_1", headers=headers, timeout=5)
    assert server.requests[0].operation == "/v2/core/accounts/{id}"


def test_the_same_seed_makes_the_same_ids(clock: Clock) -> None:
    def made(seed: int) -> list[str]:
        account = Account(clock=clock, seed=seed)
        account.v2.create("v2.core.account")
        return [
            item["id"]
            for kind in ("account", "event")
            for item in account.v2.all(f"v2.core.{kind}")
        ]

    assert made(1) == made(1)
    assert made(1) != made(2)
