"""Connect: the accounts of a platform, who stands behind them, and its fees."""

from __future__ import annotations

from tap_stripe.api import Paging
from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.cuts import AskedFor, ListedIn


class Accounts(StripeStream):
    """Accounts connected to the platform. Their changes show in their own event feeds only."""

    name = "accounts"
    stripe_object = "account"
    modeless = True
    permissions = ("connected_account_read",)
    product = "Connect"
    path = "/v1/accounts"
    of_platform = True
    replication_key = None
    deletable = True
    nested = (NestedList("external_accounts", "/v1/accounts/{id}/external_accounts"),)


class AccountCapabilities(StripeStream):
    """What connected accounts may do.

    The ids (`card_payments`) are unique within an account only.
    """

    name = "account_capabilities"
    stripe_object = "capability"
    modeless = True
    permissions = ("connected_account_read",)
    product = "Connect"
    of_platform = True
    replication_key = None
    primary_keys = ("account", "id")
    cuts = (
        AskedFor(
            "accounts",
            "/v1/accounts/{id}/capabilities",
            columns=(("account", "id"),),
            paging=Paging.WHOLE,
        ),
    )


class AccountExternalAccounts(StripeStream):
    """Bank accounts and debit cards that connected accounts are paid out to."""

    name = "account_external_accounts"
    stripe_object = ("bank_account", "card")
    modeless = True
    permissions = ("connected_account_read",)
    product = "Connect"
    of_platform = True
    replication_key = None
    deletable = True
    cuts = (ListedIn("accounts", "external_accounts", "account"),)


class AccountPersons(StripeStream):
    """The people behind connected accounts, where the platform is responsible for them."""

    name = "account_persons"
    stripe_object = "person"
    modeless = True
    permissions = ("connected_account_read",)
    product = "Connect"
    of_platform = True
    replication_key = None
    deletable = True
    cuts = (
        AskedFor(
            "accounts",
            "/v1/accounts/{id}/persons",
            columns=(("account", "id"),),
        ),
    )


class ApplicationFees(StripeStream):
    """What a platform earns on its accounts' payments."""

    name = "application_fees"
    stripe_object = "application_fee"
    permissions = ("application_fee_read",)
    product = "Connect"
    path = "/v1/application_fees"
    of_platform = True
    nested = (NestedList("refunds", "/v1/application_fees/{id}/refunds"),)
    events = (
        "application_fee.created",
        "application_fee.refunded",
    )


class ApplicationFeeRefunds(StripeStream):
    """Application fees given back, from the fees' pages."""

    name = "application_fee_refunds"
    stripe_object = "fee_refund"
    modeless = True
    permissions = ("application_fee_read",)
    product = "Connect"
    of_platform = True
    cuts = (ListedIn("application_fees", "refunds", "fee"),)
    events = ("application_fee.refund.updated",)
