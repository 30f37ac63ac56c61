"""Quotes: offers that become subscriptions or invoices."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import belonging
from tap_stripe.streams.cuts import ListedIn
from tap_stripe.streams.silent import Watch


class Quotes(StripeStream):
    """Offers to customers.

    No event tells of an edit, so drafts are looked up in each run.
    """

    name = "quotes"
    stripe_object = "quote"
    permissions = ("quote_read",)
    path = "/v1/quotes"
    range = None
    nested = (
        NestedList("line_items", "/v1/quotes/{id}/line_items"),
        NestedList("computed.upfront.line_items", "/v1/quotes/{id}/computed_upfront_line_items"),
    )
    silent = Watch(
        open=("draft",),
        days=90,
        most=500,
        filter=("status", "draft"),
    )
    events = (
        "quote.accepted",
        "quote.canceled",
        "quote.created",
        "quote.finalized",
    )
    references = (
        "computed.recurring.total_details.breakdown.taxes.rate",
        "computed.upfront.total_details.breakdown.taxes.rate",
        "total_details.breakdown.taxes.rate",
    )
    unseen = (
        "Edits of a quote that is no draft any more show at its next event; quotes of test clocks "
        "are not listed by Stripe."
    )


class _Items(StripeStream):
    """What stands in quotes, from the quotes' pages."""

    stripe_object = "item"
    modeless = True
    permissions = ("quote_read",)
    added = belonging("quote", "quote")
    unseen = "An item that is taken out of a draft is not flagged."
    references = ("taxes.rate",)


class QuoteLineItems(_Items):
    """What quotes offer, from the quotes' pages."""

    name = "quote_line_items"
    cuts = (ListedIn("quotes", "line_items", "quote", expanded=True),)


class QuoteComputedUpfrontLineItems(_Items):
    """What a customer pays at once on accepting a quote, from the quotes' pages."""

    name = "quote_computed_upfront_line_items"
    cuts = (ListedIn("quotes", "computed.upfront.line_items", "quote", expanded=True),)
