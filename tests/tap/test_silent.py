"""Changes that no event announces are found all the same."""

from __future__ import annotations

from typing import Any

import pytest

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


@pytest.mark.parametrize("others", [0, 1])
def test_an_invoice_item_that_is_pending_again_is_sent_again(
    account: Account, server: Server, others: int
) -> None:
    """Deleting a draft frees its items, and no event tells of that."""
    customer = account.create("customer", created=NOW - 90 * DAY)["id"]
    fields: dict[str, Any] = {"customer": customer, "currency": "eur", "date": NOW - 20 * DAY}
    item = account.create("invoiceitem", amount=700, **fields)["id"]
    for n in range(others):
        account.create("invoiceitem", amount=n, **fields)
    first = sync(server, "invoice_items")
    account.clock.advance(DAY)
    draft = account.create("invoice", customer=customer, status="draft")["id"]
    account.update(item, silent=True, invoice=draft)
    second = sync(server, "invoice_items", state=first.state)
    account.clock.advance(DAY)
    account.delete(draft)
    account.update(item, silent=True, invoice=None)
    third = sync(server, "invoice_items", state=second.state)
    assert [(row["id"], row["invoice"]) for row in third.records()] == [(item, None)]
    fourth = sync(server, "invoice_items", state=third.state)
    assert fourth.records() == []


def test_a_new_item_that_changes_silently_while_the_run_is_at_work_is_sent_next_time(
    account: Account, server: Server
) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)["id"]
    first = sync(server, "invoice_items")
    account.clock.advance(DAY)
    fields: dict[str, Any] = {"customer": customer, "currency": "eur", "date": NOW + 3600}
    item = account.create("invoiceitem", amount=700, **fields)["id"]

    def change(request: Any) -> None:
        if "pending" in request.params:
            account.update(item, silent=True, amount=800)

    server.on_request(change)
    second = sync(server, "invoice_items", state=first.state)
    server.forget(change)
    account.clock.advance(DAY)
    third = sync(server, "invoice_items", state=second.state)
    amounts = [[row["amount"] for row in run.records()] for run in (second, third)]
    assert amounts == [[700], [800]]


def test_of_more_than_are_watched_the_older_ones_are_not_sent_in_each_run(
    account: Account, server: Server
) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)["id"]
    for n in range(520):  # 500 are watched
        date = NOW - 80 * DAY + n * 3600
        account.create("invoiceitem", customer=customer, currency="eur", amount=n, date=date)
    first = sync(server, "invoice_items")
    account.clock.advance(DAY)
    second = sync(server, "invoice_items", state=first.state)
    assert (len(first.records()), second.records()) == (520, [])


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
