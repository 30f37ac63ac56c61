"""Order, pages, cursors, the created filter, other filters, and what lists hide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from standin import Account, Clock

Get = Callable[..., requests.Response]
Fill = Callable[[], dict[str, Any]]


@pytest.fixture
def charges(account: Account, clock: Clock) -> list[str]:
    """Ids of ten charges, oldest first; the last three share one second."""
    start = clock.now() - 1000
    seconds = [*range(start, start + 8), start + 7, start + 7]
    return [account.create("charge", created=second)["id"] for second in seconds]


def ids(answer: Any) -> list[str]:
    return [item["id"] for item in answer.json()["data"]]


def test_newest_first_with_ties_by_insertion(get: Get, charges: list[str]) -> None:
    assert ids(get("/v1/charges")) == charges[::-1]


def test_a_backdated_object_goes_to_its_place(
    get: Get, account: Account, charges: list[str]
) -> None:
    second = account.get(charges[2])["created"]
    late = account.create("charge", created=second)["id"]
    assert ids(get("/v1/charges?limit=11")) == [*charges[:2:-1], late, *charges[2::-1]]


def test_ten_to_a_page_by_default_and_has_more(get: Get, account: Account) -> None:
    for _ in range(11):
        account.create("customer")
    page = get("/v1/customers").json()
    assert (len(page["data"]), page["has_more"]) == (10, True)
    assert {key: page[key] for key in ("object", "url")} == {
        "object": "list",
        "url": "/v1/customers",
    }
    page = get("/v1/customers?limit=11").json()
    assert (len(page["data"]), page["has_more"]) == (11, False)


def test_starting_after_goes_towards_the_past(get: Get, charges: list[str]) -> None:
    page = get(f"/v1/charges?limit=2&starting_after={charges[4]}")
    assert ids(page) == [charges[3], charges[2]]
    assert page.json()["has_more"]
    page = get(f"/v1/charges?limit=2&starting_after={charges[2]}")
    assert ids(page) == [charges[1], charges[0]]
    assert not page.json()["has_more"]


def test_ending_before_gives_the_page_next_to_the_cursor(get: Get, charges: list[str]) -> None:
    page = get(f"/v1/charges?limit=2&ending_before={charges[4]}")
    assert ids(page) == [charges[6], charges[5]]
    assert page.json()["has_more"]
    assert not get(f"/v1/charges?limit=2&ending_before={charges[7]}").json()["has_more"]


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("created[gte]={3}", slice(3, 10)),
        ("created[gt]={3}", slice(4, 10)),
        ("created[lte]={3}", slice(0, 4)),
        ("created[lt]={3}", slice(0, 3)),
        ("created={3}", slice(3, 4)),
        ("created[gte]={2}&created[lt]={5}", slice(2, 5)),
        ("created[gte]={5}&created[lt]={2}", slice(0, 0)),
    ],
)
def test_created_ranges(
    get: Get, account: Account, charges: list[str], query: str, chosen: slice
) -> None:
    seconds = [account.get(charge)["created"] for charge in charges]
    assert ids(get(f"/v1/charges?{query.format(*seconds)}")) == charges[chosen][::-1]


def test_range_and_cursor_together(get: Get, account: Account, charges: list[str]) -> None:
    second = account.get(charges[2])["created"]
    page = get(f"/v1/charges?created[gte]={second}&starting_after={charges[4]}")
    assert ids(page) == [charges[3], charges[2]]


def test_invoice_items_are_ranged_by_their_date(get: Get, account: Account, clock: Clock) -> None:
    customer = account.create("customer")["id"]
    old = account.create("invoiceitem", customer=customer, created=clock.now() - 500)
    account.create("invoiceitem", customer=customer)
    assert old["date"] == clock.now() - 500
    assert "created" not in old
    assert ids(get(f"/v1/invoiceitems?created[lt]={clock.now()}")) == [old["id"]]


def test_filters_by_field_path_list_and_child(get: Get, account: Account, fill: Fill) -> None:
    first, second = fill(), fill()
    customer, subscription = second["customer"]["id"], second["subscription"]["id"]
    invoice = second["invoice"]["id"]
    [charge, _] = account.all("charge")
    [_, payout] = account.all("payout")
    [price] = [p for p in account.all("price") if p["active"]][1:]
    assert ids(get(f"/v1/invoices?customer={customer}")) == [invoice]
    assert ids(get(f"/v1/invoices?subscription={subscription}")) == [invoice]
    assert len(ids(get("/v1/invoices?status=paid"))) == 2
    assert ids(get("/v1/invoices?status=open")) == []
    assert ids(get(f"/v1/products?ids[]={price['product']}")) == [price["product"]]
    assert ids(get(f"/v1/subscriptions?price={price['id']}")) == [subscription]
    assert ids(get(f"/v1/subscriptions?plan={price['id']}")) == [subscription]
    assert ids(get("/v1/subscriptions?current_period_end[lt]=5")) == []
    assert ids(get(f"/v1/refunds?charge={charge['id']}")) == [account.all("refund")[0]["id"]]
    assert ids(get("/v1/prices?recurring[interval]=year")) == []
    assert len(ids(get("/v1/prices?recurring[interval]=month"))) == 2
    assert ids(get(f"/v1/balance_transactions?payout={payout['id']}")) == [
        account.all("balance_transaction")[1]["id"]
    ]
    assert "payout" not in get("/v1/balance_transactions").json()["data"][0]
    intent = account.all("payment_intent")[0]["id"]
    assert ids(
        get(f"/v1/invoice_payments?payment[type]=payment_intent&payment[payment_intent]={intent}")
    ) == [account.all("invoice_payment")[0]["id"]]
    assert len(ids(get("/v1/invoiceitems?pending=true"))) == 2
    assert ids(get("/v1/invoiceitems?pending=false")) == []
    assert ids(get("/v1/charges?customer=cus_nobody")) == []
    assert first["invoice"]["id"] != invoice


def test_a_filter_follows_changes(get: Get, account: Account) -> None:
    invoice = account.create("invoice", status="open")["id"]
    assert ids(get("/v1/invoices?status=open")) == [invoice]
    account.update(invoice, status="paid")
    assert ids(get("/v1/invoices?status=open")) == []
    assert ids(get("/v1/invoices?status=paid")) == [invoice]


def test_canceled_subscriptions_hide(get: Get, account: Account) -> None:
    customer = account.create("customer")["id"]
    active = account.create("subscription", customer=customer)["id"]
    canceled = account.create("subscription", customer=customer, status="canceled")["id"]
    assert ids(get("/v1/subscriptions")) == [active]
    assert ids(get("/v1/subscriptions?status=all")) == [canceled, active]
    assert ids(get("/v1/subscriptions?status=canceled")) == [canceled]
    assert ids(get("/v1/subscriptions?status=ended")) == [canceled]
    assert get(f"/v1/subscriptions/{canceled}").json()["status"] == "canceled"


def test_inactive_and_inline_prices_hide(get: Get, account: Account) -> None:
    product = account.create("product", name="x")["id"]
    shown = account.create("price", product=product)["id"]
    inactive = account.create("price", product=product, active=False)["id"]
    recurring = {"interval": "month", "interval_count": 1, "usage_type": "licensed"}
    inline = account.create(
        "price", product=product, inline=True, recurring=recurring, type="recurring"
    )
    assert ids(get("/v1/prices")) == [shown]
    assert ids(get("/v1/prices?active=true")) == [shown]
    assert ids(get("/v1/prices?active=false")) == [inactive]
    assert ids(get("/v1/plans")) == []
    assert get(f"/v1/prices/{inline['id']}").status_code == 200
    assert "inline" not in inline


def test_objects_of_test_clocks_hide(get: Get, account: Account) -> None:
    customer = account.create("customer", test_clock="clock_1")["id"]
    assert ids(get("/v1/customers")) == []
    assert ids(get("/v1/customers?test_clock=clock_1")) == [customer]
    subscription = account.create("subscription", customer=customer, test_clock="clock_1")["id"]
    assert ids(get("/v1/subscriptions")) == []
    assert ids(get(f"/v1/subscriptions?customer={customer}")) == [subscription]


def test_children_of_one_parent_only(get: Get, fill: Fill) -> None:
    one, other = fill()["invoice"]["id"], fill()["invoice"]["id"]
    page = get(f"/v1/invoices/{one}/lines?limit=4")
    assert page.json()["url"] == f"/v1/invoices/{one}/lines"
    assert [line["amount"] for line in page.json()["data"]] == [100, 200, 300, 400]
    last = ids(page)[-1]
    page = get(f"/v1/invoices/{one}/lines?limit=100&starting_after={last}")
    assert [line["amount"] for line in page.json()["data"]] == list(range(500, 1501, 100))
    page = get(f"/v1/invoices/{one}/lines?limit=2&ending_before={last}")
    assert [line["amount"] for line in page.json()["data"]] == [200, 300]
    refused = get(f"/v1/invoices/{other}/lines?starting_after={last}")
    assert refused.json()["error"]["code"] == "resource_missing"
