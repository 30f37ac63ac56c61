"""Customers and what belongs to them."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import KEY_TEXT, TEXT, TIME, Column
from tap_stripe.streams.cuts import DiscountsIn, ListedIn


class Customers(StripeStream):
    """Everyone who pays. Deleted customers are not listed; their rows are flagged."""

    name = "customers"
    stripe_object = "customer"
    permission = "customer_read"
    path = "/v1/customers"
    events = ("customer.created", "customer.deleted", "customer.updated")
    follows = {"discount": ("customer",), "tax_id": ("customer",)}
    nested = (NestedList("tax_ids", "/v1/customers/{id}/tax_ids"),)
    deletable = True


class CustomerTaxIds(StripeStream):
    """Tax ids of customers, from the customers' pages. They go unflagged with their customer."""

    name = "customer_tax_ids"
    stripe_object = "tax_id"
    permission = "customer_read"
    cuts = (ListedIn("customers", "tax_ids", "customer", expanded=True),)
    events = ("customer.tax_id.created", "customer.tax_id.deleted", "customer.tax_id.updated")
    deletable = True


class Discounts(StripeStream):
    """Discounts wherever they apply: one row per discount and object that it is on."""

    name = "discounts"
    stripe_object = "discount"
    permission = "customer_read, subscription_read, invoice_read"
    primary_keys = ("id", "parent_type", "parent_id")
    cuts = (
        DiscountsIn("customers", "customer", single=True),
        DiscountsIn("subscriptions", "subscription", inner=("items", "subscription_item")),
        DiscountsIn("invoices", "invoice", inner=("lines", "invoice_line_item")),
    )
    events = (
        "customer.discount.created",
        "customer.discount.deleted",
        "customer.discount.updated",
    )
    deletable = True
    added = {
        "parent_type": Column(
            KEY_TEXT,
            "What the discount is on: `customer`, `subscription`, `subscription_item`, `invoice` "
            "or `invoice_line_item`.",
        ),
        "parent_id": Column(KEY_TEXT, "The ID of the object that the discount is on."),
        "coupon": Column(TEXT, "The ID of the discount's coupon, from `source`."),
        "created": Column(TIME, "When the discount began, as `start`."),
    }
