"""Invoice details: taxes, discounts and fields of invoices and lines, from the invoices' pages.

The entries have no ids but their position.
"""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.columns import TEXT, Column, numbered
from tap_stripe.streams.cuts import ListedIn, PositionIn

_LINES = ListedIn("invoices", "lines", "invoice")


class _Detail(StripeStream):
    """What all of them share: they come and go with their invoice."""

    permissions = ("invoice_read",)
    deletable = True
    unseen = (
        "An entry that leaves a draft is flagged if the account's own API version shows it in "
        "events as today's does; those of a removed line are not."
    )


class InvoiceTaxes(_Detail):
    """Taxes of each invoice as a whole."""

    name = "invoice_taxes"
    stripe_object = "invoice.total_taxes"
    primary_keys = ("invoice", "position")
    cuts = (PositionIn("invoices", "total_taxes", "invoice"),)
    added = numbered("invoice", "invoice")


class InvoiceDiscountAmounts(_Detail):
    """What each discount takes off an invoice."""

    name = "invoice_discount_amounts"
    stripe_object = "invoice.total_discount_amounts"
    primary_keys = ("invoice", "position")
    cuts = (PositionIn("invoices", "total_discount_amounts", "invoice"),)
    added = numbered("invoice", "invoice")


class InvoiceCustomFields(_Detail):
    """Fields of the account's own that are printed on invoices."""

    name = "invoice_custom_fields"
    stripe_object = "invoice.custom_fields"
    primary_keys = ("invoice", "position")
    cuts = (PositionIn("invoices", "custom_fields", "invoice"),)
    added = numbered("invoice", "invoice")


class InvoiceCustomerTaxIds(_Detail):
    """The customer's tax ids as they stood when the invoice was finalised."""

    name = "invoice_customer_tax_ids"
    stripe_object = "invoice.customer_tax_ids"
    primary_keys = ("invoice", "position")
    cuts = (PositionIn("invoices", "customer_tax_ids", "invoice"),)
    added = numbered("invoice", "invoice")


class InvoiceLineItemTaxes(_Detail):
    """Taxes of each line."""

    name = "invoice_line_item_taxes"
    stripe_object = "line_item.taxes"
    primary_keys = ("invoice_line_item", "position")
    cuts = (
        PositionIn(
            "invoices",
            "taxes",
            "invoice_line_item",
            within=_LINES,
            inherited=("invoice",),
        ),
    )
    added = {
        **numbered("invoice_line_item", "line"),
        "invoice": Column(TEXT, "The ID of the line's invoice."),
    }


class InvoiceLineItemDiscountAmounts(_Detail):
    """What each discount takes off a line."""

    name = "invoice_line_item_discount_amounts"
    stripe_object = "line_item.discount_amounts"
    primary_keys = ("invoice_line_item", "position")
    cuts = (
        PositionIn(
            "invoices",
            "discount_amounts",
            "invoice_line_item",
            within=_LINES,
            inherited=("invoice",),
        ),
    )
    added = {
        **numbered("invoice_line_item", "line"),
        "invoice": Column(TEXT, "The ID of the line's invoice."),
    }
