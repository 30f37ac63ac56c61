"""Payments: attempts, successes, refunds and disputes."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.silent import Watch


class Charges(StripeStream):
    """Attempts to take money.

    A dispute or a refund changes its charge, with or without an event of the charge's own.
    """

    name = "charges"
    stripe_object = "charge"
    permission = "charge_read"
    path = "/v1/charges"
    events = (
        "charge.captured",
        "charge.expired",
        "charge.failed",
        "charge.pending",
        "charge.refunded",
        "charge.succeeded",
        "charge.updated",
    )
    follows = {"dispute": ("charge",), "refund": ("charge",)}


class PaymentIntents(StripeStream):
    """What is to be paid, through one charge or several.

    There is no event for an edit, so open ones are looked up in each run while they are young.
    """

    name = "payment_intents"
    stripe_object = "payment_intent"
    permission = "payment_intent_read"
    path = "/v1/payment_intents"
    events = (
        "payment_intent.amount_capturable_updated",
        "payment_intent.canceled",
        "payment_intent.created",
        "payment_intent.partially_funded",
        "payment_intent.payment_failed",
        "payment_intent.processing",
        "payment_intent.requires_action",
        "payment_intent.succeeded",
    )
    silent = Watch(lambda intent: intent.get("status") not in ("succeeded", "canceled"), days=7)


class Refunds(StripeStream):
    """Money given back."""

    name = "refunds"
    stripe_object = "refund"
    permission = "charge_read"
    path = "/v1/refunds"
    events = ("charge.refund.updated", "refund.created", "refund.failed", "refund.updated")


class Disputes(StripeStream):
    """Payments that a cardholder's bank has questioned."""

    name = "disputes"
    stripe_object = "dispute"
    permission = "dispute_read"
    path = "/v1/disputes"
    events = (
        "charge.dispute.closed",
        "charge.dispute.created",
        "charge.dispute.funds_reinstated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
    )
