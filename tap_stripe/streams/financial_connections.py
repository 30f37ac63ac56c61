"""Financial Connections: bank accounts that customers have linked."""

from __future__ import annotations

from tap_stripe.streams.asks import by_ownership
from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.columns import TEXT, TIME, Column
from tap_stripe.streams.cuts import AskedFor


class FinancialConnectionsAccounts(StripeStream):
    """Linked accounts with their balances."""

    name = "financial_connections_accounts"
    stripe_object = "financial_connections.account"
    product = "Financial Connections"
    path = "/v1/financial_connections/accounts"
    range = None
    unseen = "Subscribing and unsubscribing show at the next event of the account."
    events = (
        "financial_connections.account.account_numbers_updated",
        "financial_connections.account.created",
        "financial_connections.account.deactivated",
        "financial_connections.account.disconnected",
        "financial_connections.account.expected_deactivation_date_updated",
        "financial_connections.account.reactivated",
        "financial_connections.account.refreshed_balance",
        "financial_connections.account.refreshed_ownership",
        "financial_connections.account.refreshed_transactions",
        "financial_connections.account.supported_payment_method_types_updated",
        "financial_connections.account.upcoming_account_number_expiry",
        "financial_connections.account.upcoming_deactivation",
    )


class FinancialConnectionsAccountOwners(StripeStream):
    """Who owns the linked accounts."""

    name = "financial_connections_account_owners"
    stripe_object = "financial_connections.account_owner"
    modeless = True
    product = "Financial Connections"
    cuts = (
        AskedFor(
            "financial_connections_accounts",
            "/v1/financial_connections/accounts/{id}/owners",
            columns=(("account", "id"),),
            params=(("ownership", "{ownership}"),),
            asks=by_ownership,
        ),
    )
    added = {
        "account": Column(TEXT, "The ID of the linked account."),
        "created": Column(TIME, "When the account was created."),
    }


class FinancialConnectionsTransactions(StripeStream):
    """Transactions of the linked accounts."""

    name = "financial_connections_transactions"
    stripe_object = "financial_connections.transaction"
    product = "Financial Connections"
    cuts = (
        AskedFor(
            "financial_connections_accounts",
            "/v1/financial_connections/transactions",
            columns=(("account", "id"),),
            params=(("account", "{id}"),),
        ),
    )
    added = {"created": Column(TIME, "When the linked account was created.")}
