"""Recurring revenue: how much, how it moves, and from how many."""

from __future__ import annotations

from stripe_report.books import Book
from stripe_report.columns import money, number
from stripe_report.draw.monthly import Series
from stripe_report.exhibits.base import Monthly, Section
from stripe_report.tables import month_name

MRR = money("mrr_minor", "MRR")
STARTING = money("starting_mrr_minor", "At the start")
NEW = money("new_minor", "New")
REACTIVATED = money("reactivated_minor", "Reactivated")
EXPANSION = money("expansion_minor", "Expansion")
CONTRACTION = money("contraction_minor", "Contraction")
CHURNED = money("churned_minor", "Churned")
ENDING = money("ending_mrr_minor", "At the end")
ARR = money("arr_minor", "ARR")
CUSTOMERS = number("active_customers", "Paying customers")
NO_SUBSCRIPTIONS = "No subscription has been paid for in this currency in these months."


def _rebuilt(book: Book) -> str | None:
    """Which months are not measured but rebuilt."""
    rebuilt = [row["month"] for row in book.rows["mrr"] if row["mrr_source"] == "invoice_lines"]
    if not rebuilt:
        return None
    return (
        f"Up to {month_name(max(rebuilt))} rebuilt from the lines of invoices, as billed: from "
        "then on Stripe's events tell every change."
    )


SECTION = Section(
    "Recurring revenue",
    "What is our MRR, and how is it trending?",
    [
        Monthly(
            name="mrr",
            title="Monthly recurring revenue",
            unit="{currency}, at the end of each month",
            mart="mrr_monthly",
            definition=(
                "What active and past-due subscriptions are worth a month, after recurring "
                "discounts and without tax. A yearly price counts a twelfth. Trials, free plans, "
                "metered prices and one-off items count nothing; a subscription that is to be "
                "canceled counts until it ends."
            ),
            empty=NO_SUBSCRIPTIONS,
            query="mrr",
            remark=_rebuilt,
            bars=[Series(MRR, "blue")],
            columns=[
                MRR,
                money("gross_mrr_minor", "Before discounts"),
                money("trial_mrr_minor", "In trials"),
                money("past_due_mrr_minor", "Past due"),
                money("scheduled_churn_mrr_minor", "To be canceled"),
                number("active_subscriptions", "Subscriptions"),
            ],
        ),
        Monthly(
            name="mrr-movements",
            title="What moved it",
            unit="{currency}, change of MRR in each month",
            mart="retention_monthly",
            definition=(
                "Each customer's MRR at the end of a month against the month before. New: the "
                "first ever. Reactivated: back after having none. Expansion and contraction: more "
                "or less than before. Churned: none any more. The five add up to the change."
            ),
            empty=NO_SUBSCRIPTIONS,
            query="retention",
            bars=[
                Series(NEW, "blue"),
                Series(EXPANSION, "sky"),
                Series(REACTIVATED, "teal"),
                Series(CONTRACTION, "sand"),
                Series(CHURNED, "rust"),
            ],
            columns=[STARTING, NEW, EXPANSION, REACTIVATED, CONTRACTION, CHURNED, ENDING],
        ),
        Monthly(
            name="arr",
            title="Annual run rate",
            unit="{currency}, at the end of each month",
            mart="arr_monthly",
            definition=(
                "ARR is twelve times MRR: a year at the present rate, neither a forecast nor what "
                "contracts promise."
            ),
            empty=NO_SUBSCRIPTIONS,
            query="arr",
            lines=[Series(ARR, "blue")],
            columns=[ARR],
        ),
        Monthly(
            name="customers",
            title="Paying customers",
            unit="Customers, at the end of each month",
            mart="mrr_monthly",
            definition=(
                "Customers whose MRR is above zero. The average revenue per account (ARPA) is MRR "
                "divided by them."
            ),
            empty=NO_SUBSCRIPTIONS,
            query="mrr",
            bars=[Series(CUSTOMERS, "blue")],
            columns=[CUSTOMERS, money("arpu_minor", "ARPA")],
        ),
    ],
)
