"""All marts, worked out from the ledger."""

from __future__ import annotations

from standin.demo.deeds.book import Book
from tests.answers.truth import cash, customers, failures, freshness, recurring, retention
from tests.answers.truth.history import History
from tests.answers.truth.mrr import Mrr
from tests.answers.truth.records import Sight
from tests.answers.truth.rows import Rows


def worked_out(book: Book, sight: Sight) -> dict[str, Rows]:
    """The rows of each mart, by its name."""
    history, as_of = History(book), sight.as_of
    mrr = Mrr(history, sight)
    return {
        "mrr_customer_monthly": recurring.mrr_customer_monthly(mrr),
        "mrr_monthly": recurring.mrr_monthly(mrr),
        "arr_monthly": recurring.arr_monthly(mrr),
        "mrr_movements": recurring.mrr_movements(mrr),
        "mrr_ledger": recurring.mrr_ledger(mrr),
        "retention_monthly": retention.retention_monthly(mrr),
        "subscription_churn_monthly": retention.subscription_churn_monthly(mrr),
        "collected_revenue_monthly": cash.collected_revenue_monthly(history, mrr.months),
        "net_revenue_monthly": cash.net_revenue_monthly(history, as_of),
        "balance_categories_monthly": cash.balance_categories_monthly(history),
        "disputes_monthly": cash.disputes_monthly(history, mrr.months),
        "failed_charges_monthly": failures.failed_charges_monthly(history),
        "charge_outcomes_monthly": failures.charge_outcomes_monthly(history, mrr.months),
        "payment_recovery_monthly": failures.payment_recovery_monthly(history, mrr.months),
        "past_due": failures.past_due(history, as_of),
        "top_customers": customers.top_customers(history, as_of),
        "customers_360": customers.customers_360(mrr),
        "customers_360_money": customers.customers_360_money(mrr),
        "data_freshness": freshness.data_freshness(history, sight),
    }
