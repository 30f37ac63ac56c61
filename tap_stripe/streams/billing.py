"""Billing beyond subscriptions: meters, credits, entitlements, and how customers see it."""

from __future__ import annotations

from tap_stripe.streams.asks import each_metered_item, of_its_customer
from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.columns import KEY_TEXT, TEXT, Column, belonging
from tap_stripe.streams.cuts import AskedFor


class BillingAlerts(StripeStream):
    """Thresholds of usage that notify."""

    name = "billing_alerts"
    stripe_object = "billing.alert"
    path = "/v1/billing/alerts"
    range = None
    replication_key = None


class BillingCreditBalanceTransactions(StripeStream):
    """Credits granted and applied. Stripe lists them for one customer's grant at a time."""

    name = "billing_credit_balance_transactions"
    stripe_object = "billing.credit_balance_transaction"
    cuts = (
        AskedFor(
            "billing_credit_grants",
            "/v1/billing/credit_balance_transactions",
            columns=(("customer", "customer"),),
            params=(("customer", "{customer}"), ("credit_grant", "{id}")),
            asks=of_its_customer,
            parent_field="credit_grant",
        ),
    )
    added = {"customer": Column(TEXT, "The ID of the customer whose credit it is.")}
    events = ("billing.credit_balance_transaction.created",)


class BillingCreditGrants(StripeStream):
    """Credit given to customers, to be used up by what they are billed."""

    name = "billing_credit_grants"
    stripe_object = "billing.credit_grant"
    path = "/v1/billing/credit_grants"
    range = None
    follows = {"billing.credit_balance_transaction": ("credit_grant",)}
    events = (
        "billing.credit_grant.created",
        "billing.credit_grant.updated",
    )


class BillingFeedbackOptions(StripeStream):
    """Answers that customers can choose from when they cancel."""

    name = "billing_feedback_options"
    stripe_object = "billing.feedback_option"
    path = "/v1/billing/feedback_options"
    ids_per_account = True
    range = None
    replication_key = None


class BillingMeterEventSummaries(StripeStream):
    """Usage by customer, meter and day, of those who subscribe to a price with that meter.

    Stripe sums up late events too, so all are read in each run.
    """

    name = "billing_meter_event_summaries"
    stripe_object = "billing.meter_event_summary"
    permissions = ("billing_meter_read", "subscription_read")
    primary_keys = ("meter", "customer", "start_time")
    replication_key = None
    cuts = (
        AskedFor(
            "subscriptions",
            "/v1/billing/meters/{meter}/event_summaries",
            columns=(("customer", "customer"),),
            params=(
                ("customer", "{customer}"),
                ("start_time", "{since}"),
                ("end_time", "{today}"),
                ("value_grouping_window", "day"),
            ),
            asks=each_metered_item,
        ),
    )
    added = {"customer": Column(KEY_TEXT, "The ID of the customer whose usage it is.")}
    unseen = "Usage of customers who do not subscribe to a price with the meter; and of today."


class BillingMeters(StripeStream):
    """How usage is counted."""

    name = "billing_meters"
    stripe_object = "billing.meter"
    permissions = ("billing_meter_read",)
    path = "/v1/billing/meters"
    range = None
    events = (
        "billing.meter.created",
        "billing.meter.deactivated",
        "billing.meter.reactivated",
        "billing.meter.updated",
    )


class BillingPortalConfigurations(StripeStream):
    """What customers may do in the customer portal."""

    name = "billing_portal_configurations"
    stripe_object = "billing_portal.configuration"
    permissions = ("customer_portal_read",)
    path = "/v1/billing_portal/configurations"
    range = None
    events = (
        "billing_portal.configuration.created",
        "billing_portal.configuration.updated",
    )


class EntitlementsFeatures(StripeStream):
    """Features that products can entitle customers to."""

    name = "entitlements_features"
    stripe_object = "entitlements.feature"
    permissions = ("entitlement_read",)
    path = "/v1/entitlements/features"
    range = None
    replication_key = None


class ActiveEntitlements(StripeStream):
    """Which customer is entitled to which feature."""

    name = "active_entitlements"
    stripe_object = "entitlements.active_entitlement"
    permissions = ("entitlement_read",)
    cuts = (
        AskedFor(
            "customers",
            "/v1/entitlements/active_entitlements",
            columns=(("customer", "id"),),
            params=(("customer", "{id}"),),
            shown_at="entitlements.data",
        ),
    )
    added = belonging("customer", "customer")
    follows = {"entitlements.active_entitlement_summary": ("customer",)}
    deletable = True


class InvoiceRenderingTemplates(StripeStream):
    """How invoices look."""

    name = "invoice_rendering_templates"
    stripe_object = "invoice_rendering_template"
    path = "/v1/invoice_rendering_templates"
    range = None
    replication_key = None
    permanent = True
    variants = ((("status", "active"),), (("status", "archived"),))


class TestClocks(StripeStream):
    """Simulated time for tests of billing; there are none in live mode."""

    name = "test_clocks"
    deletable = True
    stripe_object = "test_helpers.test_clock"
    permissions = ("billing_clock_read",)
    product = "test mode"
    path = "/v1/test_helpers/test_clocks"
    range = None
    events = (
        "test_helpers.test_clock.advancing",
        "test_helpers.test_clock.created",
        "test_helpers.test_clock.deleted",
        "test_helpers.test_clock.internal_failure",
        "test_helpers.test_clock.ready",
    )
