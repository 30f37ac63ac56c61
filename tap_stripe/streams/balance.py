"""The account's balance: every movement of money, its fees, and the way to the bank."""

from __future__ import annotations

from tap_stripe.streams.base import NestedList, StripeStream
from tap_stripe.streams.columns import KEY_NUMBER, KEY_TEXT, TIME, Column
from tap_stripe.streams.cuts import ListedIn, PositionIn
from tap_stripe.streams.silent import PendingTail


class BalanceTransactions(StripeStream):
    """Every movement of the balance.

    They become available silently, so the pending ones are met again in each run.
    """

    name = "balance_transactions"
    stripe_object = "balance_transaction"
    permission = "balance_transaction_source_read"
    path = "/v1/balance_transactions"
    silent = PendingTail()


class BalanceTransactionFeeDetails(StripeStream):
    """What each fee consists of, from the transactions' pages."""

    name = "balance_transaction_fee_details"
    stripe_object = "balance_transaction.fee_details"
    permission = "balance_transaction_source_read"
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
    permission = "payout_read"
    path = "/v1/payouts"
    events = (
        "payout.canceled",
        "payout.created",
        "payout.failed",
        "payout.paid",
        "payout.reconciliation_completed",
        "payout.updated",
    )


class Transfers(StripeStream):
    """Money passed on to connected accounts."""

    name = "transfers"
    stripe_object = "transfer"
    permission = "transfer_read"
    path = "/v1/transfers"
    nested = (NestedList("reversals", "/v1/transfers/{id}/reversals"),)
    events = ("transfer.created", "transfer.reversed", "transfer.updated")


class TransferReversals(StripeStream):
    """Money taken back from connected accounts, from the transfers' pages."""

    name = "transfer_reversals"
    stripe_object = "transfer_reversal"
    permission = "transfer_read"
    cuts = (ListedIn("transfers", "reversals", "transfer"),)
