"""What an account is run with: files, webhooks, apps, and Stripe's own reference data."""

from __future__ import annotations

from tap_stripe.streams.base import StripeStream


class AppsInstalls(StripeStream):
    """Stripe Apps that are installed."""

    name = "apps_installs"
    stripe_object = "apps.install"
    product = "Stripe Apps"
    path = "/v1/apps/installs"
    deletable = True
    events = (
        "apps.install.created",
        "apps.install.deleted",
        "apps.install.updated",
    )


class AppsSecrets(StripeStream):
    """Names of the secrets that Stripe Apps keep for the account; never their contents."""

    name = "apps_secrets"
    stripe_object = "apps.secret"
    product = "Stripe Apps"
    path = "/v1/apps/secrets"
    range = None
    replication_key = None
    deletable = True
    params = (("scope[type]", "account"),)
    unseen = "Secrets that an app keeps for a single user are not listed."


class CountrySpecs(StripeStream):
    """What Stripe supports and asks for, by country."""

    name = "country_specs"
    stripe_object = "country_spec"
    modeless = True
    path = "/v1/country_specs"
    of_platform = True
    range = None
    replication_key = None
    permanent = True
    optional = "reference data of Stripe's"


class FileLinks(StripeStream):
    """Links by which files can be fetched without a key."""

    name = "file_links"
    stripe_object = "file_link"
    permissions = ("file_read",)
    path = "/v1/file_links"
    replication_key = None


class Files(StripeStream):
    """Files that Stripe keeps for the account; what is in them is not read."""

    name = "files"
    stripe_object = "file"
    modeless = True
    permissions = ("file_read",)
    path = "/v1/files"


class ForwardingRequests(StripeStream):
    """Requests with card data that Stripe passed on."""

    name = "forwarding_requests"
    stripe_object = "forwarding.request"
    product = "Forwarding"
    path = "/v1/forwarding/requests"


class WebhookEndpoints(StripeStream):
    """Where Stripe sends events; the secrets are not shown."""

    name = "webhook_endpoints"
    stripe_object = "webhook_endpoint"
    permissions = ("webhook_read",)
    path = "/v1/webhook_endpoints"
    range = None
    replication_key = None
    deletable = True
