"""The marts of money that came, went back, and was contested."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from tests.answers.truth.history import History
from tests.answers.truth.months import month_of, months, rate
from tests.answers.truth.payments import Payments
from tests.answers.truth.records import Invoice
from tests.answers.truth.rows import TEST, Months, Rows, Sums, every


def collected_revenue_monthly(history: History, months: Months) -> Rows:
    """What came in: by charges, by invoices, and what lies between the two."""
    sums, payments = Sums(), Payments(history)
    for charge in history.charges.values():
        if charge.paid:
            amount = charge.tried.amount
            beside = 0 if payments.invoice_of(charge) else amount
            sums.add(
                charge.tried.currency,
                month_of(charge.at),
                charges_gross_minor=amount,
                charges_count=1,
                non_invoice_charges_minor=beside,
            )
    for refund in history.refunds.values():
        if refund.status == "succeeded":
            currency = refund.charge.tried.currency
            sums.add(currency, month_of(refund.at), refunds_minor=refund.amount)
    for invoice in history.invoices.values():
        if invoice.paid is not None:
            _add_invoice(sums, invoice, month_of(invoice.paid), payments)
    return {(TEST, *key): _collected(sums.of(*key)) for key in every(months)}


def net_revenue_monthly(history: History, as_of: int) -> Rows:
    """What the balance gained, by what it was for."""
    sums = _moved(history)
    first: dict[str, date] = {}
    for at, moved in history.movements:
        first.setdefault(moved.currency, month_of(at))
    rows: Rows = {}
    for currency, start in first.items():
        for month in months(start, month_of(as_of)):
            amounts: Counter[str] = Counter()
            for category, of in sums[currency, month].items():
                amounts[_COUNTS_AS[category]] += of["amount"]
                amounts["fees"] -= of["fee"]
            net = sum(amounts[name] for name in ("gross", "refunds", "disputes", "fees"))
            rows[TEST, currency, month] = {
                **{f"{name}_minor": amounts[name] for name in _COUNTS_AS.values()},
                "net_minor": net,
                "balance_change_minor": sum(amounts.values()),
            }
    return rows


def balance_categories_monthly(history: History) -> Rows:
    """What the balance gained by each category."""
    return {
        (TEST, currency, month, category): {
            "transactions": of["count"],
            "amount_minor": of["amount"],
            "fee_minor": of["fee"],
            "net_minor": of["amount"] - of["fee"],
        }
        for (currency, month), by_category in _moved(history).items()
        for category, of in by_category.items()
    }


def disputes_monthly(history: History, months: Months) -> Rows:
    """What cardholders contested, and how it ended."""
    sums = Sums()
    for charge in history.charges.values():
        sums.add(charge.tried.currency, month_of(charge.at), charges=charge.paid)
    for dispute in history.disputes.values():
        tried, month = dispute.charge.tried, month_of(dispute.at)
        if dispute.inquiry:
            sums.add(tried.currency, month, inquiries=1)
            continue
        end = dispute.status if dispute.status in ("won", "lost") else "pending"
        amounts = {"disputes": 1, "disputed_minor": tried.amount}
        ended = {f"{end}_disputes": 1, f"{end}_minor": tried.amount}
        sums.add(tried.currency, month, **amounts, **ended)
    return {
        (TEST, *key): {
            **{name: sums.of(*key)[name] for name in _DISPUTED},
            "prevented": 0,
            "dispute_rate": rate(sums.of(*key)["disputes"], sums.of(*key)["charges"]),
        }
        for key in every(months)
    }


def _add_invoice(sums: Sums, invoice: Invoice, paid: date, payments: Payments) -> None:
    """Add what an invoice brought, and what of it came in another month than its charge."""
    currency, amount = invoice.draft.currency, invoice.amount_paid - invoice.off_stripe
    off_stripe = invoice.off_stripe
    sums.add(currency, paid, invoices_paid_minor=amount, paid_off_stripe_minor=off_stripe)
    for charge in payments.charges_of(invoice):
        if charge.paid:
            sums.add(currency, month_of(charge.at), timing_minor=amount)
            sums.add(currency, paid, timing_minor=-amount)


def _collected(of: Counter[str]) -> dict[str, int]:
    gross, beside = of["charges_gross_minor"], of["non_invoice_charges_minor"]
    return {
        **{name: of[name] for name in _COLLECTED},
        "net_collected_minor": gross - of["refunds_minor"],
        "reconciliation_difference_minor": (
            gross - of["invoices_paid_minor"] - beside - of["timing_minor"]
        ),
    }


def _moved(history: History) -> dict[tuple[str, date], dict[str, Counter[str]]]:
    """Count, amount and fee of the movements of the balance, by currency, month and category."""
    sums: dict[tuple[str, date], dict[str, Counter[str]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for at, moved in history.movements:
        of = sums[moved.currency, month_of(at)][_CATEGORIES[moved.category]]
        of.update({"count": 1, "amount": moved.amount, "fee": sum(moved.fees.values())})
    return sums


_CATEGORIES = {
    "charge": "charge",
    "refund": "refund",
    "refund_failure": "refund",
    "dispute": "dispute",
    "dispute_reversal": "dispute",
    "fee": "fee",
    "payout": "payout",
    "payout_reversal": "payout",
    "transfer": "connect",
    "transfer_reversal": "connect",
}
"""The marts' category for each of Stripe's reporting categories that the business has."""
_COUNTS_AS = {
    "charge": "gross",
    "refund": "refunds",
    "dispute": "disputes",
    "fee": "fees",
    "payout": "payouts",
    "connect": "other",
}
"""What a category counts as in net revenue."""
_COLLECTED = (
    "charges_gross_minor",
    "charges_count",
    "refunds_minor",
    "invoices_paid_minor",
    "paid_off_stripe_minor",
    "non_invoice_charges_minor",
    "timing_minor",
)
_DISPUTED = (
    "disputes",
    "disputed_minor",
    "won_disputes",
    "won_minor",
    "lost_disputes",
    "lost_minor",
    "pending_disputes",
    "pending_minor",
    "inquiries",
)
