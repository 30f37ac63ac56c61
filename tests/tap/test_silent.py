"""Changes that no event announces are found all the same."""

from __future__ import annotations

from typing import Any

from standin import Account, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import sync


def test_a_transaction_that_settles_silently_is_sent_again(
    account: Account, server: Server
) -> None:
    fields: dict[str, Any] = {"created": NOW - 2 * DAY, "currency": "eur"}
    settling = account.create(
        "balance_transaction", status="pending", available_on=NOW + DAY, **fields
    )
    pending = account.create(
        "balance_transaction", status="pending", available_on=NOW + 5 * DAY, **fields
    )
    account.create("balance_transaction", status="available", available_on=NOW - DAY, **fields)
    first = sync(server, "balance_transactions")
    account.clock.advance(2 * DAY)
    account.update(settling["id"], silent=True, status="available")
    second = sync(server, "balance_transactions", state=first.state)
    assert [(r["id"], r["status"]) for r in second.records()] == [(settling["id"], "available")]
    account.clock.advance(5 * DAY)
    account.update(pending["id"], silent=True, status="available")
    third = sync(server, "balance_transactions", state=second.state)
    assert third.ids("balance_transactions") == [pending["id"]]
    assert "open" not in third.bookmark("balance_transactions")


def test_an_invoice_item_that_gets_its_invoice_silently_is_sent_again(
    account: Account, server: Server
) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    item = account.create(
        "invoiceitem", customer=customer["id"], created=NOW - 20 * DAY, amount=700, currency="eur"
    )
    first = sync(server, "invoice_items")
    account.clock.advance(DAY)
    invoice = account.create("invoice", customer=customer["id"])
    account.update(item["id"], silent=True, invoice=invoice["id"])
    second = sync(server, "invoice_items", state=first.state)
    assert [row["invoice"] for row in second.records("invoice_items")] == [invoice["id"]]
    third = sync(server, "invoice_items", state=second.state)
    assert third.records("invoice_items") == []


def test_a_disputed_charge_is_sent_again_without_an_event_of_its_own(
    account: Account, server: Server
) -> None:
    charge = account.create("charge", created=NOW - 50 * DAY, amount=100, currency="eur")
    first = sync(server, "charges")
    account.clock.advance(DAY)
    account.update(charge["id"], silent=True, disputed=True)
    account.create("dispute", charge=charge["id"], amount=100, currency="eur")
    second = sync(server, "charges", state=first.state)
    assert [row["disputed"] for row in second.records("charges")] == [True]
