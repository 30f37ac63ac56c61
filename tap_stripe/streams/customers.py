"""Customers and what belongs to them."""

from __future__ import annotations

from tap_stripe.streams.asks import each_source
from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import KEY_TEXT, TEXT, TIME, Column
from tap_stripe.streams.cuts import AskedFor, ListedIn
from tap_stripe.streams.discounts import DiscountsIn


class Customers(StripeStream):
    """Everyone who pays. Deleted customers are not listed; their rows are flagged."""

    name = "customers"
    stripe_object = "customer"
    permissions = ("customer_read",)
    path = "/v1/customers"
    ids_per_account = True
    events = ("customer.created", "customer.deleted", "customer.updated")
    follows = {"discount": ("customer",), "tax_id": ("customer",)}
    nested = (
        NestedList("tax_ids", "/v1/customers/{id}/tax_ids"),
        NestedList("sources", "/v1/customers/{id}/sources"),
    )
    deletable = True


class CustomerTaxIds(StripeStream):
    """Tax ids of customers, from the customers' pages."""

    name = "customer_tax_ids"
    unseen = "The tax ids of a deleted customer are not flagged."
    stripe_object = "tax_id"
    permissions = ("customer_read",)
    cuts = (ListedIn("customers", "tax_ids", "customer", expanded=True),)
    events = ("customer.tax_id.created", "customer.tax_id.deleted", "customer.tax_id.updated")
    deletable = True


class Discounts(StripeStream):
    """Discounts wherever they apply: one row per discount and object that it is on."""

    name = "discounts"
    stripe_object = "discount"
    modeless = True
    permissions = ("customer_read", "subscription_read", "invoice_read")
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


class CustomerBalanceTransactions(StripeStream):
    """Movements of customers' balances; each changes its customer, whose event tells."""

    name = "customer_balance_transactions"
    stripe_object = "customer_balance_transaction"
    permissions = ("customer_read",)
    cuts = (
        AskedFor(
            "customers",
            "/v1/customers/{id}/balance_transactions",
            columns=(("customer", "id"),),
        ),
    )
    unseen = "Edits of a description or of metadata show when the customer changes."


class CustomerCashBalanceTransactions(StripeStream):
    """Movements of the money that customers have sent ahead."""

    name = "customer_cash_balance_transactions"
    stripe_object = "customer_cash_balance_transaction"
    permissions = ("customer_read",)
    cuts = (
        AskedFor(
            "customers",
            "/v1/customers/{id}/cash_balance_transactions",
            columns=(("customer", "id"),),
        ),
    )
    events = ("customer_cash_balance_transaction.created",)


class CustomerPaymentMethods(StripeStream):
    """The payment methods of each customer; detached ones are flagged."""

    name = "customer_payment_methods"
    stripe_object = "payment_method"
    permissions = ("payment_method_read", "customer_read")
    cuts = (
        AskedFor(
            "customers",
            "/v1/customers/{id}/payment_methods",
            columns=(("customer", "id"),),
        ),
    )
    deletable = True
    removed_by = ("payment_method.detached",)
    events = (
        "payment_method.attached",
        "payment_method.automatically_updated",
        "payment_method.detached",
        "payment_method.updated",
    )


class CustomerSources(StripeStream):
    """Cards, bank accounts and sources of the older API, from the customers' pages."""

    name = "customer_sources"
    stripe_object = ("account", "bank_account", "card", "source")
    modeless = True
    permissions = ("customer_read",)
    cuts = (ListedIn("customers", "sources", "customer", expanded=True),)
    deletable = True
    events = (
        "customer.source.created",
        "customer.source.deleted",
        "customer.source.expiring",
        "customer.source.updated",
        "source.canceled",
        "source.chargeable",
        "source.failed",
        "source.refund_attributes_required",
    )


class SourceTransactions(StripeStream):
    """Payments that arrived at customers' sources (of the older API)."""

    name = "source_transactions"
    stripe_object = "source_transaction"
    permissions = ("source_read",)
    replication_key = None
    cuts = (
        AskedFor(
            "customers",
            "/v1/sources/{id}/source_transactions",
            columns=(("source", "id"), ("customer", "customer")),
            asks=each_source,
            expand=("sources",),
        ),
    )
    added = {"customer": Column(TEXT, "The ID of the customer.")}
