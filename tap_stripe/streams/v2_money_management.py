"""Money Management (API v2): money held at Stripe, and every flow in and out of it."""

from __future__ import annotations

from tap_stripe.api import CREATED_TEXT
from tap_stripe.streams.base import StripeV2Stream


class _MoneyManagement(StripeV2Stream):
    """What takes the product."""

    product = "Money Management"


class V2MoneyManagementAdjustments(_MoneyManagement):
    """Corrections of balances by Stripe."""

    name = "v2_money_management_adjustments"
    stripe_object = "v2.money_management.adjustment"
    path = "/v2/money_management/adjustments"
    range = CREATED_TEXT


class V2MoneyManagementFinancialAccounts(_MoneyManagement):
    """Accounts that hold money, closed ones too.

    Balances move silently, so all are read in each run.
    """

    name = "v2_money_management_financial_accounts"
    stripe_object = "v2.money_management.financial_account"
    path = "/v2/money_management/financial_accounts"
    range = None
    replication_key = None
    params = (("statuses[0]", "open"), ("statuses[1]", "closed"), ("statuses[2]", "pending"))


class V2MoneyManagementFinancialAddresses(_MoneyManagement):
    """Account numbers by which money arrives."""

    name = "v2_money_management_financial_addresses"
    stripe_object = "v2.money_management.financial_address"
    path = "/v2/money_management/financial_addresses"
    range = None
    replication_key = None


class V2MoneyManagementInboundTransfers(_MoneyManagement):
    """Money fetched from bank accounts."""

    name = "v2_money_management_inbound_transfers"
    stripe_object = "v2.money_management.inbound_transfer"
    path = "/v2/money_management/inbound_transfers"
    range = CREATED_TEXT
    events = (
        "v2.money_management.inbound_transfer.available",
        "v2.money_management.inbound_transfer.bank_debit_failed",
        "v2.money_management.inbound_transfer.bank_debit_processing",
        "v2.money_management.inbound_transfer.bank_debit_queued",
        "v2.money_management.inbound_transfer.bank_debit_returned",
        "v2.money_management.inbound_transfer.bank_debit_succeeded",
    )


class V2MoneyManagementOutboundPayments(_MoneyManagement):
    """Money sent to others."""

    name = "v2_money_management_outbound_payments"
    stripe_object = "v2.money_management.outbound_payment"
    path = "/v2/money_management/outbound_payments"
    range = CREATED_TEXT
    events = (
        "v2.money_management.outbound_payment.canceled",
        "v2.money_management.outbound_payment.created",
        "v2.money_management.outbound_payment.failed",
        "v2.money_management.outbound_payment.posted",
        "v2.money_management.outbound_payment.returned",
        "v2.money_management.outbound_payment.under_review",
        "v2.money_management.outbound_payment.updated",
    )


class V2MoneyManagementOutboundSetupIntents(_MoneyManagement):
    """Ways of paying out that are being set up."""

    name = "v2_money_management_outbound_setup_intents"
    stripe_object = "v2.money_management.outbound_setup_intent"
    path = "/v2/money_management/outbound_setup_intents"
    range = None
    replication_key = None


class V2MoneyManagementPayoutIntents(_MoneyManagement):
    """Payouts to be made."""

    name = "v2_money_management_payout_intents"
    stripe_object = "v2.money_management.payout_intent"
    path = "/v2/money_management/payout_intents"
    range = None
    events = (
        "v2.money_management.payout_intent.canceled",
        "v2.money_management.payout_intent.created",
        "v2.money_management.payout_intent.pending",
        "v2.money_management.payout_intent.posted",
        "v2.money_management.payout_intent.processing",
        "v2.money_management.payout_intent.requires_action",
        "v2.money_management.payout_intent.updated",
    )


class V2MoneyManagementPayoutMethods(_MoneyManagement):
    """Ways by which others are paid out."""

    name = "v2_money_management_payout_methods"
    stripe_object = "v2.money_management.payout_method"
    path = "/v2/money_management/payout_methods"
    range = None
    events = (
        "v2.money_management.payout_method.created",
        "v2.money_management.payout_method.updated",
    )


class V2MoneyManagementReceivedCredits(_MoneyManagement):
    """Money that arrived."""

    name = "v2_money_management_received_credits"
    stripe_object = "v2.money_management.received_credit"
    path = "/v2/money_management/received_credits"
    range = CREATED_TEXT
    events = (
        "v2.money_management.received_credit.available",
        "v2.money_management.received_credit.failed",
        "v2.money_management.received_credit.returned",
        "v2.money_management.received_credit.succeeded",
    )


class V2MoneyManagementTransactionEntries(_MoneyManagement):
    """Every change of a balance."""

    name = "v2_money_management_transaction_entries"
    stripe_object = "v2.money_management.transaction_entry"
    path = "/v2/money_management/transaction_entries"
    range = CREATED_TEXT


class V2MoneyManagementTransactions(_MoneyManagement):
    """Movements of the accounts."""

    name = "v2_money_management_transactions"
    stripe_object = "v2.money_management.transaction"
    path = "/v2/money_management/transactions"
    range = CREATED_TEXT
    events = (
        "v2.money_management.transaction.created",
        "v2.money_management.transaction.updated",
    )
