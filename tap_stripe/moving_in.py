"""The states that a run may begin with: the tap's own, and that of singer-io's tap-stripe.

singer-io's tap keeps two bookmarks for each stream, in seconds since the epoch
(https://github.com/singer-io/tap-stripe):

    {"bookmarks": {"charges": {"created": 1793523600},
                   "charges_events": {"updates_created": 1793520000}}}

Every object created before `created` was sent (`date` for invoices and what is on them), and every
event up to `updates_created` was looked at. That is what our bookmarks say too, so a stream goes
on from there, and what its events tell since is caught up. Where the events are too old for that,
the table is read again as a whole, as after any gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tap_stripe.guard import REMEMBERED
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.silent import Watch
from tap_stripe.times import DAY, to_epoch, to_iso

State = dict[str, Any]

_SAME_TABLES = frozenset(
    {
        "charges",
        "coupons",
        "customers",
        "disputes",
        "events",
        "invoice_items",
        "invoice_line_items",
        "invoices",
        "payment_intents",
        "payouts",
        "plans",
        "products",
        "subscription_items",
        "subscriptions",
        "transfer_reversals",
        "transfers",
    }
)
"""The streams that both taps have under one name, and that can go on from a bookmark.

Not `balance_transactions`: singer-io's tap reads each of them once, so those that were pending then
are pending in the warehouse for ever. And `payout_transactions` is another table here."""
_OTHER_TABLES = frozenset({"balance_transactions", "payout_transactions"})
_THEIR_KEYS = frozenset({"created", "date", "id", "updates_created"})
_EVENTS = "_events"
_LATE = 600
"""Seconds by which objects and events may show late, as singer-io's tap has it."""


class ForeignStateError(Exception):
    """The state is none that a run can begin with. One line says why."""


def own_state(state: Any) -> State:
    """The state in the tap's own form.

    Args:
        state: What `--state` gave.

    Raises:
        ForeignStateError: It is neither the tap's own nor singer-io's.
    """
    bookmarks = state.get("bookmarks", {}) if isinstance(state, dict) else None
    if not isinstance(bookmarks, dict) or (state and "bookmarks" not in state):
        raise ForeignStateError(_refusal("it has no bookmarks"))
    tables = {name: bookmark for name, bookmark in bookmarks.items() if name != REMEMBERED}
    theirs = {name for name, bookmark in tables.items() if _is_singer_io(name, bookmark)}
    foreign = [n for n, b in tables.items() if n not in theirs and not _is_own(b)]
    if foreign:
        raise ForeignStateError(_refusal(f"it says of {foreign[0]} what neither tap says"))
    if not theirs:
        return dict(state)
    if own := [name for name in tables if name not in theirs]:
        raise ForeignStateError(_refusal(f"it mixes both, {own[0]} and {min(theirs)}"))
    streams = (stream for stream in STREAMS if stream.table() in _SAME_TABLES)
    translated = {stream.table(): _translated(stream, bookmarks) for stream in streams}
    return {"bookmarks": {name: bookmark for name, bookmark in translated.items() if bookmark}}


def _refusal(why: str) -> str:
    return (
        f"The state is neither of this tap nor of singer-io's tap-stripe: {why}. Begin without a "
        "state: then all tables are read as a whole"
    )


def _is_own(bookmark: Any) -> bool:
    """Whether a stream's bookmark is one of ours; an empty one says nothing."""
    if not isinstance(bookmark, dict):
        return False
    parts = bookmark.get("partitions", [bookmark])
    return not bookmark or "accounts" in bookmark or all("changes_since" in p for p in parts)


def _is_singer_io(name: str, bookmark: Any) -> bool:
    """Whether a stream's bookmark is one of singer-io's tap."""
    stream = name.removesuffix(_EVENTS) or name
    known = stream in _SAME_TABLES or stream in _OTHER_TABLES
    is_bookmark = isinstance(bookmark, dict) and bool(bookmark)
    return known and is_bookmark and bookmark.keys() <= _THEIR_KEYS


def _translated(stream: type[StripeStream], bookmarks: Mapping[str, Any]) -> State | None:
    """A stream's bookmark in our form; None where theirs does not say enough."""
    name = stream.table()
    told = bookmarks.get(name, {})
    created = _time(told.get("created", told.get("date")))
    changed = _time(bookmarks.get(name + _EVENTS, {}).get("updates_created"))
    if stream.change_class().value == "immutable":
        changed = created
    if created is None or changed is None:
        return None
    # What is open is noted when it is read; so it is read as far back as it is watched.
    watched = stream.silent.days * DAY if isinstance(stream.silent, Watch) else 0
    return {
        "replication_key": stream.replication_key,
        "replication_key_value": to_iso(created - _LATE - watched),
        "changes_since": to_iso(changed - _LATE),
        "table_version": created,
    }


def _time(value: Any) -> int | None:
    """Seconds since the epoch, which old versions of singer-io's tap wrote as text."""
    if isinstance(value, str):
        try:
            return to_epoch(value)
        except ValueError:
            return None
    return int(value) if isinstance(value, (int, float)) else None
