"""The account's Python side: honest objects, repeatable ids, fresh answers after a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import requests

from standin import Account, Clock, official

Get = Callable[..., requests.Response]


@pytest.mark.parametrize(
    ("object_name", "fields", "complaint"),
    [
        ("customer", {"colour": "red"}, "customer has no field 'colour'"),
        ("customer", {"name": 5}, "customer.name must be of type str"),
        ("charge", {"amount": "5"}, "charge.amount must be of type int"),
        ("charge", {"amount": True}, "charge.amount must be of type int"),
        ("charge", {"amount": None}, "charge.amount must be of type int, not None"),
        ("charge", {"billing_details": {"fax": "1"}}, "charge.billing_details has no field 'fax'"),
        ("price", {"unit_amount_decimal": "a", "product": "p"}, "must be of type Decimal"),
        ("subscription", {}, "subscription.customer must be given"),
        ("customer", {"preferred_locales": "de"}, "customer.preferred_locales must be a list"),
        ("unicorn", {}, "unicorn"),
    ],
)
def test_only_what_the_official_types_know(
    account: Account, object_name: str, fields: dict[str, Any], complaint: str
) -> None:
    with pytest.raises((ValueError, KeyError), match=complaint):
        account.create(object_name, **fields)
    assert account.all(object_name if object_name != "unicorn" else "customer") == []


def test_every_declared_field_is_there(account: Account) -> None:
    customer = account.create("customer")
    hidden = {"deleted", "sources", "subscriptions", "tax_ids"}
    declared = official.fields(official.object_class("customer"))
    assert set(customer) == set(declared) - hidden
    assert (customer["metadata"], customer["livemode"]) == ({}, False)
    charge = account.create("charge", billing_details={"name": "Ada"})
    assert charge["billing_details"]["email"] is None
    assert charge["metadata"] == {}


def test_alternatives_of_a_hash_stay_absent(account: Account) -> None:
    invoice = account.create("invoice", parent={"type": "quote_details", "quote_details": {}})
    assert set(invoice["parent"]) == {"type", "quote_details"}
    code = account.create(
        "promotion_code", promotion={"type": "coupon"}, restrictions={"minimum_amount": 5}
    )
    assert code["restrictions"] == {
        "first_time_transaction": False,
        "minimum_amount": 5,
        "minimum_amount_currency": None,
    }


def test_updates_are_checked_too(account: Account) -> None:
    invoice = account.create("invoice")["id"]
    with pytest.raises(ValueError, match="no field 'colour'"):
        account.update(invoice, colour="red")
    with pytest.raises(ValueError, match="change the members of lines"):
        account.update(invoice, lines=[])


def test_ids_are_in_stripes_style_and_repeatable(clock: Clock) -> None:
    def make(seed: int) -> list[str]:
        account = Account(clock=clock, seed=seed)
        kinds = ("customer", "invoice", "coupon", "payment_intent")
        return [account.create(kind)["id"] for kind in kinds] + [account.id]

    customer, invoice, coupon, intent, account_id = make(1)
    assert customer.startswith("cus_")
    assert len(customer) == 18
    assert invoice.startswith("in_1")
    assert len(invoice) == 27
    assert len(coupon) == 8
    assert intent.startswith("pi_")
    assert account_id.startswith("acct_")
    assert make(1) == [customer, invoice, coupon, intent, account_id]
    assert make(2)[0] != customer


def test_an_id_is_taken_once(account: Account) -> None:
    account.create("coupon", id="SUMMER")
    with pytest.raises(ValueError, match="SUMMER exists already"):
        account.create("coupon", id="SUMMER")


def test_what_cannot_be_deleted(account: Account) -> None:
    customer = account.create("customer")["id"]
    subscription = account.create("subscription", customer=customer)["id"]
    invoice = account.create("invoice", status="open")["id"]
    for row_id in (subscription, invoice):
        with pytest.raises(ValueError, match="can't be deleted"):
            account.delete(row_id)
    account.update(invoice, status="draft")
    account.delete(invoice)
    with pytest.raises(KeyError):
        account.get(invoice)
    with pytest.raises(ValueError, match="belongs to no other"):
        account.remove_child(customer)


def test_deleting_a_draft_takes_its_lines_along(account: Account) -> None:
    invoice = account.create("invoice", lines=[{"amount": 1}, {"amount": 2}])["id"]
    assert len(account.children(invoice, "lines")) == 2
    account.delete(invoice)
    assert account.all("line_item") == []


def test_a_child_needs_its_parent(account: Account) -> None:
    with pytest.raises(ValueError, match="in_x can't be the parent of a line_item"):
        account.create("line_item", parent="in_x")


def test_stored_objects_do_not_share_what_was_given(account: Account) -> None:
    metadata = {"a": "1"}
    customer = account.create("customer", metadata=metadata)["id"]
    metadata["a"] = "2"
    assert account.get(customer)["metadata"] == {"a": "1"}


def test_answers_are_fresh_after_every_kind_of_change(get: Get, account: Account) -> None:
    product = account.create("product", name="x")["id"]
    price = account.create("price", product=product, nickname="old")["id"]
    customer = account.create("customer", name="old")["id"]
    item = {"price": price, "plan": price}
    subscription = account.create("subscription", customer=customer, items=[item])["id"]
    charge = account.create("charge", customer=customer)["id"]

    def shown(path: str) -> Any:
        return get(path).json()

    items = f"/v1/subscriptions/{subscription}"
    expanded = f"/v1/charges/{charge}?expand[]=customer&expand[]=refunds"
    assert shown(items)["items"]["data"][0]["price"]["nickname"] == "old"
    assert shown(expanded)["customer"]["name"] == "old"
    assert shown(expanded)["refunds"]["data"] == []

    account.update(price, nickname="new")
    account.update(customer, name="new")
    account.create("refund", charge=charge)
    assert shown(items)["items"]["data"][0]["price"]["nickname"] == "new"
    assert shown(expanded)["customer"]["name"] == "new"
    assert len(shown(expanded)["refunds"]["data"]) == 1

    account.create("subscription_item", parent=subscription, price=price, plan=price)
    assert len(shown(items)["items"]["data"]) == 2
    account.delete(customer)
    assert shown(expanded)["customer"] == {"id": customer, "object": "customer", "deleted": True}


def test_an_object_that_comes_after_its_reference(get: Get, account: Account) -> None:
    charge = account.create("charge", customer="cus_later")["id"]
    path = f"/v1/charges/{charge}?expand[]=customer"
    assert get(path).json()["customer"] == "cus_later"
    account.create("customer", id="cus_later")
    assert get(path).json()["customer"]["object"] == "customer"


def test_deleted_discounts_and_coupons_are_still_shown_where_they_were(
    get: Get, account: Account
) -> None:
    coupon = account.create("coupon", percent_off=5)["id"]
    discount = account.create("discount", source={"type": "coupon", "coupon": coupon})["id"]
    invoice = account.create("invoice", discounts=[discount])["id"]
    account.delete(discount)
    account.delete(coupon)
    answer = get(f"/v1/invoices/{invoice}?expand[]=discounts.source.coupon").json()
    [shown] = answer["discounts"]
    assert shown["deleted"] is True
    assert shown["id"] == discount


def test_clocks(account: Account, clock: Clock) -> None:
    start = clock.now()
    clock.advance(5)
    assert account.create("charge")["created"] == start + 5
    clock.set(start)
    assert clock.now() == start
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2026, 1, 1))  # noqa: DTZ001
    clock.run()
    assert 0 <= clock.now() - start < 5
