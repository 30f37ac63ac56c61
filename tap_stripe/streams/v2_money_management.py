"""Money Management (API v2): money held at Stripe, and every flow in and out of it."""

from __future__ import annotations

from tap_stripe.api import CREATED_TEXT
from tap_stripe.streams.base import StripeV2Stream


class V2MoneyManagementAdjustments(StripeV2Stream):
    """Corrections of balances by Stripe."""

    name = "v2_money_management_adjustments"
    stripe_object = "v2.money_management.adjustment"
    product = "Money Management"
    path = "/v2/money_management/adjustments"
    range = CREATED_TEXT


class V2MoneyManagementFinancialAccounts(StripeV2Stream):
    """Accounts that hold money, closed ones too.

    Balances move silently, so all are read in each run.
    """

    name = "v2_money_management_financial_accounts"
    stripe_object = "v2.money_management.financial_account"
    product = "Money Management"
    path = "/v2/money_management/financial_accounts"
    range = None
    replication_key = None
    params = (("statuses[0]", "open"), ("statuses[1]", "closed"), ("statuses[2]", "pending"))


class V2MoneyManagementFinancialAddresses(StripeV2Stream):
    """Account numbers by which money arrives."""

    name = "v2_money_management_financial_addresses"
    stripe_object = "v2.money_management.financial_address"
    product = "Money Management"
    path = "/v2/money_management/financial_addresses"
    range = None
    replication_key = None


class V2MoneyManagementInboundTransfers(StripeV2Stream):
    """Money fetched from bank accounts."""

    name = "v2_money_management_inbound_transfers"
    stripe_object = "v2.money_management.inbound_transfer"
    product = "Money Management"
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


class V2MoneyManagementOutboundPayments(StripeV2Stream):
    """Money sent to others."""

    name = "v2_money_management_outbound_payments"
    stripe_object = "v2.money_management.outbound_payment"
    product = "Money Management"
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


class V2MoneyManagementOutboundSetupIntents(StripeV2Stream):
    """Ways of paying out that are being set up."""

    name = "v2_money_management_outbound_setup_intents"
    stripe_object = "v2.money_management.outbound_setup_intent"
    product = "Money Management"
    path = "/v2/money_management/outbound_setup_intents"
    range = None
    replication_key = None


class V2MoneyManagementPayoutIntents(StripeV2Stream):
    """Payouts to be made."""

    name = "v2_money_management_payout_intents"
    stripe_object = "v2.money_management.payout_intent"
    product = "Money Management"
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


class V2MoneyManagementPayoutMethods(StripeV2Stream):
    """Ways by which others are paid out."""

    name = "v2_money_management_payout_methods"
    stripe_object = "v2.money_management.payout_method"
    product = "Money Management"
    path = "/v2/money_management/payout_methods"
    range = None
    events = (
        "v2.money_management.payout_method.created",
        "v2.money_management.payout_method.updated",
    )


class V2MoneyManagementReceivedCredits(StripeV2Stream):
    """Money that arrived."""

    name = "v2_money_management_received_credits"
    stripe_object = "v2.money_management.received_credit"
    product = "Money Management"
    path = "/v2/money_management/received_credits"
    range = CREATED_TEXT
    events = (
        "v2.money_management.received_credit.available",
        "v2.money_management.received_credit.failed",
        "v2.money_management.received_credit.returned",
        "v2.money_management.received_credit.succeeded",
    )


class V2MoneyManagementTransactionEntries(StripeV2Stream):
    """Every change of a balance."""

    name = "v2_money_management_transaction_entries"
    stripe_object = "v2.money_management.transaction_entry"
    product = "Money Management"
    path = "/v2/money_management/transaction_entries"
    range = CREATED_TEXT


class V2MoneyManagementTransactions(StripeV2Stream):
    """Movements of the accounts."""

    name = "v2_money_management_transactions"
    stripe_object = "v2.money_management.transaction"
    product = "Money Management"
    path = "/v2/money_management/transactions"
    range = CREATED_TEXT
    events = (
        "v2.money_management.transaction.created",
        "v2.money_management.transaction.updated",
    )
