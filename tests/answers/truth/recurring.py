"""The marts of MRR: month by month, its movements, its ledger, ARR."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

from tests.answers.truth.agreed import Value
from tests.answers.truth.months import add, moment, rounded
from tests.answers.truth.mrr import Change, Mrr
from tests.answers.truth.rows import TEST, Rows


def mrr_customer_monthly(mrr: Mrr) -> Rows:
    """MRR of each customer that has any, or a trial."""
    return {
        (TEST, currency, month, customer): _amounts(mrr, total, month)
        for currency, month in mrr.values
        for customer, total in mrr.by_customer(currency, month).items()
    }


def mrr_monthly(mrr: Mrr) -> Rows:
    """MRR and who it comes from."""
    rows: Rows = {}
    for (currency, month), held in mrr.values.items():
        total = sum(held.values(), Value())
        active = len(mrr.paid(currency, month))
        rows[TEST, currency, month] = {
            **_amounts(mrr, total, month),
            "discount_minor": total.gross - total.mrr,
            "active_customers": active,
            "active_subscriptions": sum(one.mrr > 0 for one in held.values()),
            "arpu_minor": rounded(Fraction(total.mrr, active)) if active else None,
        }
    return rows


def arr_monthly(mrr: Mrr) -> Rows:
    """Twelve times MRR."""
    return {
        (TEST, currency, month): {
            "arr_minor": 12 * sum(one.mrr for one in held.values()),
            "mrr_source": mrr.source(month),
        }
        for (currency, month), held in mrr.values.items()
    }


def mrr_movements(mrr: Mrr) -> Rows:
    """What changed from month to month."""
    rows: Rows = {}
    for currency, months in mrr.months.items():
        ever: set[str] = set()
        for month in months:
            before, now = mrr.paid(currency, add(month, -1)), mrr.paid(currency, month)
            for customer in before.keys() | now.keys():
                old, new = before.get(customer, 0), now.get(customer, 0)
                if old != new:
                    name = movement(old, new, was_there=customer in ever)
                    rows[TEST, currency, month, customer, name] = _change(old, new)
            ever |= now.keys()
    return rows


def mrr_ledger(mrr: Mrr) -> Rows:
    """Every change, numbered for each customer and currency."""
    by_customer: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in mrr.changes:
        subscription = mrr.history.subscriptions[change.subscription]
        by_customer[subscription.currency, subscription.customer].append(change)
    rows: Rows = {}
    for (currency, customer), changes in by_customer.items():
        total, ever = 0, False
        for number, change in enumerate(changes, 1):
            new = total + change.after - change.before
            rows[TEST, currency, customer, number] = {
                "subscription_id": change.subscription,
                "occurred_at": moment(change.at),
                "source": _source(mrr, change),
                "movement": movement(total, new, was_there=ever),
                **_change(total, new),
            }
            total, ever = new, ever or new > 0
    return rows


def movement(before: int, after: int, *, was_there: bool) -> str:
    """The name of a change of a customer's MRR."""
    if before == 0:
        return "reactivated" if was_there else "new"
    if after == 0:
        return "churned"
    return "expansion" if after > before else "contraction"


def _source(mrr: Mrr, change: Change) -> str:
    if change.at == mrr.sight.first_seen:
        return "first_seen"
    return "invoice_lines" if change.at < mrr.sight.first_seen else "events"


def _change(before: int, after: int) -> dict[str, int]:
    return {
        "mrr_before_minor": before,
        "mrr_after_minor": after,
        "change_minor": after - before,
    }


def _amounts(mrr: Mrr, total: Value, month: date) -> dict[str, Any]:
    billed = mrr.is_billed(month)
    return {
        "mrr_minor": total.mrr,
        "gross_mrr_minor": total.gross,
        "trial_mrr_minor": None if billed else total.trial,
        "past_due_mrr_minor": None if billed else total.past_due,
        "scheduled_churn_mrr_minor": None if billed else total.scheduled_churn,
        "mrr_source": mrr.source(month),
    }
