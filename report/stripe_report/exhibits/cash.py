"""Cash: what was collected, and what of it is left."""

from __future__ import annotations

from stripe_report.columns import money, number
from stripe_report.draw.monthly import Series
from stripe_report.exhibits.base import Monthly, Section

CHARGED = money("charges_gross_minor", "Charged")
REFUNDED = money("refunds_minor", "Refunded")
COLLECTED = money("net_collected_minor", "Collected, net")
GROSS = money("gross_minor", "Charges")
REFUNDS = money("refunds_minor", "Refunds")
DISPUTES = money("disputes_minor", "Disputes")
FEES = money("fees_minor", "Fees")
NET = money("net_minor", "Net revenue")

SECTION = Section(
    "Cash",
    "How much did we collect, and what is left of it?",
    [
        Monthly(
            name="collected",
            title="Collected from customers",
            unit="{currency} a month, in the currency of the charge",
            mart="collected_revenue_monthly",
            definition=(
                "What succeeded charges have captured, by the day of the charge, less refunds by "
                "the day of the refund. One-off sales are in it; what was paid outside Stripe is "
                "not, and has a column of its own."
            ),
            empty="Nothing has been charged in this currency in these months.",
            query="collected",
            bars=[Series(CHARGED, "sky"), Series(REFUNDED, "sand", down=True)],
            lines=[Series(COLLECTED, "ink")],
            columns=[
                CHARGED,
                REFUNDED,
                COLLECTED,
                number("charges_count", "Charges"),
                money("invoices_paid_minor", "Paid on invoices"),
                money("non_invoice_charges_minor", "Without invoice"),
                money("timing_minor", "Timing"),
                money("paid_off_stripe_minor", "Paid outside Stripe"),
            ],
        ),
        Monthly(
            name="net-revenue",
            title="Net revenue",
            unit="{currency} a month, in the currency of settlement",
            mart="net_revenue_monthly",
            definition=(
                "What charges brought to the balance at Stripe, less refunds, disputes and fees. "
                "Payouts and transfers are no revenue and stay out of it. Charges in other "
                "currencies appear where they were settled."
            ),
            empty="Nothing settles in this currency: look under the account's other currencies.",
            query="net_revenue",
            bars=[
                Series(GROSS, "sky"),
                Series(REFUNDS, "sand"),
                Series(DISPUTES, "rust"),
                Series(FEES, "slate"),
            ],
            lines=[Series(NET, "ink")],
            columns=[
                GROSS,
                REFUNDS,
                DISPUTES,
                FEES,
                NET,
                money("other_minor", "Other"),
                money("payouts_minor", "Payouts"),
                money("balance_change_minor", "Change of balance"),
            ],
        ),
    ],
)
