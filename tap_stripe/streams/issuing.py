"""Issuing: cards that the account gives out, and what they pay for."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.cuts import AskedFor


class _Issuing(StripeStream):
    """What takes the product."""

    product = "Issuing"


class IssuingAuthorizations(_Issuing):
    """Requests to pay with a card."""

    name = "issuing_authorizations"
    stripe_object = "issuing.authorization"
    permissions = ("issuing_authorization_read",)
    path = "/v1/issuing/authorizations"
    events = (
        "issuing_authorization.created",
        "issuing_authorization.request",
        "issuing_authorization.updated",
    )
    references = ("card",)


class IssuingCardholders(_Issuing):
    """Who has a card."""

    name = "issuing_cardholders"
    stripe_object = "issuing.cardholder"
    permissions = ("issuing_cardholder_read",)
    path = "/v1/issuing/cardholders"
    events = (
        "issuing_cardholder.created",
        "issuing_cardholder.updated",
    )


class IssuingCards(_Issuing):
    """Cards, virtual and physical."""

    name = "issuing_cards"
    stripe_object = "issuing.card"
    permissions = ("issuing_card_read",)
    path = "/v1/issuing/cards"
    events = (
        "issuing_card.created",
        "issuing_card.updated",
    )
    references = ("cardholder",)


class IssuingDisputes(_Issuing):
    """Card payments that the account disputes."""

    name = "issuing_disputes"
    stripe_object = "issuing.dispute"
    permissions = ("issuing_dispute_read",)
    path = "/v1/issuing/disputes"
    events = (
        "issuing_dispute.closed",
        "issuing_dispute.created",
        "issuing_dispute.funds_reinstated",
        "issuing_dispute.funds_rescinded",
        "issuing_dispute.submitted",
        "issuing_dispute.updated",
    )


class IssuingPersonalizationDesigns(_Issuing):
    """Designs of cards."""

    name = "issuing_personalization_designs"
    stripe_object = "issuing.personalization_design"
    permissions = ("issuing_card_read",)
    path = "/v1/issuing/personalization_designs"
    range = None
    replication_key = None


class IssuingPhysicalBundles(_Issuing):
    """What physical cards come as."""

    name = "issuing_physical_bundles"
    stripe_object = "issuing.physical_bundle"
    path = "/v1/issuing/physical_bundles"
    ids_per_account = True
    range = None
    replication_key = None


class IssuingTokens(_Issuing):
    """Cards in digital wallets. Stripe lists them for one card at a time."""

    name = "issuing_tokens"
    stripe_object = "issuing.token"
    cuts = (
        AskedFor(
            "issuing_cards",
            "/v1/issuing/tokens",
            columns=(("card", "id"),),
            params=(("card", "{id}"),),
        ),
    )
    events = (
        "issuing_token.created",
        "issuing_token.updated",
    )


class IssuingTransactions(_Issuing):
    """Card payments that were settled."""

    name = "issuing_transactions"
    stripe_object = "issuing.transaction"
    permissions = ("issuing_transaction_read",)
    path = "/v1/issuing/transactions"
    events = (
        "issuing_transaction.created",
        "issuing_transaction.purchase_details_receipt_updated",
        "issuing_transaction.updated",
    )
