"""Counts what a sync costs in requests."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field


@dataclass
class Meter:
    """Requests sent for one purpose, counted by many threads.

    A meter may belong to a larger one (`parent`), which then counts the same requests too.
    """

    parent: Meter | None = None
    requests: int = 0
    retries: int = 0
    waited: float = 0.0
    """Seconds spent waiting for the rate limit, summed over the threads that waited."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, *, retry: bool = False, waited: float = 0.0) -> None:
        """Count one request that goes out now."""
        with self._lock:
            self.requests += 1
            self.retries += retry
            self.waited += waited
        if self.parent is not None:
            self.parent.count(retry=retry, waited=waited)
