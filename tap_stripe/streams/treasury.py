"""Treasury: accounts that hold money at Stripe, and every flow in and out of them."""

from __future__ import annotations

from tap_stripe.streams.base import ListedPer, StripeStream
from tap_stripe.streams.silent import Watch

_FLOWS = (
    "flow_details.credit_reversal",
    "flow_details.debit_reversal",
    "flow_details.inbound_transfer",
    "flow_details.issuing_authorization",
    "flow_details.outbound_payment",
    "flow_details.outbound_transfer",
    "flow_details.received_credit",
    "flow_details.received_debit",
)
"""What has moved money: objects with tables of their own."""


class _PerFinancialAccount(StripeStream):
    """What Stripe lists for one financial account at a time."""

    product = "Treasury"
    listed_per = ListedPer("treasury_financial_accounts", "financial_account")


class TreasuryCreditReversals(_PerFinancialAccount):
    """Received credits that were sent back."""

    name = "treasury_credit_reversals"
    stripe_object = "treasury.credit_reversal"
    path = "/v1/treasury/credit_reversals"
    range = None
    silent = Watch(open=("processing",), days=400)
    events = (
        "treasury.credit_reversal.created",
        "treasury.credit_reversal.posted",
    )


class TreasuryDebitReversals(_PerFinancialAccount):
    """Received debits that were reversed."""

    name = "treasury_debit_reversals"
    stripe_object = "treasury.debit_reversal"
    path = "/v1/treasury/debit_reversals"
    range = None
    silent = Watch(open=("processing",), days=400)
    events = (
        "treasury.debit_reversal.completed",
        "treasury.debit_reversal.created",
        "treasury.debit_reversal.initial_credit_granted",
    )


class TreasuryFinancialAccounts(StripeStream):
    """The accounts. Balances move silently, so all are read in each run."""

    name = "treasury_financial_accounts"
    stripe_object = "treasury.financial_account"
    product = "Treasury"
    path = "/v1/treasury/financial_accounts"
    replication_key = None


class TreasuryInboundTransfers(_PerFinancialAccount):
    """Money fetched from bank accounts."""

    name = "treasury_inbound_transfers"
    stripe_object = "treasury.inbound_transfer"
    path = "/v1/treasury/inbound_transfers"
    range = None
    events = (
        "treasury.inbound_transfer.canceled",
        "treasury.inbound_transfer.created",
        "treasury.inbound_transfer.failed",
        "treasury.inbound_transfer.succeeded",
    )


class TreasuryOutboundPayments(_PerFinancialAccount):
    """Money sent to others."""

    name = "treasury_outbound_payments"
    stripe_object = "treasury.outbound_payment"
    path = "/v1/treasury/outbound_payments"
    events = (
        "treasury.outbound_payment.canceled",
        "treasury.outbound_payment.created",
        "treasury.outbound_payment.expected_arrival_date_updated",
        "treasury.outbound_payment.failed",
        "treasury.outbound_payment.posted",
        "treasury.outbound_payment.returned",
        "treasury.outbound_payment.tracking_details_updated",
    )


class TreasuryOutboundTransfers(_PerFinancialAccount):
    """Money sent to own bank accounts."""

    name = "treasury_outbound_transfers"
    stripe_object = "treasury.outbound_transfer"
    path = "/v1/treasury/outbound_transfers"
    range = None
    events = (
        "treasury.outbound_transfer.canceled",
        "treasury.outbound_transfer.created",
        "treasury.outbound_transfer.expected_arrival_date_updated",
        "treasury.outbound_transfer.failed",
        "treasury.outbound_transfer.posted",
        "treasury.outbound_transfer.returned",
        "treasury.outbound_transfer.tracking_details_updated",
    )


class TreasuryReceivedCredits(_PerFinancialAccount):
    """Money that arrived."""

    name = "treasury_received_credits"
    stripe_object = "treasury.received_credit"
    path = "/v1/treasury/received_credits"
    range = None
    events = (
        "treasury.received_credit.created",
        "treasury.received_credit.failed",
        "treasury.received_credit.succeeded",
    )
    references = (
        "linked_flows.source_flow_details.credit_reversal",
        "linked_flows.source_flow_details.outbound_payment",
        "linked_flows.source_flow_details.outbound_transfer",
        "linked_flows.source_flow_details.payout",
    )


class TreasuryReceivedDebits(_PerFinancialAccount):
    """Money that others fetched."""

    name = "treasury_received_debits"
    stripe_object = "treasury.received_debit"
    path = "/v1/treasury/received_debits"
    range = None
    unseen = "A reversal of a received debit shows in `treasury_debit_reversals` only."
    events = ("treasury.received_debit.created",)


class TreasuryTransactionEntries(_PerFinancialAccount):
    """Every change of a balance."""

    name = "treasury_transaction_entries"
    stripe_object = "treasury.transaction_entry"
    path = "/v1/treasury/transaction_entries"
    references = _FLOWS


class TreasuryTransactions(_PerFinancialAccount):
    """Movements of the accounts.

    They are posted or voided silently, so open ones are looked up.
    """

    name = "treasury_transactions"
    stripe_object = "treasury.transaction"
    path = "/v1/treasury/transactions"
    references = _FLOWS
    silent = Watch(open=("open",), days=400, most=500)
