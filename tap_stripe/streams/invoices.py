"""Invoices: what was billed, what for, and how it was settled."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import TIME, Column, field
from tap_stripe.streams.cuts import ListedIn
from tap_stripe.streams.silent import Watch


class Invoices(StripeStream):
    """Bills, drafts included. Only drafts can be deleted."""

    name = "invoices"
    stripe_object = "invoice"
    permissions = ("invoice_read",)
    path = "/v1/invoices"
    nested = (NestedList("lines", "/v1/invoices/{id}/lines"),)
    references = ("shipping_cost.taxes.rate",)
    events = (
        "invoice.created",
        "invoice.deleted",
        "invoice.finalization_failed",
        "invoice.finalized",
        "invoice.marked_uncollectible",
        "invoice.overdue",
        "invoice.overpaid",
        "invoice.paid",
        "invoice.payment_action_required",
        "invoice.payment_attempt_required",
        "invoice.payment_failed",
        "invoice.payment_succeeded",
        "invoice.sent",
        "invoice.updated",
        "invoice.voided",
        "invoice.will_be_due",
    )
    deletable = True


class InvoiceLineItems(StripeStream):
    """The lines of every invoice, all of them; lines that left a draft are flagged."""

    name = "invoice_line_items"
    stripe_object = "line_item"
    permissions = ("invoice_read",)
    cuts = (ListedIn("invoices", "lines", "invoice"),)
    deletable = True
    added = {"created": Column(TIME, "When the line's invoice was created.")}


class InvoiceItems(StripeStream):
    """Amounts waiting for the next invoice, and those that were put on one.

    Stripe announces only creation and deletion, so items that are on no invoice yet are looked
    up in each run.
    """

    name = "invoice_items"
    stripe_object = "invoiceitem"
    permissions = ("invoice_read",)
    path = "/v1/invoiceitems"
    created_field = "date"
    events = ("invoiceitem.created", "invoiceitem.deleted")
    silent = Watch(
        field="invoice",
        open=(None,),
        days=400,
        most=500,
        filter=("pending", "true"),
        created_field="date",
    )
    deletable = True
    added = {"created": Column(TIME, "When the item was created, as `date`.", field("date"))}


class InvoicePayments(StripeStream):
    """Which payment paid which invoice: the only link between the two.

    Stripe announces only that one was paid, so open ones are looked up in each run.
    """

    name = "invoice_payments"
    stripe_object = "invoice_payment"
    permissions = ("invoice_read",)
    path = "/v1/invoice_payments"
    events = ("invoice_payment.paid",)
    silent = Watch(
        open=("open",),
        days=400,
        most=500,
        filter=("status", "open"),
    )
