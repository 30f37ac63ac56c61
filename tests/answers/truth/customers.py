"""The marts about customers: who paid the most, and everything about each of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from standin.demo.dates import add_months
from tests.answers.truth.failures import past_due
from tests.answers.truth.history import History
from tests.answers.truth.months import moment, month_of
from tests.answers.truth.mrr import Mrr
from tests.answers.truth.rows import TEST, Rows

_GUEST = "guest:unknown"
"""Guests of the demo business leave no e-mail address."""
_GUEST_NAME = "Guest"


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
            ranked = sorted((-of[span], customer) for customer, of in found)
            for rank, (_, customer) in enumerate(ranked, 1):
                rows[TEST, currency, customer][f"rank_{span}"] = rank
    return rows


def customers_360(mrr: Mrr) -> Rows:
    """Everybody that the account knows or tells of."""
    history, sight = mrr.history, mrr.sight
    currencies: dict[str, list[str]] = defaultdict(list)
    for _, customer, currency in sorted(customers_360_money(mrr)):
        currencies[customer].append(currency)
    invoiced: dict[str, list[int]] = defaultdict(list)
    paid: dict[str, list[int]] = defaultdict(list)
    statuses: dict[str, list[str]] = defaultdict(list)
    for invoice in history.invoices.values():
        if invoice.finalized is not None:
            invoiced[invoice.draft.customer].append(invoice.written)
    for charge in history.charges.values():
        if charge.paid and charge.tried.customer:
            paid[charge.tried.customer].append(charge.at)
    for subscription in history.subscriptions.values():
        terms = subscription.terms(sight.as_of)
        assert terms is not None, f"{subscription.id} has not started"
        statuses[subscription.customer].append(terms.status)
    rows: Rows = {}
    for customer, known in history.customers.items():
        is_gone = history.forgotten.get(customer, sight.as_of + 1) <= sight.first_look
        if is_gone and not invoiced[customer] and not statuses[customer]:
            continue
        held = Counter(statuses[customer])
        rows[TEST, customer] = {
            "name": known.name,
            "email": known.email,
            "email_domain": known.email.partition("@")[2],
            "crm_id": None if is_gone else known.crm_id,
            "is_deleted": customer in history.forgotten,
            "created_at": None if is_gone else moment(history.signed_up[customer]),
            "first_invoice_at": moment(min(invoiced[customer])) if invoiced[customer] else None,
            "first_paid_at": moment(min(paid[customer])) if paid[customer] else None,
            "last_paid_at": moment(max(paid[customer])) if paid[customer] else None,
            "currencies": ", ".join(currencies[customer]) or None,
            "subscriptions": len(statuses[customer]),
            "running_subscriptions": held["active"] + held["past_due"],
            "trialing_subscriptions": held["trialing"],
            "ended_subscriptions": held["canceled"] + held["incomplete_expired"],
        }
    return rows


def customers_360_money(mrr: Mrr) -> Rows:
    """What customers bring and owe."""
    history, as_of = mrr.history, mrr.sight.as_of
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (currency, customer), of in _money(history, as_of).items():
        if customer != _GUEST:
            found = {"lifetime_net_minor": of["lifetime"], "last_12m_net_minor": of["12m"]}
            sums[customer, currency].update(found)
    for currency in mrr.months:
        for customer, amount in mrr.paid(currency, month_of(as_of)).items():
            sums[customer, currency]["mrr_minor"] += amount
    for invoice in history.invoices.values():
        if invoice.status == "open":
            sums[invoice.draft.customer, invoice.draft.currency]["open_minor"] += invoice.asked
    for (_, currency, _), row in past_due(history, as_of).items():
        of = sums[row["customer_id"], currency]
        of["past_due_minor"] += row["amount_remaining_minor"]
    return {(TEST, *key): {name: of[name] for name in _MONEY} for key, of in sums.items()}


def _named(history: History, customer: str) -> dict[str, Any]:
    if customer == _GUEST:
        return {"customer_name": _GUEST_NAME, "customer_email": None}
    known = history.customers[customer]
    return {"customer_name": known.name, "customer_email": known.email}


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


_MONEY = (
    "mrr_minor",
    "lifetime_net_minor",
    "last_12m_net_minor",
    "open_minor",
    "past_due_minor",
)
