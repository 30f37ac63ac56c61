"""Taxes: rates, registrations, ids and codes."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream


class TaxRates(StripeStream):
    """Tax rates that invoices and subscriptions use."""

    name = "tax_rates"
    stripe_object = "tax_rate"
    permissions = ("tax_rate_read",)
    path = "/v1/tax_rates"
    events = ("tax_rate.created", "tax_rate.updated")


class TaxCodes(StripeStream):
    """Stripe's catalogue of what can be taxed."""

    name = "tax_codes"
    stripe_object = "tax_code"
    modeless = True
    path = "/v1/tax_codes"
    of_platform = True
    range = None
    replication_key = None
    permanent = True
    optional = "reference data of Stripe's"


class TaxIds(StripeStream):
    """The account's own tax ids; customers' are in `customer_tax_ids`."""

    name = "tax_ids"
    stripe_object = "tax_id"
    path = "/v1/tax_ids"
    range = None
    replication_key = None
    deletable = True


class TaxLocations(StripeStream):
    """Where performances take place that are taxed there."""

    name = "tax_locations"
    stripe_object = "tax.location"
    path = "/v1/tax/locations"
    range = None
    replication_key = None
    params = (("type", "performance"),)


class TaxRegistrations(StripeStream):
    """Where the account is registered for taxes, expired ones too."""

    name = "tax_registrations"
    stripe_object = "tax.registration"
    path = "/v1/tax/registrations"
    range = None
    replication_key = None
    params = (("status", "all"),)
