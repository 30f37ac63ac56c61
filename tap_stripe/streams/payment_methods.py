"""How payments can be made: methods, set-ups, and where they are offered."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.cuts import AskedFor
from tap_stripe.streams.silent import Watch


class ApplePayDomains(StripeStream):
    """Domains that offer Apple Pay."""

    name = "apple_pay_domains"
    stripe_object = "apple_pay_domain"
    permissions = ("apple_pay_domain_read",)
    path = "/v1/apple_pay/domains"
    range = None
    replication_key = None
    deletable = True


class PaymentMethodConfigurations(StripeStream):
    """Which payment methods are offered."""

    name = "payment_method_configurations"
    stripe_object = "payment_method_configuration"
    path = "/v1/payment_method_configurations"
    range = None
    replication_key = None


class PaymentMethodDomains(StripeStream):
    """Domains that offer wallets."""

    name = "payment_method_domains"
    stripe_object = "payment_method_domain"
    path = "/v1/payment_method_domains"
    range = None
    replication_key = None


class PaymentMethods(StripeStream):
    """Cards, bank accounts and other means. Those that were never attached change silently."""

    name = "payment_methods"
    stripe_object = "payment_method"
    permissions = ("payment_method_read",)
    path = "/v1/payment_methods"
    variants = ((), (("type", "custom"),))
    range = None
    unseen = "A method that was never attached to a customer changes without an event."
    events = (
        "payment_method.attached",
        "payment_method.automatically_updated",
        "payment_method.detached",
        "payment_method.updated",
    )


class SetupAttempts(StripeStream):
    """Attempts to set up a payment method. Stripe lists them for one intent at a time."""

    name = "setup_attempts"
    stripe_object = "setup_attempt"
    permissions = ("setup_intent_read",)
    cuts = (
        AskedFor(
            "setup_intents",
            "/v1/setup_attempts",
            columns=(("setup_intent", "id"),),
            params=(("setup_intent", "{id}"),),
        ),
    )


class SetupIntents(StripeStream):
    """Payment methods being set up for later.

    There is no event for an edit, so open ones are looked up in each run while they are young.
    """

    name = "setup_intents"
    stripe_object = "setup_intent"
    permissions = ("setup_intent_read",)
    path = "/v1/setup_intents"
    silent = Watch(closed=("succeeded", "canceled"), days=7)
    events = (
        "setup_intent.canceled",
        "setup_intent.created",
        "setup_intent.requires_action",
        "setup_intent.setup_failed",
        "setup_intent.succeeded",
    )
