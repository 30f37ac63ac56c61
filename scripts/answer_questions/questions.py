"""The questions, and the line of SQL that asks the marts, in DuckDB as in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """Something that people ask."""

    text: str
    query: str
    note: str = ""
    """What is good to know of the answer."""


@dataclass(frozen=True)
class Chapter:
    """Questions that belong together."""

    title: str
    questions: tuple[Question, ...]


def last(mart: str) -> str:
    """A condition: the last month that is over."""
    return f"month = (SELECT max(month) FROM {mart} WHERE NOT is_running_month)"


# One line is what people copy, however long it is.
# ruff: noqa: E501, S608
CHAPTERS = (
    Chapter(
        "Recurring revenue",
        (
            Question(
                "What is our MRR?",
                "SELECT currency, mrr, active_customers, arpu FROM mrr_monthly WHERE is_running_month ORDER BY currency",
                "As of now. Currencies are never added up.",
            ),
            Question(
                "How is it trending?",
                "SELECT month, currency, mrr, active_customers FROM mrr_monthly WHERE currency = 'usd' ORDER BY month DESC LIMIT 6",
                "The first month is still running.",
            ),
            Question(
                "What moved it last month?",
                f"SELECT currency, starting_mrr, new, expansion, reactivated, contraction, churned, ending_mrr FROM retention_monthly WHERE {last('retention_monthly')} ORDER BY currency",
            ),
            Question(
                "What is our ARR?",
                "SELECT currency, arr FROM arr_monthly WHERE is_running_month ORDER BY currency",
                "Twelve times MRR: a rate, not a forecast.",
            ),
            Question(
                "How much of our MRR is at risk, and how much may come from trials?",
                "SELECT currency, mrr, past_due_mrr, scheduled_churn_mrr, trial_mrr FROM mrr_monthly WHERE is_running_month ORDER BY currency",
                "The first two are parts of MRR, trials are not.",
            ),
            Question(
                "What do discounts cost us a month?",
                "SELECT currency, gross_mrr, discount, mrr FROM mrr_monthly WHERE is_running_month ORDER BY currency",
            ),
        ),
    ),
    Chapter(
        "Cash",
        (
            Question(
                "How much did we collect last month?",
                f"SELECT currency, charges_gross, refunds, net_collected FROM collected_revenue_monthly WHERE {last('collected_revenue_monthly')} ORDER BY currency",
                "In the currencies that customers paid in, before fees.",
            ),
            Question(
                "What is left of it after refunds, disputes and fees?",
                f"SELECT currency, gross, refunds, disputes, fees, net FROM net_revenue_monthly WHERE {last('net_revenue_monthly')} ORDER BY currency",
                "In the currencies in which Stripe settles.",
            ),
            Question(
                "Do charges and paid invoices agree?",
                f"SELECT currency, charges_gross, invoices_paid, non_invoice_charges, timing, reconciliation_difference FROM collected_revenue_monthly WHERE {last('collected_revenue_monthly')} ORDER BY currency",
                "What is between the two is named; a difference that is not 0 has to be looked into.",
            ),
            Question(
                "What did disputes cost us this year?",
                "SELECT currency, sum(disputes) AS disputes, sum(lost_disputes) AS lost_disputes, sum(lost) AS lost FROM disputes_monthly WHERE month >= DATE '2026-01-01' GROUP BY currency ORDER BY currency",
            ),
        ),
    ),
    Chapter(
        "Churn and retention",
        (
            Question(
                "What is our churn?",
                f"SELECT currency, churned_customers, starting_customers, logo_churn_rate, gross_mrr_churn_rate, net_mrr_churn_rate FROM retention_monthly WHERE {last('retention_monthly')} ORDER BY currency",
                "Of the last month that is over.",
            ),
            Question(
                "How much of last year's revenue have we kept?",
                f"SELECT currency, nrr_12m, grr_12m FROM retention_monthly WHERE {last('retention_monthly')} ORDER BY currency",
                "Net with the growth of these customers, gross without.",
            ),
            Question(
                "Do customers leave, or do their payments fail?",
                "SELECT currency, sum(voluntary) AS voluntary, sum(involuntary) AS involuntary, sum(other) AS other FROM subscription_churn_monthly GROUP BY currency ORDER BY currency",
            ),
            Question(
                "Whom did we lose last month?",
                "SELECT currency, name, change AS mrr_lost FROM mrr_movements JOIN customers_360 USING (livemode, customer_id) WHERE movement = 'churned' AND month = (SELECT max(month) FROM mrr_monthly WHERE NOT is_running_month) ORDER BY change_minor, customer_id LIMIT 5",
            ),
        ),
    ),
    Chapter(
        "Failed payments",
        (
            Question(
                "How many charges failed, and what are they worth?",
                f"SELECT currency, failed_count, failed_payments, failed, failure_rate FROM charge_outcomes_monthly WHERE {last('charge_outcomes_monthly')} ORDER BY currency",
                "Retries are charges of their own; *failed_payments* counts what they were for once.",
            ),
            Question(
                "Why do they fail?",
                "SELECT failure_code, is_blocked, sum(failed_count) AS failed_count FROM failed_charges_monthly GROUP BY failure_code, is_blocked ORDER BY 3 DESC, 1, 2",
            ),
            Question(
                "How much of it comes in later?",
                "SELECT currency, sum(failed_invoices) AS invoices, sum(failed) AS failed, sum(recovered_7d) AS within_7_days, sum(recovered_30d) AS within_30_days, sum(recovered) AS recovered, sum(lost) AS lost FROM payment_recovery_monthly GROUP BY currency ORDER BY currency",
                "Invoices whose first charge failed, of all time.",
            ),
            Question(
                "Who owes us, and for how long?",
                "SELECT currency, ageing, count(*) AS invoices, sum(amount_remaining) AS owed FROM past_due GROUP BY currency, ageing ORDER BY currency, ageing",
            ),
        ),
    ),
    Chapter(
        "Customers",
        (
            Question(
                "Who are our largest customers by paid amount?",
                "SELECT currency, rank_lifetime, customer_name, lifetime_net, last_12m_net FROM top_customers WHERE rank_lifetime <= 3 ORDER BY currency, rank_lifetime",
            ),
            Question(
                "How many customers who signed up this year have paid, and how many still do?",
                "SELECT count(*) AS customers, count(first_paid_at) AS paid, count(*) FILTER (WHERE running_subscriptions > 0) AS subscribed FROM customers_360 WHERE created_at >= TIMESTAMP '2026-01-01'",
            ),
            Question(
                "What has each company paid that our CRM knows by its domain?",
                "SELECT email_domain, currency, mrr, lifetime_net FROM customers_360 JOIN customers_360_money USING (livemode, customer_id) ORDER BY lifetime_net_minor DESC, email_domain LIMIT 3",
                "Join `email_domain`, or `crm_id`, to the accounts of the CRM.",
            ),
        ),
    ),
    Chapter(
        "The data",
        (
            Question(
                "How fresh is what we look at?",
                "SELECT table_name, rows, deleted_rows, newest_created, last_run_outcome, synced_until FROM data_freshness WHERE table_name IN ('charges', 'customers', 'invoices', 'subscriptions') ORDER BY table_name",
                "What happened in Stripe before *synced_until* is in the table, even if it is long since anything was created; compare it with the clock on the wall.",
            ),
        ),
    ),
)
