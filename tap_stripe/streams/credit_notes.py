"""Credit notes: corrections of invoices."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import TEXT, Column, belonging, numbered
from tap_stripe.streams.cuts import ListedIn, PositionIn

_LINES = ListedIn("credit_notes", "lines", "credit_note")


class CreditNotes(StripeStream):
    """Corrections that lower what an invoice asked for."""

    name = "credit_notes"
    stripe_object = "credit_note"
    permissions = ("credit_note_read",)
    path = "/v1/credit_notes"
    nested = (NestedList("lines", "/v1/credit_notes/{id}/lines"),)
    references = ("shipping_cost.taxes.rate",)
    events = ("credit_note.created", "credit_note.updated", "credit_note.voided")


class CreditNoteLineItems(StripeStream):
    """The lines of every credit note, fixed once it is issued."""

    name = "credit_note_line_items"
    stripe_object = "credit_note_line_item"
    permissions = ("credit_note_read",)
    cuts = (_LINES,)
    added = belonging("credit_note", "line's credit note")


class _OfCreditNote(StripeStream):
    """What belongs to a credit note as a whole, from the notes' pages."""

    modeless = True
    permissions = ("credit_note_read",)
    primary_keys = ("credit_note", "position")
    added = numbered("credit_note", "credit note")


class CreditNoteTaxes(_OfCreditNote):
    """Taxes of each credit note as a whole, from the notes' pages."""

    name = "credit_note_taxes"
    stripe_object = "credit_note.total_taxes"
    cuts = (PositionIn("credit_notes", "total_taxes", "credit_note"),)


class CreditNoteDiscountAmounts(_OfCreditNote):
    """What discounts take off each credit note, from the notes' pages."""

    name = "credit_note_discount_amounts"
    stripe_object = "credit_note.discount_amounts"
    cuts = (PositionIn("credit_notes", "discount_amounts", "credit_note"),)


class CreditNoteLineItemTaxes(StripeStream):
    """Taxes of each line of each credit note, from the notes' pages."""

    name = "credit_note_line_item_taxes"
    stripe_object = "credit_note_line_item.taxes"
    modeless = True
    permissions = ("credit_note_read",)
    primary_keys = ("credit_note_line_item", "position")
    cuts = (
        PositionIn(
            "credit_notes",
            "taxes",
            "credit_note_line_item",
            within=_LINES,
            inherited=("credit_note",),
        ),
    )
    added = {
        **numbered("credit_note_line_item", "line"),
        "credit_note": Column(TEXT, "The ID of the line's credit note."),
    }
