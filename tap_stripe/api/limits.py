"""The rate limiter that all requests of a run share.

Stripe allows 100 requests per second in live mode and 25 in a sandbox, and 25 per endpoint
(https://docs.stripe.com/rate-limits); it may set other limits for an account. So each limit is
kept as an even pace, which slows down when Stripe answers 429 and recovers while it does not.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LIVE_REQUESTS_PER_SECOND = 100
TEST_REQUESTS_PER_SECOND = 25
ENDPOINT_REQUESTS_PER_SECOND = 25


class Pace:
    """One limit, kept by handing out evenly spaced departure times. Not thread-safe."""

    SLOWER = 0.7
    RECOVERY = 0.02
    """Part of the full rate that one accepted request gives back."""
    SLOWEST = 0.05
    REPENT = 1.0
    """Seconds within which further refusals count as the same one: they were sent at one rate."""

    def __init__(self, per_second: float) -> None:
        """Start at full speed.

        Args:
            per_second: The limit, in requests per second.
        """
        self._full = self.rate = per_second
        self._next = 0.0
        self._refused_at = float("-inf")

    def reserve(self, now: float) -> float:
        """Take the next free departure time and return it."""
        start = max(now, self._next)
        self._next = start + 1 / self.rate
        return start

    def refused(self, now: float) -> None:
        """Stripe said that this pace is too fast."""
        if now - self._refused_at >= self.REPENT:
            self._refused_at = now
            self.rate = max(self.rate * self.SLOWER, self._full * self.SLOWEST)

    def accepted(self) -> None:
        """A request went through: come back to the full rate bit by bit."""
        self.rate = min(self._full, self.rate + self._full * self.RECOVERY)


class RateLimiter:
    """Delays each request so that neither the account's nor the endpoint's limit is passed."""

    def __init__(
        self,
        per_second: float,
        per_endpoint: float = ENDPOINT_REQUESTS_PER_SECOND,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set both limits, in requests per second.

        Args:
            per_second: The account's limit.
            per_endpoint: The limit of each endpoint.
            sleep: How to wait; a run passes one that a stop interrupts.
            clock: Seconds from anywhere, never going back.
        """
        self._account = Pace(per_second)
        self._per_endpoint = min(per_endpoint, per_second)
        self._endpoints: dict[str, Pace] = {}
        self._sleep = sleep
        self._clock = clock
        self._lock = threading.Lock()

    def wait(self, endpoint: str) -> float:
        """Block until a request to `endpoint` may leave.

        The endpoint's turn comes first: a request that still waits for its endpoint must not
        hold a place in the account's queue that another endpoint could use.

        Returns:
            Seconds waited.
        """
        waited = 0.0
        for pace in (self._endpoint(endpoint), self._account):
            with self._lock:
                now = self._clock()
                pause = pace.reserve(now) - now
            if pause > 0:
                self._sleep(pause)
                waited += pause
        return waited

    def refused(self, endpoint: str, reason: str | None) -> None:
        """Slow down after a 429.

        Args:
            endpoint: The endpoint that refused.
            reason: Stripe's `Stripe-Rate-Limited-Reason`, e.g. `global-rate`.
        """
        pace = self._account if (reason or "").startswith("global") else self._endpoint(endpoint)
        with self._lock:
            pace.refused(self._clock())

    def accepted(self, endpoint: str) -> None:
        """Note that Stripe served a request."""
        pace = self._endpoint(endpoint)
        with self._lock:
            pace.accepted()
            self._account.accepted()

    def _endpoint(self, endpoint: str) -> Pace:
        with self._lock:
            return self._endpoints.setdefault(endpoint, Pace(self._per_endpoint))
