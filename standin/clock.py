"""The account's clock: frozen, so that runs can be repeated, unless it is told to run."""

from __future__ import annotations

import time
from datetime import datetime


class Clock:
    """Time of an account in whole unix seconds.

    Starts at ``start`` (unix seconds, or a datetime with a time zone) and stands still until
    ``run()`` lets it go on with the machine's clock.
    """

    def __init__(self, start: int | datetime) -> None:
        self._epoch = _seconds(start)
        self._running_since: float | None = None

    def now(self) -> int:
        """Unix seconds."""
        if self._running_since is None:
            return self._epoch
        return self._epoch + int(time.monotonic() - self._running_since)

    def advance(self, seconds: int) -> None:
        """Move on by this many seconds."""
        self._epoch += seconds

    def set(self, moment: int | datetime) -> None:
        """Move to this moment (unix seconds, or a datetime with a time zone)."""
        self._epoch = _seconds(moment)
        if self._running_since is not None:
            self._running_since = time.monotonic()

    def run(self) -> None:
        """Go on with the machine's clock from now on."""
        if self._running_since is None:
            self._running_since = time.monotonic()


def _seconds(moment: int | datetime) -> int:
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise ValueError("a clock needs a datetime with a time zone")
        return int(moment.timestamp())
    return moment
