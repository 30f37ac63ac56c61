"""What may differ between tables kept in step and one fresh read, stream by stream.

Each excuse stands for a change that Stripe announces in no way; the streams' `unseen` says so in
words. Everything else must be equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.cuts import AskedFor, Cut
from tap_stripe.times import to_iso
from tests.tap.conftest import DAY
from tests.tap.harness import Mirror, Row

Excuse = Callable[[Row, Mirror, str], bool]
"""Told a row, the tables kept in step, and the time a week before the last run, ISO 8601."""

SHOWN_INSIDE: Mapping[str, frozenset[str]] = {
    "charges": frozenset({"source"}),
    "checkout_session_line_items": frozenset({"price", "discounts"}),
    "checkout_sessions": frozenset({"total_details"}),
    "invoices": frozenset({"last_finalization_error"}),
    "payment_intents": frozenset({"last_payment_error"}),
    "quote_computed_upfront_line_items": frozenset({"price", "discounts"}),
    "quote_line_items": frozenset({"price", "discounts"}),
    "quotes": frozenset({"computed", "total_details"}),
    "setup_attempts": frozenset({"setup_error"}),
    "setup_intents": frozenset({"last_setup_error"}),
    "subscription_items": frozenset({"plan"}),
    "subscriptions": frozenset({"items", "pending_update"}),
    "topups": frozenset({"source"}),
}
"""Columns with other objects inside, which are as they were when the object around them changed."""

SILENT_COLUMNS: Mapping[str, frozenset[str]] = {
    "customer_balance_transactions": frozenset({"description", "metadata"}),
    "identity_verification_sessions": frozenset({"metadata"}),
    "payout_balance_transactions": frozenset({"status"}),
    "topups": frozenset({"description", "metadata"}),
}
"""Columns that can be edited without an event."""


def _is_old(row: Row, kept: Mirror, week_before: str) -> bool:
    return bool(row["created"] < week_before)


def _of_closed_intent(row: Row, kept: Mirror, week_before: str) -> bool:
    intent = kept.live("payment_intents")[row["payment_intent"],]
    return intent["status"] in ("succeeded", "canceled") or _is_old(intent, kept, week_before)


SILENT_ROWS: Mapping[str, Excuse] = {
    "checkout_sessions": lambda row, _kept, _week: row["status"] != "open",
    "payment_attempt_records": lambda row, kept, week: _is_old(
        kept.live("payment_records")[row["payment_record"],], kept, week
    ),
    "payment_intent_line_items": _of_closed_intent,
    "payment_records": _is_old,
    "quotes": lambda row, _kept, _week: row["status"] != "draft",
}
"""Rows that can be edited, or come and go, without an event."""


UNFLAGGED = frozenset(
    {"checkout_session_line_items", "quote_computed_upfront_line_items", "quote_line_items"}
)
"""Tables whose entries leave their parents without a trace in any event."""

HOLDERS: Mapping[str, str] = {
    "customer": "customers",
    "invoice_line_item": "invoice_line_items",
    "subscription_item": "subscription_items",
}
"""Columns that name what an entry belongs to, and the table with that."""


@dataclass(frozen=True)
class Comparison:
    """Tables kept in step by a first load and increments, and the same tables read afresh."""

    kept: Mirror
    fresh: Mirror
    last_run: int
    """When the last run was, in seconds since the epoch."""

    def differences(self) -> dict[str, list[Any]]:
        """What is wrong in the tables kept in step, by table."""
        found = {stream.table(): self._compare(stream) for stream in STREAMS}
        return {name: wrong for name, wrong in found.items() if wrong}

    def _compare(self, stream: type[StripeStream]) -> list[Any]:
        name = stream.table()
        ours, theirs = self.kept.live(name), self.fresh.live(name)
        wrong: list[Any] = [
            ("missing", theirs[key])
            for key in theirs.keys() - ours.keys()
            if not self._is_excused(name, theirs[key])
        ]
        for key in ours.keys() - theirs.keys():
            row = ours[key]
            is_known = name in UNFLAGGED or stream.unlisted or self._is_excused(name, row)
            if not (is_known or self._has_gone(stream, row)):
                wrong.append(("too many", row))
        ignored = SHOWN_INSIDE.get(name, frozenset()) | SILENT_COLUMNS.get(name, frozenset())
        for key in ours.keys() & theirs.keys():
            one, other = ours[key], theirs[key]
            columns = {c for c in other if one.get(c) != other[c]} - ignored
            if columns and not self._is_excused(name, other):
                wrong.append(("different", key, {c: (one.get(c), other[c]) for c in columns}))
        return wrong

    def _is_excused(self, name: str, row: Row) -> bool:
        excuse = SILENT_ROWS.get(name)
        week_before = to_iso(self.last_run - 7 * DAY)
        return excuse is not None and excuse(row, self.kept, week_before)

    def _has_gone(self, stream: type[StripeStream], row: Row) -> bool:
        """Whether Stripe lists the row no more, or its parent is flagged."""
        if stream.retention_days is not None:
            return bool(row["created"] < to_iso(self.last_run - stream.retention_days * DAY))
        return any((id_,) in self.kept.flagged(table) for table, id_ in holders(stream, row))


def holders(stream: type[StripeStream], row: Row) -> list[tuple[str, Any]]:
    """What a row belongs to: tables and ids. Once that is flagged, the row counts as deleted."""
    if not stream.cuts:
        return []
    found = [(cut.parent, _parent_id(cut, row)) for cut in stream.cuts]
    return found + [(table, row[column]) for column, table in HOLDERS.items() if row.get(column)]


def _parent_id(cut: Cut, row: Row) -> Any:
    if isinstance(cut, AskedFor):
        return row.get(cut.columns[-1][0])
    columns = (*getattr(cut, "inherited", ()), getattr(cut, "parent_column", "parent_id"))
    return row.get(columns[0])
