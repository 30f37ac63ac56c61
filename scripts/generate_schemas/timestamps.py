"""Which fields hold a time.

The package declares unix seconds as ``int``, so its types don't tell a time from an amount or a
day of the month. The name tells it in all but a few cases, and those are listed. Names are used
alike all over the API: none is a time in one object and a number in another. A docstring that
speaks of a timestamp has the same weight as a name.

Objects of API v2 write times as RFC 3339 text; their fields have the same names.
"""

from __future__ import annotations

import re

# created_at, available_on, billed_until, due_date, frozen_time, period_start, trial_end, ...
_TIME_SUFFIX = re.compile(r"(?:.*_)?(?:at|on|until|date|time|timestamp|start|end|deadline)")

_OTHER_TIME_NAMES = frozenset(
    {
        "active_from",
        "as_of",
        "billing_cycle_anchor",
        "capture_before",
        "created",
        "deletes_after",
        "due_by",
        "eta",
        "expires",
        "expires_after",
        "next_payment_attempt",
        "next_pending_invoice_item_invoice",
        "redeem_by",
        "release_after",
        "scheduled_release",
        "sent",
        "updated",
    }
)

_TIME_IN_DOC = re.compile(r"unix epoch|epoch seconds|\btimestamp\b|\bRFC ?3339\b", re.IGNORECASE)

# One field counts milliseconds: terminal.reader's last_seen_at. It stays the number that it is.
_OTHER_UNIT_IN_DOC = re.compile(r"\bmilliseconds since\b", re.IGNORECASE)

# Days and hours of the clock, which name no moment: "2026-10-28", "09:30".
_PART_OF_TIME_IN_DOC = re.compile(r"YYYY-MM-DD|HH:MM|\b\d{4}-\d\d-\d\d(?!T)")


def is_unix_time(name: str, doc: str) -> bool:
    """Whether an integer field counts seconds since 1970."""
    return _speaks_of_time(name, doc) and not _OTHER_UNIT_IN_DOC.search(doc)


def is_time_text(name: str, doc: str) -> bool:
    """Whether a text field of an API v2 object holds a date with its time (RFC 3339)."""
    return _speaks_of_time(name, doc) and not _PART_OF_TIME_IN_DOC.search(doc)


def _speaks_of_time(name: str, doc: str) -> bool:
    return (
        _TIME_SUFFIX.fullmatch(name) is not None
        or name in _OTHER_TIME_NAMES
        or _TIME_IN_DOC.search(doc) is not None
    )
