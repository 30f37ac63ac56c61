"""Payments: attempts, successes, refunds and disputes."""

from __future__ import annotations

from tap_stripe.api import CREATED_AFTER
from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import belonging, linking
from tap_stripe.streams.cuts import AskedFor, ListedIn, ReferencesIn
from tap_stripe.streams.silent import Recent, Watch


class Charges(StripeStream):
    """Attempts to take money.

    A dispute or a refund changes its charge, with or without an event of the charge's own.
    """

    name = "charges"
    stripe_object = "charge"
    permissions = ("charge_read",)
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
    permissions = ("payment_intent_read",)
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
    nested = (
        NestedList(
            "amount_details.line_items", "/v1/payment_intents/{id}/amount_details_line_items"
        ),
    )
    silent = Watch(closed=("succeeded", "canceled"), days=7)


class Refunds(StripeStream):
    """Money given back."""

    name = "refunds"
    stripe_object = "refund"
    modeless = True
    permissions = ("charge_read",)
    path = "/v1/refunds"
    events = ("charge.refund.updated", "refund.created", "refund.failed", "refund.updated")


class Disputes(StripeStream):
    """Payments that a cardholder's bank has questioned."""

    name = "disputes"
    stripe_object = "dispute"
    permissions = ("dispute_read",)
    path = "/v1/disputes"
    events = (
        "charge.dispute.closed",
        "charge.dispute.created",
        "charge.dispute.funds_reinstated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
    )


class PaymentAttemptRecords(StripeStream):
    """Attempts within payment records. Stripe lists them for one record at a time."""

    name = "payment_attempt_records"
    stripe_object = "payment_attempt_record"
    cuts = (
        AskedFor(
            "payment_records",
            "/v1/payment_attempt_records",
            columns=(("payment_record", "id"),),
            params=(("payment_record", "{id}"),),
        ),
    )
    unseen = "Attempts of a record older than a week are not seen until the next full refresh."


class PaymentIntentLineItems(StripeStream):
    """What payment intents are for, where that was given; from the intents' pages."""

    name = "payment_intent_line_items"
    stripe_object = "payment_intent_amount_details_line_item"
    modeless = True
    permissions = ("payment_intent_read",)
    cuts = (
        ListedIn("payment_intents", "amount_details.line_items", "payment_intent", expanded=True),
    )
    added = belonging("payment_intent", "payment intent")
    unseen = (
        "Items of an intent that has ended, or is older than a week, change without an event; one "
        "that is taken out is not flagged."
    )


class PaymentRecords(StripeStream):
    """Payments, at Stripe or elsewhere, as one record each.

    They have no events; most settle within days.
    """

    name = "payment_records"
    stripe_object = "payment_record"
    path = "/v1/payment_records"
    range = CREATED_AFTER
    silent = Recent(days=7)
    optional = "reads the last week again in each run"
    unseen = "Changes later than a week after creation show at the next full refresh."


class DisputeBalanceTransactions(StripeStream):
    """The movements of the balance that disputes have caused, from the disputes' pages."""

    name = "dispute_balance_transactions"
    stripe_object = ""
    modeless = True
    permissions = ("dispute_read",)
    primary_keys = ("dispute", "balance_transaction")
    cuts = (
        ReferencesIn("disputes", "balance_transactions", "dispute", column="balance_transaction"),
    )
    added = linking("dispute", "balance_transaction")


class ThreeDSecureAuthentications(StripeStream):
    """Authentications of cardholders that were asked for apart from a payment."""

    name = "three_d_secure_authentications"
    stripe_object = "three_d_secure.authentication"
    path = "/v1/three_d_secure/authentications"
    events = (
        "three_d_secure.authentication.canceled",
        "three_d_secure.authentication.challenge_started",
        "three_d_secure.authentication.errored",
        "three_d_secure.authentication.failed",
        "three_d_secure.authentication.requires_challenge",
        "three_d_secure.authentication.requires_submission",
        "three_d_secure.authentication.succeeded",
    )
