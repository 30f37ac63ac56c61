"""Stripe counts seconds since 1970, Singer writes ISO 8601 in UTC."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache

DAY = 86_400
"""Seconds."""


@lru_cache(maxsize=4096)  # an object names the same moment again and again
def to_iso(seconds: int) -> str:
    """Seconds since the epoch as ISO 8601 in UTC, e.g. `2026-10-28T09:00:00Z`.

    Raises:
        ValueError, OverflowError, OSError: The number is no time between the years 1 and 9999.
    """
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat()[:-6] + "Z"


def to_epoch(iso: str) -> int:
    """ISO 8601, with or without a time, offset or fraction, as seconds since the epoch.

    Without an offset it is UTC.

    Raises:
        ValueError: The text is no such time.
    """
    text = iso.strip()
    if text[-1:] in ("Z", "z"):  # which Python 3.10 does not read
        text = text[:-1] + "+00:00"
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        time = time.replace(tzinfo=timezone.utc)
    return int(time.timestamp())
