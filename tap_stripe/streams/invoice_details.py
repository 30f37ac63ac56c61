"""Invoice details: taxes, discounts and fields of invoices and lines, from the invoices' pages.

The entries have no ids but their position.
"""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.columns import TEXT, Column, numbered
from tap_stripe.streams.cuts import ListedIn, PositionIn

_LINES = ListedIn("invoices", "lines", "invoice")


def _in_lines(field: str) -> PositionIn:
    """The entries of an array in each line."""
    return PositionIn("invoices", field, "invoice_line_item", within=_LINES, inherited=("invoice",))


class _Detail(StripeStream):
    """What all of them share: they come and go with their invoice."""

    modeless = True
    permissions = ("invoice_read",)
    deletable = True
    unseen = (
        "An entry that leaves a draft is flagged if the account's own API version shows it in "
        "events as today's does; those of a removed line are not."
    )


class _OfInvoice(_Detail):
    """What belongs to the invoice as a whole."""

    primary_keys = ("invoice", "position")
    added = numbered("invoice", "invoice")


class _OfLine(_Detail):
    """What belongs to a line."""

    primary_keys = ("invoice_line_item", "position")
    added = {
        **numbered("invoice_line_item", "line"),
        "invoice": Column(TEXT, "The ID of the line's invoice."),
    }


class InvoiceTaxes(_OfInvoice):
    """Taxes of each invoice as a whole."""

    name = "invoice_taxes"
    stripe_object = "invoice.total_taxes"
    cuts = (PositionIn("invoices", "total_taxes", "invoice"),)


class InvoiceDiscountAmounts(_OfInvoice):
    """What each discount takes off an invoice."""

    name = "invoice_discount_amounts"
    stripe_object = "invoice.total_discount_amounts"
    cuts = (PositionIn("invoices", "total_discount_amounts", "invoice"),)


class InvoiceCustomFields(_OfInvoice):
    """Fields of the account's own that are printed on invoices."""

    name = "invoice_custom_fields"
    stripe_object = "invoice.custom_fields"
    cuts = (PositionIn("invoices", "custom_fields", "invoice"),)


class InvoiceCustomerTaxIds(_OfInvoice):
    """The customer's tax ids as they stood when the invoice was finalised."""

    name = "invoice_customer_tax_ids"
    stripe_object = "invoice.customer_tax_ids"
    cuts = (PositionIn("invoices", "customer_tax_ids", "invoice"),)


class InvoiceLineItemTaxes(_OfLine):
    """Taxes of each line."""

    name = "invoice_line_item_taxes"
    stripe_object = "line_item.taxes"
    cuts = (_in_lines("taxes"),)


class InvoiceLineItemDiscountAmounts(_OfLine):
    """What each discount takes off a line."""

    name = "invoice_line_item_discount_amounts"
    stripe_object = "line_item.discount_amounts"
    cuts = (_in_lines("discount_amounts"),)
