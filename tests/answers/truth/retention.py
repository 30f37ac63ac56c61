"""The marts of what stays and what goes: retention of MRR, churn of subscriptions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from tests.answers.truth.months import add, month_of, rate
from tests.answers.truth.mrr import Mrr
from tests.answers.truth.recurring import mrr_movements
from tests.answers.truth.rows import TEST, Rows

_MOVEMENTS = ("new", "reactivated", "expansion", "contraction", "churned")
_KINDS = {
    "cancellation_requested": "voluntary",
    "payment_failed": "involuntary",
    "payment_disputed": "involuntary",
}


def retention_monthly(mrr: Mrr) -> Rows:
    """What became of the MRR and the customers of the month before, and of the year before."""
    changes: dict[tuple[str, date], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for (_, currency, month, _, name), row in mrr_movements(mrr).items():
        changes[currency, month][name].append(row["change_minor"])
    return {
        (TEST, currency, month): _retention(mrr, currency, month, changes[currency, month])
        for currency, month in mrr.values
    }


def subscription_churn_monthly(mrr: Mrr) -> Rows:
    """Subscriptions that had MRR and ended."""
    first_paid: dict[str, int] = {}
    for change in mrr.changes:
        first_paid.setdefault(change.subscription, change.at)
    ended: dict[tuple[str, date], list[str]] = defaultdict(list)
    for subscription in mrr.history.subscriptions.values():
        paid, end = first_paid.get(subscription.id), subscription.ended
        if paid is not None and end is not None and paid < end:
            kind = _KINDS.get(subscription.reason or "", "other")
            ended[subscription.currency, month_of(end)].append(kind)
    rows: Rows = {}
    for currency, month in mrr.values:
        before = mrr.values.get((currency, add(month, -1)), {})
        paying = sum(one.mrr > 0 for one in before.values())
        kinds = ended[currency, month]
        rows[TEST, currency, month] = {
            "paying_subscriptions_at_start": paying,
            "canceled_subscriptions": len(kinds),
            **{kind: kinds.count(kind) for kind in ("voluntary", "involuntary", "other")},
            "cancel_rate": rate(len(kinds), paying),
        }
    return rows


def _retention(
    mrr: Mrr, currency: str, month: date, changes: dict[str, list[int]]
) -> dict[str, Any]:
    before, now = mrr.paid(currency, add(month, -1)), mrr.paid(currency, month)
    then = mrr.paid(currency, add(month, -12))
    start, was = sum(before.values()), sum(then.values())
    sums = {name: sum(changes[name]) for name in _MOVEMENTS}
    lost, less = -sums["churned"], -sums["contraction"]
    more, back = sums["expansion"], sums["reactivated"]
    churned = len(changes["churned"])
    return {
        "mrr_source": mrr.source(month),
        "starting_mrr_minor": start,
        **{f"{name}_minor": total for name, total in sums.items()},
        "ending_mrr_minor": sum(now.values()),
        "starting_customers": len(before),
        "new_customers": len(changes["new"]),
        "reactivated_customers": len(changes["reactivated"]),
        "churned_customers": churned,
        "ending_customers": len(now),
        "logo_churn_rate": rate(churned, len(before)),
        "gross_mrr_churn_rate": rate(lost + less, start),
        "net_mrr_churn_rate": rate(lost + less - more - back, start),
        "nrr_monthly": rate(start + more - less - lost, start),
        "grr_monthly": rate(start - less - lost, start),
        "nrr_12m": rate(sum(now.get(customer, 0) for customer in then), was),
        "grr_12m": rate(sum(min(now.get(c, 0), mrr_then) for c, mrr_then in then.items()), was),
    }
