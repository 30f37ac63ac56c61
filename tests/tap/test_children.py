"""What hangs on an object follows it: items, lines, tax ids, fees, embedded prices."""

from __future__ import annotations

from typing import Any

import pytest

from standin import Account, Server
from tap_stripe.times import to_iso
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, sync


def subscription_with_items(account: Account, items: int = 2) -> dict[str, Any]:
    """A subscription of 90 days ago with some items, each with a billing period."""
    product = account.create("product", created=NOW - 100 * DAY)
    price = account.create(
        "price",
        created=NOW - 100 * DAY,
        product=product["id"],
        currency="eur",
        unit_amount=500,
        recurring={"interval": "month", "interval_count": 1, "usage_type": "licensed"},
    )
    customer = account.create("customer", created=NOW - 100 * DAY)
    return account.create(
        "subscription",
        created=NOW - 90 * DAY,
        customer=customer["id"],
        status="active",
        items=[
            {
                "price": price["id"],
                "plan": price["id"],
                "quantity": n + 1,
                "current_period_start": NOW - DAY,
                "current_period_end": NOW + (n + 1) * DAY,
            }
            for n in range(items)
        ],
    )


def test_a_subscriptions_period_is_that_of_the_item_ending_first(
    account: Account, server: Server
) -> None:
    subscription_with_items(account)
    (row,) = sync(server, "subscriptions").records("subscriptions")
    assert row["current_period_start"] == to_iso(NOW - DAY)
    assert row["current_period_end"] == to_iso(NOW + DAY)


