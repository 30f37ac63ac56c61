"""Checkout: sessions, payment links and what was put into the basket."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import TEXT, TIME, Column, numbered
from tap_stripe.streams.cuts import ListedIn, PositionIn
from tap_stripe.streams.silent import Watch


class CheckoutSessions(StripeStream):
    """Attempts of customers to pay on a page of Stripe's.

    Nothing is announced before a session ends, so open ones are looked up in each run.
    """

    name = "checkout_sessions"
    stripe_object = "checkout.session"
    permissions = ("checkout_session_read",)
    path = "/v1/checkout/sessions"
    nested = (NestedList("line_items", "/v1/checkout/sessions/{id}/line_items"),)
    silent = Watch(
        open=("open",),
        days=2,
        most=500,
        filter=("status", "open"),
    )
    unseen = "Edits of a session that has ended (metadata) show at the next full refresh."
    events = (
        "checkout.session.async_payment_failed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.completed",
        "checkout.session.expired",
    )
    references = (
        "shipping_cost.taxes.rate",
        "total_details.breakdown.taxes.rate",
    )


class CheckoutSessionLineItems(StripeStream):
    """What the sessions' baskets hold, from the sessions' pages."""

    name = "checkout_session_line_items"
    stripe_object = "item"
    modeless = True
    permissions = ("checkout_session_read",)
    cuts = (ListedIn("checkout_sessions", "line_items", "checkout_session", expanded=True),)
    added = {
        "checkout_session": Column(TEXT, "The ID of the session."),
        "created": Column(TIME, "When the checkout session was created."),
    }
    unseen = "An item that is taken out of an open session is not flagged."
    references = ("taxes.rate",)


class PaymentLinks(StripeStream):
    """Links that lead to a page of Stripe's to pay on."""

    name = "payment_links"
    stripe_object = "payment_link"
    permissions = ("payment_links_read",)
    path = "/v1/payment_links"
    range = None
    replication_key = None
    nested = (NestedList("line_items", "/v1/payment_links/{id}/line_items"),)


class PaymentLinkLineItems(StripeStream):
    """What payment links sell, from the links' pages."""

    name = "payment_link_line_items"
    stripe_object = "item"
    modeless = True
    permissions = ("payment_links_read",)
    replication_key = None
    deletable = True
    cuts = (ListedIn("payment_links", "line_items", "payment_link", expanded=True),)
    added = {"payment_link": Column(TEXT, "The ID of the payment link.")}
    references = ("taxes.rate",)


class CheckoutSessionCustomFields(StripeStream):
    """What customers filled in besides, from the sessions' pages."""

    name = "checkout_session_custom_fields"
    stripe_object = "checkout.session.custom_fields"
    modeless = True
    permissions = ("checkout_session_read",)
    primary_keys = ("checkout_session", "position")
    cuts = (PositionIn("checkout_sessions", "custom_fields", "checkout_session"),)
    added = numbered("checkout_session", "session")
