"""The marts about customers: who paid the most, and everything about each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from standin.demo.dates import add_months
from tests.answers.truth.history import History
from tests.answers.truth.rows import TEST, Rows

_GUEST = "guest:unknown"
"""Guests of the demo business leave no e-mail address."""


def top_customers(history: History, as_of: int) -> Rows:
    """What each customer has paid, and their ranks."""
    rows: Rows = {}
    by_currency: dict[str, list[tuple[str, Counter[str]]]] = defaultdict(list)
    for (currency, customer), of in _money(history, as_of).items():
        by_currency[currency].append((customer, of))
        rows[TEST, currency, customer] = {
            **_named(history, customer),
            "lifetime_paid_minor": of["paid"],
            "lifetime_refunded_minor": of["refunded"],
            "lifetime_net_minor": of["lifetime"],
            "last_12m_net_minor": of["12m"],
        }
    for currency, found in by_currency.items():
        for span in ("lifetime", "12m"):
            ranked = sorted(found, key=lambda one: (-one[1][span], one[0]))
            for rank, (customer, _) in enumerate(ranked, 1):
                rows[TEST, currency, customer][f"rank_{span}"] = rank
    return rows


def _named(history: History, customer: str) -> dict[str, Any]:
    known = history.customers.get(customer)
    return {
        "customer_name": known.name if known else None,
        "customer_email": known.email if known else None,
    }


def _money(history: History, as_of: int) -> dict[tuple[str, str], Counter[str]]:
    """What was paid and given back, by currency and customer, over all time and in a year."""
    year_ago = add_months(as_of, -12)
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for charge in history.charges.values():
        if charge.paid:
            amount = charge.tried.amount
            of = sums[charge.tried.currency, charge.tried.customer or _GUEST]
            lately = amount if charge.at > year_ago else 0
            of.update({"paid": amount, "lifetime": amount, "12m": lately})
    for refund in history.refunds.values():
        if refund.status == "succeeded":
            tried = refund.charge.tried
            of = sums[tried.currency, tried.customer or _GUEST]
            lately = refund.amount if refund.at > year_ago else 0
            of.update({"refunded": refund.amount, "lifetime": -refund.amount, "12m": -lately})
    return sums
