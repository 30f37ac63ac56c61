"""The tables that the histories keep in step."""

from __future__ import annotations

from collections.abc import Mapping

BOOKS = (
    "balance_transaction_fee_details",
    "balance_transactions",
    "charges",
    "coupons",
    "customer_tax_ids",
    "customers",
    "disputes",
    "invoice_items",
    "invoice_line_items",
    "invoices",
    "prices",
    "products",
    "refunds",
    "subscription_items",
    "subscriptions",
)
"""Those of API v1 that stay for ever, where a test needs some tables only."""
TABLES = (
    *BOOKS,
    "checkout_sessions",
    "customer_balance_transactions",
    "customer_payment_methods",
    "discounts",
    "events",
    "payment_attempt_records",
    "payment_intents",
    "payment_methods",
    "payment_records",
    "plans",
    "radar_value_lists",
    "test_clocks",
    "v2_core_accounts",
    "v2_core_events",
    "v2_money_management_outbound_payments",
)
"""Tables of every kind: with events, with parents, asked for object by object, read again while
open, pending or young, read whole, with and without a range of time, of both APIs."""
WATCHED: Mapping[str, tuple[str, int]] = {
    "checkout_sessions": ("metadata", 2),
    "payment_intents": ("description", 7),
}
"""Columns that are edited without an event, and for how many days after its creation an object is
looked at again, as docs/streams.md says."""
