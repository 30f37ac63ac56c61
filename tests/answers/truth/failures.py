"""The marts of payments that failed: what became of them, and what is still owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from standin.demo.dates import DAY
from tests.answers.truth.history import History
from tests.answers.truth.months import moment, month_of, rate
from tests.answers.truth.payments import Payments
from tests.answers.truth.records import Charge, Invoice
from tests.answers.truth.rows import TEST, Months, Rows, Sums, every

_DAYS = (7, 14, 30, 60)
"""Days within which an invoice may be recovered."""
_FATES = ("failed", "recovered", "retrying", "lost", "waiting")
_AGES = ((30, "0-30"), (60, "31-60"), (90, "61-90"))


def failed_charges_monthly(history: History) -> Rows:
    """Failed charges by reason."""
    found: dict[tuple[Any, ...], list[Charge]] = defaultdict(list)
    for charge in history.charges.values():
        if not charge.paid:
            tried, month = charge.tried, month_of(charge.at)
            found[TEST, tried.currency, month, tried.failure, tried.blocked].append(charge)
    return {
        key: {
            "failed_count": len(charges),
            "failed_minor": sum(charge.tried.amount for charge in charges),
            "failed_payments": _payments(charges),
        }
        for key, charges in found.items()
    }


def charge_outcomes_monthly(history: History, months: Months) -> Rows:
    """How many charges failed of all that were tried."""
    found: dict[tuple[str, date], list[Charge]] = defaultdict(list)
    for charge in history.charges.values():
        found[charge.tried.currency, month_of(charge.at)].append(charge)
    rows: Rows = {}
    for currency, month in every(months):
        tried = found[currency, month]
        failed = [charge for charge in tried if not charge.paid]
        rows[TEST, currency, month] = {
            "attempts": len(tried),
            "succeeded_count": len(tried) - len(failed),
            "failed_count": len(failed),
            "blocked_count": sum(charge.tried.blocked for charge in failed),
            "pending_count": 0,
            "failed_payments": _payments(failed),
            "failed_minor": sum(charge.tried.amount for charge in failed),
            "failure_rate": rate(len(failed), len(tried)),
        }
    return rows


def payment_recovery_monthly(history: History, months: Months) -> Rows:
    """What became of the invoices whose first charge failed."""
    sums, payments = Sums(), Payments(history)
    for invoice in history.invoices.values():
        charges = payments.charges_of(invoice)
        if invoice.draft.due is None and charges and not charges[0].paid:
            first = charges[0]
            for name, amount in _fates(history, invoice, first):
                counted = {f"{name}_invoices": 1, f"{name}_minor": amount}
                sums.add(first.tried.currency, month_of(first.at), **counted)
    names = [f"{name}_{unit}" for name in _FATES for unit in ("invoices", "minor")]
    names += [f"recovered_{days}d_{unit}" for days in _DAYS for unit in ("invoices", "minor")]
    rows: Rows = {}
    for currency, month in every(months):
        of = sums.of(currency, month)
        rows[TEST, currency, month] = {
            **{name: of[name] for name in names},
            "recovery_rate": rate(of["recovered_invoices"], of["failed_invoices"]),
            "recovery_rate_by_value": rate(of["recovered_minor"], of["failed_minor"]),
        }
    return rows


def past_due(history: History, as_of: int) -> Rows:
    """The invoices that should have been paid by now."""
    rows: Rows = {}
    payments = Payments(history)
    for invoice in history.invoices.values():
        since = _owed_since(invoice, payments.charges_of(invoice), as_of)
        if since is None:
            continue
        draft, next_attempt = invoice.draft, invoice.next_attempt
        days = timedelta(seconds=as_of - since).days
        rows[TEST, draft.currency, draft.invoice] = {
            "customer_id": draft.customer,
            "invoice_number": invoice.number,
            "customer_name": history.customers[draft.customer].name,
            "amount_remaining_minor": invoice.asked,
            "past_due_since": moment(since),
            "days_past_due": days,
            "ageing": next((name for upto, name in _AGES if days <= upto), "90+"),
            "collection_method": "send_invoice" if draft.due else "charge_automatically",
            "next_payment_attempt": moment(next_attempt) if next_attempt else None,
        }
    return rows


def _fates(history: History, invoice: Invoice, first: Charge) -> Iterator[tuple[str, int]]:
    """What an invoice whose first charge failed counts as, and with which amount."""
    failed, subscription = first.tried.amount, invoice.draft.subscription
    ended = bool(subscription and history.subscriptions[subscription].ended)
    yield "failed", failed
    if invoice.paid is not None:
        recovered = min(failed, invoice.amount_paid)
        yield "recovered", recovered
        for days in _DAYS:
            if invoice.paid - first.at <= days * DAY:
                yield f"recovered_{days}d", recovered
    elif invoice.status == "open" and invoice.next_attempt is not None:
        yield "retrying", failed
    elif invoice.status in ("void", "uncollectible") or ended:
        yield "lost", failed
    else:
        yield "waiting", failed


def _owed_since(invoice: Invoice, charges: Iterable[Charge], as_of: int) -> int | None:
    """Since when an invoice is past due; None if it is not."""
    if invoice.status != "open" or not invoice.asked:
        return None
    due = invoice.draft.due
    if due is None:
        return next((charge.at for charge in charges if not charge.paid), None)
    return due if due < as_of else None


def _payments(charges: Iterable[Charge]) -> int:
    return len({charge.tried.intent for charge in charges})
