"""The tables: a file per product area, a class per Stripe object."""

from __future__ import annotations

from tap_stripe.streams.balance import (
    BalanceTransactionFeeDetails,
    BalanceTransactions,
    Payouts,
    TransferReversals,
    Transfers,
)
from tap_stripe.streams.base import StripeStream
from tap_stripe.streams.catalog import Coupons, Plans, Prices, Products, PromotionCodes, TaxRates
from tap_stripe.streams.customers import Customers, CustomerTaxIds, Discounts
from tap_stripe.streams.events import Events
from tap_stripe.streams.invoices import (
    CreditNoteLineItems,
    CreditNotes,
    InvoiceItems,
    InvoiceLineItems,
    InvoicePayments,
    Invoices,
)
from tap_stripe.streams.payments import Charges, Disputes, PaymentIntents, Refunds
from tap_stripe.streams.subscriptions import (
    SubscriptionItems,
    Subscriptions,
    SubscriptionSchedules,
)

STREAMS: tuple[type[StripeStream], ...] = (
    BalanceTransactionFeeDetails,
    BalanceTransactions,
    Charges,
    Coupons,
    CreditNoteLineItems,
    CreditNotes,
    CustomerTaxIds,
    Customers,
    Discounts,
    Disputes,
    Events,
    InvoiceItems,
    InvoiceLineItems,
    InvoicePayments,
    Invoices,
    PaymentIntents,
    Payouts,
    Plans,
    Prices,
    Products,
    PromotionCodes,
    Refunds,
    SubscriptionItems,
    SubscriptionSchedules,
    Subscriptions,
    TaxRates,
    TransferReversals,
    Transfers,
)
"""Every table, by name."""

__all__ = ["STREAMS", "StripeStream"]
