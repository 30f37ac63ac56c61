-- The columns of the marts that the report reads, for databases that the tests fill themselves.
CREATE SCHEMA stripe_marts;
CREATE TABLE stripe_marts.currencies (currency text, exponent integer);
CREATE TABLE stripe_marts.data_freshness (
    table_name text, rows bigint, deleted_rows bigint, newest_created timestamp, newest_loaded timestamp,
    last_run_at timestamp, last_run_outcome text, synced_until timestamp, hours_behind numeric(18, 1), as_of timestamp);
CREATE TABLE stripe_marts.mrr_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, mrr_minor bigint, gross_mrr_minor bigint,
    trial_mrr_minor bigint, past_due_mrr_minor bigint, scheduled_churn_mrr_minor bigint, active_customers bigint,
    active_subscriptions bigint, arpu_minor bigint, mrr_source text);
CREATE TABLE stripe_marts.arr_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, arr_minor bigint);
CREATE TABLE stripe_marts.retention_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, starting_mrr_minor bigint, new_minor bigint,
    reactivated_minor bigint, expansion_minor bigint, contraction_minor bigint, churned_minor bigint, ending_mrr_minor bigint,
    starting_customers bigint, churned_customers bigint, logo_churn_rate numeric(18, 6), gross_mrr_churn_rate numeric(18, 6),
    net_mrr_churn_rate numeric(18, 6), nrr_12m numeric(18, 6), grr_12m numeric(18, 6), nrr_monthly numeric(18, 6),
    grr_monthly numeric(18, 6));
CREATE TABLE stripe_marts.subscription_churn_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, paying_subscriptions_at_start bigint,
    canceled_subscriptions bigint, voluntary bigint, involuntary bigint, other bigint, cancel_rate numeric(18, 6));
CREATE TABLE stripe_marts.collected_revenue_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, charges_gross_minor bigint, charges_count bigint,
    refunds_minor bigint, net_collected_minor bigint, invoices_paid_minor bigint, paid_off_stripe_minor bigint,
    non_invoice_charges_minor bigint, timing_minor bigint, reconciliation_difference_minor bigint);
CREATE TABLE stripe_marts.net_revenue_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, gross_minor bigint, refunds_minor bigint,
    disputes_minor bigint, fees_minor bigint, net_minor bigint, other_minor bigint, payouts_minor bigint,
    balance_change_minor bigint);
CREATE TABLE stripe_marts.charge_outcomes_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, attempts bigint, failed_count bigint,
    failed_payments bigint, failed_minor bigint, failure_rate numeric(18, 6));
CREATE TABLE stripe_marts.failed_charges_monthly (
    livemode boolean, currency text, month date, failure_code text, is_blocked boolean, failed_count bigint,
    failed_minor bigint, failed_payments bigint);
CREATE TABLE stripe_marts.payment_recovery_monthly (
    livemode boolean, currency text, month date, is_running_month boolean, failed_invoices bigint, failed_minor bigint,
    recovered_7d_minor bigint, recovered_30d_minor bigint, recovered_60d_minor bigint, recovered_minor bigint,
    retrying_minor bigint, lost_minor bigint, waiting_minor bigint, recovery_rate numeric(18, 6),
    recovery_rate_by_value numeric(18, 6));
CREATE TABLE stripe_marts.past_due (
    livemode boolean, currency text, invoice_id text, customer_id text, customer_name text, invoice_number text,
    amount_remaining_minor bigint, days_past_due bigint, ageing text, collection_method text, next_payment_attempt timestamp);
CREATE TABLE stripe_marts.top_customers (
    livemode boolean, currency text, customer_id text, customer_name text, customer_email text, lifetime_paid_minor bigint,
    lifetime_refunded_minor bigint, lifetime_net_minor bigint, last_12m_net_minor bigint, rank_lifetime bigint, rank_12m bigint);
-- Only written to CSV files.
CREATE TABLE stripe_marts.mrr_customer_monthly (livemode boolean, currency text, month date, customer_id text);
CREATE TABLE stripe_marts.mrr_movements (livemode boolean, currency text, month date, customer_id text, movement text);
CREATE TABLE stripe_marts.mrr_ledger (
    livemode boolean, currency text, customer_id text, sequence bigint, subscription_id text, occurred_at timestamp);
CREATE TABLE stripe_marts.balance_categories_monthly (livemode boolean, currency text, month date, category text);
CREATE TABLE stripe_marts.disputes_monthly (livemode boolean, currency text, month date, disputes bigint);
CREATE TABLE stripe_marts.customers_360_money (livemode boolean, customer_id text, currency text, mrr_minor bigint);
CREATE TABLE stripe_marts.customers_360 (livemode boolean, customer_id text, name text);
