"""Event snapshots show objects as the account's old API version did."""

from __future__ import annotations

from typing import Any

import pytest

from standin import Account, Clock


def snapshots(account: Account) -> dict[str, dict[str, Any]]:
    """The last snapshot of each kind of object."""
    return {e["data"]["object"]["object"]: e["data"]["object"] for e in account.all("event")}


def business(account: Account) -> dict[str, Any]:
    product = account.create("product", name="x")["id"]
    recurring = {"interval": "month", "interval_count": 1, "usage_type": "licensed"}
    price = account.create(
        "price", product=product, recurring=recurring, tiers=[{"up_to": None, "unit_amount": 5}]
    )["id"]
    coupon = account.create("coupon", percent_off=5)["id"]
    account.create("promotion_code", promotion={"type": "coupon", "coupon": coupon})
    customer = account.create("customer")["id"]
    discount = account.create(
        "discount", customer=customer, source={"type": "coupon", "coupon": coupon}
    )["id"]
    item = {"price": price, "plan": price, "quantity": 3}
    subscription = account.create(
        "subscription",
        customer=customer,
        discounts=[discount],
        items=[{**item, "current_period_start": 10, "current_period_end": 20}],
    )["id"]
    intent = account.create("payment_intent", silent=True)["id"]
    charge = account.create("charge", payment_intent=intent, silent=True)["id"]
    account.update(intent, latest_charge=charge)
    pricing = {"type": "price_details", "price_details": {"price": price}}
    details = {
        "type": "subscription_item_details",
        "subscription_item_details": {"subscription_item": "si_1", "proration": True},
    }
    tax = {"amount": 7, "tax_behavior": "inclusive", "type": "tax_rate_details",
           "tax_rate_details": {"tax_rate": "txr_1"}}  # fmt: skip
    invoice = account.create(
        "invoice",
        customer=customer,
        parent={
            "type": "subscription_details",
            "subscription_details": {"subscription": subscription},
        },
        total_taxes=[tax],
        lines=[{"pricing": pricing, "parent": details, "taxes": [tax], "amount": 5}],
    )["id"]
    payment = {"type": "payment_intent", "payment_intent": intent}
    account.create("invoice_payment", invoice=invoice, payment=payment)
    account.update(invoice, status="paid")
    account.update(charge, description="x")
    account.update(intent, event="payment_intent.succeeded")
    account.create("invoiceitem", customer=customer, pricing=pricing)
    account.create("credit_note", customer=customer, invoice=invoice, refunds=[{"refund": "re_1"}])
    return {"price": price, "coupon": coupon, "subscription": subscription, "charge": charge,
            "intent": intent, "invoice": invoice, "discount": discount}  # fmt: skip


def test_before_basil(account: Account) -> None:
    made = business(account)
    shown = snapshots(account)
    assert {e["api_version"] for e in account.all("event")} == {"2022-11-15"}

    subscription = shown["subscription"]
    assert (subscription["current_period_start"], subscription["current_period_end"]) == (10, 20)
    assert (subscription["plan"]["id"], subscription["quantity"]) == (made["price"], 3)
    assert subscription["discount"]["coupon"]["id"] == made["coupon"]
    assert subscription["discounts"] == [made["discount"]]

    invoice = shown["invoice"]
    assert invoice["subscription"] == made["subscription"]
    assert (invoice["payment_intent"], invoice["charge"]) == (made["intent"], made["charge"])
    assert (invoice["paid"], invoice["tax"]) == (True, 7)
    assert not {"parent", "total_taxes"} & set(invoice)
    [line] = invoice["lines"]["data"]
    assert (line["price"]["id"], line["plan"]["id"]) == (made["price"], made["price"])
    assert (line["type"], line["proration"]) == ("subscription", True)
    assert line["subscription_item"] == "si_1"
    assert line["tax_amounts"][0]["tax_rate"] == "txr_1"
    assert not {"pricing", "parent", "taxes"} & set(line)

    assert shown["charge"]["invoice"] == shown["payment_intent"]["invoice"] == made["invoice"]
    assert shown["invoiceitem"]["price"]["id"] == made["price"]
    assert shown["credit_note"]["refund"] == "re_1"
    assert "refunds" not in shown["credit_note"]
    assert shown["discount"]["coupon"]["percent_off"] == 5
    assert "source" not in shown["discount"]
    assert shown["promotion_code"]["coupon"]["id"] == made["coupon"]
    assert "tiers" not in shown["price"]


@pytest.mark.parametrize(
    ("version", "invoice_has_parent", "discount_has_source"),
    [
        ("2024-06-20", False, False),
        ("2025-03-31.basil", True, False),
        ("2025-09-30.clover", True, True),
        ("2026-10-28.endive", True, True),
    ],
)
def test_each_version_keeps_what_it_had(
    clock: Clock, version: str, *, invoice_has_parent: bool, discount_has_source: bool
) -> None:
    account = Account(clock=clock, event_version=version)
    business(account)
    shown = snapshots(account)
    assert ("parent" in shown["invoice"]) == invoice_has_parent
    assert ("source" in shown["discount"]) == discount_has_source


def test_periods_of_a_subscription_span_its_items(account: Account) -> None:
    subscription = business(account)["subscription"]
    price = account.all("price")[0]["id"]
    account.create(
        "subscription_item",
        parent=subscription,
        price=price,
        plan=price,
        current_period_start=5,
        current_period_end=15,
    )
    shown = snapshots(account)["subscription"]
    assert (shown["current_period_start"], shown["current_period_end"]) == (5, 20)
    assert (shown["plan"], shown["quantity"]) == (None, None)


def test_lists_show_the_present_version(account: Account) -> None:
    made = business(account)
    assert account.get(made["subscription"])["discounts"] == [made["discount"]]
    assert "current_period_end" not in account.get(made["subscription"])


@pytest.mark.parametrize("version", ["2099-01-01", "2020-08-27"])
def test_versions_that_cannot_be_written(clock: Clock, version: str) -> None:
    with pytest.raises(ValueError, match=version):
        Account(clock=clock, event_version=version)


def test_previous_attributes_are_in_the_old_version_too(account: Account) -> None:
    made = business(account)
    [item] = account.children(made["subscription"], "items")
    account.update(item["id"], current_period_end=30)
    previous = account.all("event")[-1]["data"]["previous_attributes"]
    assert previous["current_period_end"] == 20
    assert previous["items"]["data"][0]["current_period_end"] == 20
