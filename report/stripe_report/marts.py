"""What the report asks the marts; `transform/` says what each of their columns means."""

from __future__ import annotations

BOOKS = {
    "mrr": "SELECT * FROM mrr_monthly",
    "arr": "SELECT * FROM arr_monthly",
    "retention": "SELECT * FROM retention_monthly",
    "subscription_churn": "SELECT * FROM subscription_churn_monthly",
    "collected": "SELECT * FROM collected_revenue_monthly",
    "net_revenue": "SELECT * FROM net_revenue_monthly",
    "charge_outcomes": "SELECT * FROM charge_outcomes_monthly",
    "failed_charges": "SELECT * FROM failed_charges_monthly",
    "recovery": "SELECT * FROM payment_recovery_monthly",
    "past_due": "SELECT * FROM past_due",
    "top_customers": "SELECT * FROM top_customers WHERE rank_lifetime <= 15 OR rank_12m <= 15",
}
"""Queries by what they are about; each row belongs to one currency, in live or in test mode."""

CURRENCIES = "SELECT currency, exponent FROM currencies"
FRESHNESS = "SELECT * FROM data_freshness ORDER BY table_name"

MARTS = {
    "arr_monthly": "livemode, currency, month",
    "balance_categories_monthly": "livemode, currency, month, category",
    "charge_outcomes_monthly": "livemode, currency, month",
    "collected_revenue_monthly": "livemode, currency, month",
    "customers_360": "livemode, customer_id",
    "customers_360_money": "livemode, customer_id, currency",
    "data_freshness": "table_name",
    "disputes_monthly": "livemode, currency, month",
    "failed_charges_monthly": "livemode, currency, month, failure_code, is_blocked",
    "mrr_customer_monthly": "livemode, currency, month, customer_id",
    "mrr_ledger": "livemode, currency, customer_id, sequence",
    "mrr_monthly": "livemode, currency, month",
    "mrr_movements": "livemode, currency, month, customer_id, movement",
    "net_revenue_monthly": "livemode, currency, month",
    "past_due": "livemode, currency, invoice_id",
    "payment_recovery_monthly": "livemode, currency, month",
    "retention_monthly": "livemode, currency, month",
    "subscription_churn_monthly": "livemode, currency, month",
    "top_customers": "livemode, currency, rank_lifetime, customer_id",
}
"""The marts, and the columns by which each is put in order in a CSV file."""
