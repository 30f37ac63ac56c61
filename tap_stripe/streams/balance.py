"""The account's balance: every movement of money, its fees, and the way to the bank."""

from __future__ import annotations

from tap_stripe.api import Paging
from tap_stripe.streams.asks import if_automatic
from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import KEY_NUMBER, KEY_TEXT, TIME, Column
from tap_stripe.streams.cuts import AskedFor, ListedIn, PositionIn
from tap_stripe.streams.silent import PendingTail


class BalanceTransactions(StripeStream):
    """Every movement of the balance.

    They become available silently, so the pending ones are met again in each run.
    """

    name = "balance_transactions"
    stripe_object = "balance_transaction"
    modeless = True
    permissions = ("balance_transaction_source_read",)
    path = "/v1/balance_transactions"
    silent = PendingTail()


class BalanceTransactionFeeDetails(StripeStream):
    """What each fee consists of, from the transactions' pages."""

    name = "balance_transaction_fee_details"
    stripe_object = "balance_transaction.fee_details"
    modeless = True
    permissions = ("balance_transaction_source_read",)
    primary_keys = ("balance_transaction", "position")
    cuts = (PositionIn("balance_transactions", "fee_details", "balance_transaction"),)
    added = {
        "balance_transaction": Column(KEY_TEXT, "The ID of the transaction that bears the fee."),
        "position": Column(KEY_NUMBER, "Position among the transaction's fees, from 0."),
        "created": Column(TIME, "When the transaction was created."),
    }


class Payouts(StripeStream):
    """Money on its way to the bank."""

    name = "payouts"
    stripe_object = "payout"
    permissions = ("payout_read",)
    path = "/v1/payouts"
    events = (
        "payout.canceled",
        "payout.created",
        "payout.failed",
        "payout.paid",
        "payout.reconciliation_completed",
        "payout.updated",
    )


class PayoutBalanceTransactions(StripeStream):
    """Which transactions each automatic payout has settled, a row per payout and transaction."""

    name = "payout_balance_transactions"
    stripe_object = "balance_transaction"
    modeless = True
    permissions = ("balance_transaction_source_read", "payout_read")
    primary_keys = ("payout", "id")
    cuts = (
        AskedFor(
            "payouts",
            "/v1/balance_transactions",
            columns=(("payout", "id"),),
            params=(("payout", "{id}"),),
            asks=if_automatic,
        ),
    )
    added = {"payout": Column(KEY_TEXT, "The ID of the payout.")}
    unseen = "A row keeps the transaction's state as it was when the payout last changed."


class Transfers(StripeStream):
    """Money passed on to connected accounts."""

    name = "transfers"
    stripe_object = "transfer"
    permissions = ("transfer_read",)
    path = "/v1/transfers"
    nested = (NestedList("reversals", "/v1/transfers/{id}/reversals"),)
    events = ("transfer.created", "transfer.reversed", "transfer.updated")


class TransferReversals(StripeStream):
    """Money taken back from connected accounts, from the transfers' pages."""

    name = "transfer_reversals"
    stripe_object = "transfer_reversal"
    modeless = True
    permissions = ("transfer_read",)
    cuts = (ListedIn("transfers", "reversals", "transfer"),)


class ExchangeRates(StripeStream):
    """Stripe's rates of the day (deprecated by Stripe)."""

    name = "exchange_rates"
    stripe_object = "exchange_rate"
    modeless = True
    path = "/v1/exchange_rates"
    of_platform = True
    range = None
    paging = Paging.WHOLE
    replication_key = None
    optional = "reference data of Stripe's"


class Topups(StripeStream):
    """Money paid into the balance."""

    name = "topups"
    stripe_object = "topup"
    permissions = ("top_up_read",)
    path = "/v1/topups"
    unseen = "Edits of a description or of metadata show at the next event of the top-up."
    events = (
        "topup.canceled",
        "topup.created",
        "topup.failed",
        "topup.reversed",
        "topup.succeeded",
    )