@pytest.mark.parametrize(
    "tables", [("subscription_items",), ("subscriptions", "subscription_items")]
)
def test_a_removed_child_is_flagged_with_its_last_values(
    account: Account, server: Server, tables: tuple[str, ...]
) -> None:
    subscription = subscription_with_items(account)
    first = sync(server, *tables)
    assert len(first.records("subscription_items")) == 2
    account.clock.advance(DAY)
    gone, stays = account.children(subscription["id"], "items")
    account.remove_child(gone["id"])
    second = sync(server, *tables, state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert [key for (key,) in mirror.live("subscription_items")] == [stays["id"]]
    flagged = mirror.flagged("subscription_items")[gone["id"],]
    assert flagged["quantity"] == gone["quantity"]
    assert flagged["subscription"] == subscription["id"]


def invoice_with_lines(account: Account, lines: int, **fields: Any) -> dict[str, Any]:
    """An invoice of 60 days ago."""
    return account.create(
        "invoice",
        created=NOW - 60 * DAY,
        lines=[{"amount": 100 + n, "currency": "eur"} for n in range(lines)],
        **fields,
    )


def test_all_lines_of_an_invoice_arrive(account: Account, server: Server) -> None:
    invoice = invoice_with_lines(account, 130)
    run = sync(server, "invoice_line_items")
    lines = run.records("invoice_line_items")
    assert sorted(line["amount"] for line in lines) == list(range(100, 230))
    assert {line["invoice"] for line in lines} == {invoice["id"]}
    assert {line["created"] for line in lines} == {to_iso(NOW - 60 * DAY)}


def test_a_selected_column_with_a_nested_list_is_never_cut(
    account: Account, server: Server
) -> None:
    invoice_with_lines(account, 25)
    (row,) = sync(server, "invoices").records("invoices")
    assert len(row["lines"]["data"]) == 25
    assert row["lines"]["has_more"] is False


def test_a_changed_invoice_sends_all_its_lines_from_one_fetch(
    account: Account, server: Server
) -> None:
    invoice = invoice_with_lines(account, 15)
    tables = ("invoices", "invoice_line_items")
    first = sync(server, *tables)
    account.clock.advance(DAY)
    account.update(invoice["id"], description="changed")
    server.clear()
    second = sync(server, *tables, state=first.state)
    assert len(second.records("invoice_line_items")) == 15
    fetches = [r.path for r in server.requests if invoice["id"] in r.path]
    assert fetches == [f"/v1/invoices/{invoice['id']}", f"/v1/invoices/{invoice['id']}/lines"]


def test_the_lines_of_a_deleted_draft_are_flagged(account: Account, server: Server) -> None:
    invoice = invoice_with_lines(account, 3, status="draft")
    tables = ("invoices", "invoice_line_items")
    first = sync(server, *tables)
    account.clock.advance(DAY)
    account.delete(invoice["id"])
    mirror = Mirror().load(first.messages).load(sync(server, *tables, state=first.state).messages)
    assert not mirror.live("invoices")
    assert not mirror.live("invoice_line_items")
    assert len(mirror.flagged("invoice_line_items")) == 3


def delete_before_its_lines(account: Account, server: Server) -> None:
    """Delete the next draft whose further lines are asked for."""

    def delete(request: Any) -> None:
        if request.path.endswith("/lines"):
            server.forget(delete)
            account.delete(request.path.split("/")[3])

    server.on_request(delete)


def test_a_draft_deleted_between_its_page_and_its_further_lines_is_flagged_later(
    account: Account, server: Server
) -> None:
    drafts = [invoice_with_lines(account, lines, status="draft")["id"] for lines in (2, 25, 3)]
    tables = ("invoices", "invoice_line_items")
    delete_before_its_lines(account, server)
    first = sync(server, *tables)
    assert first.failure is None
    assert sorted(first.ids("invoices")) == sorted(drafts)
    account.clock.advance(DAY)
    second = sync(server, *tables, state=first.state)
    mirror = Mirror().load(first.messages).load(second.messages)
    assert mirror.live("invoices").keys() == {(drafts[0],), (drafts[2],)}
    assert len(mirror.live("invoice_line_items")) == 5


def test_a_draft_deleted_between_its_fetch_and_its_further_lines_is_flagged(
    account: Account, server: Server
) -> None:
    draft = invoice_with_lines(account, 25, status="draft")["id"]
    tables = ("invoices", "invoice_line_items")
    first = sync(server, *tables)
    account.clock.advance(DAY)
    account.update(draft, description="changed")
    delete_before_its_lines(account, server)
    second = sync(server, *tables, state=first.state)
    assert second.failure is None
    account.clock.advance(DAY)
    third = sync(server, *tables, state=second.state)
    mirror = Mirror().load([*first.messages, *second.messages, *third.messages])
    assert mirror.live("invoices") == {}


def test_a_deleted_tax_id_is_flagged(account: Account, server: Server) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    tax_id = account.create(
        "tax_id", parent=customer["id"], created=NOW - 90 * DAY, type="eu_vat", value="DE123"
    )
    first = sync(server, "customer_tax_ids")
    assert first.ids("customer_tax_ids") == [tax_id["id"]]
    account.clock.advance(DAY)
    account.delete(tax_id["id"])
    second = sync(server, "customer_tax_ids", state=first.state)
    (row,) = second.records("customer_tax_ids")
    assert (row["value"], row["customer"]) == ("DE123", customer["id"])
    assert row["_sdc_deleted_at"] == to_iso(NOW + DAY)


def test_fees_are_rows_by_transaction_and_position(account: Account, server: Server) -> None:
    transaction = account.create(
        "balance_transaction",
        created=NOW - DAY,
        status="available",
        fee=130,
        fee_details=[
            {"amount": 100, "currency": "eur", "type": "stripe_fee"},
            {"amount": 30, "currency": "eur", "type": "tax"},
        ],
    )
    rows = sync(server, "balance_transaction_fee_details").records()
    assert [(r["balance_transaction"], r["position"], r["amount"]) for r in rows] == [
        (transaction["id"], 0, 100),
        (transaction["id"], 1, 30),
    ]


def test_a_price_that_changed_is_current_inside_its_subscription_items(
    account: Account, server: Server
) -> None:
    subscription = subscription_with_items(account, items=1)
    (item,) = account.children(subscription["id"], "items")
    first = sync(server, "subscription_items")
    account.clock.advance(DAY)
    account.update(item["price"], nickname="Renamed")
    second = sync(server, "subscription_items", state=first.state)
    assert [row["price"]["nickname"] for row in second.records()] == ["Renamed"]


def test_a_discount_that_is_taken_away_is_flagged_on_its_own_event(
    account: Account, server: Server
) -> None:
    """Its customer and its subscription tell nothing, as when the discount has only run out."""
    coupon = account.create("coupon", percent_off=5.0, created=NOW - 90 * DAY)
    subscription = subscription_with_items(account)
    holders = {"customer": subscription["customer"], "subscription": subscription["id"]}
    taken = {}
    for holder, id_ in holders.items():
        where = {"customer": holders["customer"], holder: id_}
        source = {"type": "coupon", "coupon": coupon["id"]}
        start = NOW - 80 * DAY
        taken[holder] = account.create("discount", silent=True, start=start, source=source, **where)
    account.update(holders["customer"], silent=True, discount=taken["customer"]["id"])
    account.update(holders["subscription"], silent=True, discounts=[taken["subscription"]["id"]])
    first = sync(server, "discounts")
    account.clock.advance(DAY)
    account.update(holders["customer"], silent=True, discount=None)
    account.update(holders["subscription"], silent=True, discounts=[])
    for discount in taken.values():
        account.emit("customer.discount.deleted", discount)
    second = sync(server, "discounts", state=first.state)
    mirror = Mirror().load(first.messages)
    rows = {(taken[holder]["id"], holder, id_) for holder, id_ in holders.items()}
    assert set(mirror.live("discounts")) == rows
    mirror.load(second.messages)
    assert set(mirror.flagged("discounts")) == rows
    assert mirror.live("discounts") == {}
