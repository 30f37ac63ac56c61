"""Churn and retention: how much of what there was is still there."""

from __future__ import annotations

from stripe_report.columns import number, rate
from stripe_report.draw.monthly import Series
from stripe_report.exhibits.base import Monthly, Section

LOGO = rate("logo_churn_rate", "Customers")
GROSS = rate("gross_mrr_churn_rate", "MRR, gross")
NET = rate("net_mrr_churn_rate", "MRR, net")
NRR = rate("nrr_12m", "Net retention (NRR)")
GRR = rate("grr_12m", "Gross retention (GRR)")
VOLUNTARY = number("voluntary", "By the customer")
INVOLUNTARY = number("involuntary", "For lack of payment")
OTHER = number("other", "Other")
NO_START = "No month began with recurring revenue in this currency."

SECTION = Section(
    "Churn and retention",
    "What is our churn?",
    [
        Monthly(
            name="churn",
            title="Churn",
            unit="Percent of what the month began with",
            mart="retention_monthly",
            definition=(
                "Customers: those who lost all of their MRR, of those who had some. Gross: MRR "
                "churned and contracted, of the MRR at the start. Net: the same less expansion and "
                "reactivation; below zero, the customers there were have grown."
            ),
            empty=NO_START,
            query="retention",
            lines=[Series(LOGO, "blue"), Series(GROSS, "rust"), Series(NET, "slate")],
            columns=[
                LOGO,
                GROSS,
                NET,
                number("starting_customers", "Customers at the start"),
                number("churned_customers", "Customers churned"),
            ],
        ),
        Monthly(
            name="retention",
            title="Retention over twelve months",
            unit="Percent of the MRR of a year before",
            mart="retention_monthly",
            definition=(
                "Customers with MRR a year before: what they are worth now, of what they were "
                "worth then. Gross retention counts nobody's growth, so it never exceeds 100 %. "
                "New customers are in neither."
            ),
            empty="There is no recurring revenue from a year before to compare with yet.",
            query="retention",
            base=1,
            lines=[Series(NRR, "blue"), Series(GRR, "teal")],
            columns=[
                NRR,
                GRR,
                rate("nrr_monthly", "Net, one month"),
                rate("grr_monthly", "Gross, one month"),
            ],
        ),
        Monthly(
            name="cancellations",
            title="Subscriptions that ended",
            unit="Subscriptions a month",
            mart="subscription_churn_monthly",
            definition=(
                "Paid subscriptions by the month they ended in, and why: because the customer "
                "asked, because a payment failed or was disputed, or for a reason that Stripe was "
                "not told."
            ),
            empty="No paid subscription has ended in this currency in these months.",
            query="subscription_churn",
            bars=[Series(VOLUNTARY, "blue"), Series(INVOLUNTARY, "rust"), Series(OTHER, "slate")],
            columns=[
                VOLUNTARY,
                INVOLUNTARY,
                OTHER,
                number("canceled_subscriptions", "Ended in all"),
                number("paying_subscriptions_at_start", "Paid at the start"),
                rate("cancel_rate", "Rate"),
            ],
        ),
    ],
)
