"""The mart of the tables themselves, for those whose rows the ledger can count."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from standin.demo.dates import HOUR
from tests.answers.truth.history import History
from tests.answers.truth.months import moment
from tests.answers.truth.records import Sight
from tests.answers.truth.rows import Rows

Life = tuple[int, int | None]
"""When something was made, and when it was deleted, None if it was not."""


def data_freshness(history: History, sight: Sight) -> Rows:
    """How many objects there are, and how many of those once seen are gone."""
    return {(table,): _row(lives, sight) for table, lives in _lives(history).items()}


def _row(lives: Iterable[Life], sight: Sight) -> dict[str, Any]:
    seen = [(made, gone) for made, gone in lives if gone is None or gone > sight.first_look]
    newest = max(made for made, _ in seen)
    hours = Decimal(sight.as_of - newest) / HOUR
    return {
        "rows": sum(gone is None for _, gone in seen),
        "deleted_rows": sum(gone is not None for _, gone in seen),
        "newest_created": moment(newest),
        "hours_behind": hours.quantize(Decimal("0.1"), ROUND_HALF_UP),
        "as_of": moment(sight.as_of),
    }


def _lives(history: History) -> dict[str, list[Life]]:
    invoices = history.invoices.values()
    return {
        "balance_transactions": [(at, None) for at, _ in history.movements],
        "charges": [(charge.at, None) for charge in history.charges.values()],
        "coupons": [(at, history.retired.get(id_)) for id_, at in history.issued.items()],
        "customers": [(at, history.forgotten.get(id_)) for id_, at in history.signed_up.items()],
        "disputes": [(dispute.at, None) for dispute in history.disputes.values()],
        "invoice_line_items": [
            (invoice.written, invoice.discarded)
            for invoice in invoices
            for _ in invoice.draft.lines
        ],
        "invoices": [(invoice.written, invoice.discarded) for invoice in invoices],
        "prices": [(at, None) for at in history.listed.values()],
        "refunds": [(refund.at, None) for refund in history.refunds.values()],
        "subscription_items": [(at, history.removed.get(id_)) for id_, at in history.added.items()],
        "subscriptions": [(one.started, None) for one in history.subscriptions.values()],
    }
