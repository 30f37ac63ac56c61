"""Fields that Stripe sends only to those who ask for them with ``expand``.

The package's types don't say so: they mark what is null or an id unless it's expanded, not what
is missing. Mostly these are lists of objects that have a table of their own. A field listed here
is left out of a schema unless the stream asks for it, so that no column stays empty for ever.
"""

from __future__ import annotations

EXPAND_ONLY = frozenset(
    {
        "charge.refunds",
        "checkout.session.line_items",
        "coupon.applies_to",
        "coupon.currency_options",
        "customer.sources",
        "customer.subscriptions",
        "customer.tax_ids",
        "file.links",
        "invoice.payments",
        "payment_intent.amount_details.line_items",
        "payment_link.line_items",
        "plan.tiers",
        "price.currency_options",
        "price.tiers",
        "quote.computed.upfront.line_items",
        "quote.line_items",
        "tax.calculation.line_items",
        "tax.transaction.line_items",
        "treasury.transaction.entries",
    }
)
"""Name of the object and path of the field in it."""

KEPT_AS_IDS = frozenset(
    {
        "balance_transaction",
        "climate.supplier",
        "issuing.authorization",
        "issuing.card",
        "issuing.cardholder",
        "issuing.transaction",
        "payout",
        "tax_rate",
        "treasury.credit_reversal",
        "treasury.debit_reversal",
        "treasury.inbound_transfer",
        "treasury.outbound_payment",
        "treasury.outbound_transfer",
        "treasury.received_credit",
        "treasury.received_debit",
    }
)
"""Objects that Stripe embeds whole in others although they have a table of their own.

They change without a word about the objects around them, so a copy would grow stale: the schema
has their ids, as for references that can be expanded.
"""
