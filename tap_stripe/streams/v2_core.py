"""Core of API v2: accounts, events and the vault."""

from __future__ import annotations

from tap_stripe.api import CREATED_FLAT_TEXT, CREATED_TEXT, Paging
from tap_stripe.streams.base import StripeV2Stream
from tap_stripe.streams.columns import OBJECT, Column
from tap_stripe.streams.cuts import AskedFor


class V2CoreAccountPersons(StripeV2Stream):
    """The people behind v2 accounts."""

    name = "v2_core_account_persons"
    stripe_object = "v2.core.account_person"
    product = "Accounts v2"
    of_platform = True
    replication_key = None
    deletable = True
    cuts = (
        AskedFor(
            "v2_core_accounts",
            "/v2/core/accounts/{id}/persons",
            columns=(("account", "id"),),
            paging=Paging.URL,
        ),
    )


class V2CoreAccounts(StripeV2Stream):
    """Accounts in their newer form, closed ones too.

    Most of an account shows only when it is retrieved, so each takes a request.
    """

    name = "v2_core_accounts"
    stripe_object = "v2.core.account"
    permissions = ("v2_account_storer_read",)
    product = "Accounts v2"
    path = "/v2/core/accounts"
    of_platform = True
    range = None
    variants = ((), (("closed", "true"),))
    include = (
        "configuration.customer",
        "configuration.merchant",
        "configuration.recipient",
        "defaults",
        "future_requirements",
        "identity",
        "requirements",
    )
    events = (
        "v2.core.account.closed",
        "v2.core.account.created",
        "v2.core.account.updated",
        "v2.core.account[configuration.customer].capability_status_updated",
        "v2.core.account[configuration.customer].updated",
        "v2.core.account[configuration.merchant].capability_status_updated",
        "v2.core.account[configuration.merchant].updated",
        "v2.core.account[configuration.recipient].capability_status_updated",
        "v2.core.account[configuration.recipient].updated",
        "v2.core.account[defaults].updated",
        "v2.core.account[future_requirements].updated",
        "v2.core.account[identity].updated",
        "v2.core.account[requirements].updated",
    )


class V2CoreEventDestinations(StripeV2Stream):
    """Where Stripe sends events, in API v2."""

    name = "v2_core_event_destinations"
    stripe_object = "v2.core.event_destination"
    path = "/v2/core/event_destinations"
    range = None
    replication_key = None
    deletable = True


class V2CoreEvents(StripeV2Stream):
    """The log of API v2, as Stripe tells it for 30 days: which object changed, not how."""

    name = "v2_core_events"
    stripe_object = "v2.core.event"
    path = "/v2/core/events"
    range = CREATED_TEXT
    retention_days = 30
    added = {
        "data": Column(OBJECT, "What the event's type tells besides, if anything."),
        "related_object": Column(
            OBJECT, "The object that the event is about: its type, ID and address."
        ),
    }


class V2CoreVaultGbBankAccounts(StripeV2Stream):
    """Bank accounts in the United Kingdom."""

    name = "v2_core_vault_gb_bank_accounts"
    stripe_object = "v2.core.vault.gb_bank_account"
    product = "Global Payouts"
    path = "/v2/core/vault/gb_bank_accounts"
    range = None
    replication_key = None


class V2CoreVaultUsBankAccounts(StripeV2Stream):
    """Bank accounts in the United States."""

    name = "v2_core_vault_us_bank_accounts"
    stripe_object = "v2.core.vault.us_bank_account"
    product = "Global Payouts"
    path = "/v2/core/vault/us_bank_accounts"
    range = None
    replication_key = None


class V2CommerceProductCatalogImports(StripeV2Stream):
    """Imports of product catalogues."""

    name = "v2_commerce_product_catalog_imports"
    stripe_object = "v2.commerce.product_catalog_import"
    product = "Agentic commerce"
    path = "/v2/commerce/product_catalog/imports"
    range = CREATED_FLAT_TEXT
    events = (
        "v2.commerce.product_catalog.imports.failed",
        "v2.commerce.product_catalog.imports.processing",
        "v2.commerce.product_catalog.imports.succeeded",
        "v2.commerce.product_catalog.imports.succeeded_with_errors",
    )
