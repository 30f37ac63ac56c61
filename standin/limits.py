"""Stripe's rate limits: requests per second for the account and per operation, and concurrency."""

from __future__ import annotations

import time

from standin import errors


class Bucket:
    """A token bucket: ``rate`` requests per second, as many at once after a second of rest."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._tokens = max(1.0, rate)
        self._filled_at = time.monotonic()

    def take(self) -> bool:
        """Take a token; False when there is none."""
        now = time.monotonic()
        grown = self._tokens + (now - self._filled_at) * self._rate
        self._tokens = min(max(1.0, self._rate), grown)
        self._filled_at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Limiter:
    """Refuses what goes beyond the limits; None means no limit."""

    def __init__(
        self, rate: float | None, endpoint_rate: float | None, concurrency: int | None
    ) -> None:
        self._bucket = Bucket(rate) if rate else None
        self._endpoint_rate = endpoint_rate
        self._endpoints: dict[str, Bucket] = {}
        self._concurrency = concurrency
        self._running = 0

    def enter(self, operation: str) -> None:
        """A request begins; call ``leave`` when it ends. Raises ApiError (429) beyond a limit."""
        if self._concurrency is not None and self._running >= self._concurrency:
            raise errors.rate_limited("global-concurrency")
        if self._bucket is not None and not self._bucket.take():
            raise errors.rate_limited("global-rate")
        if self._endpoint_rate:
            if operation not in self._endpoints:
                self._endpoints[operation] = Bucket(self._endpoint_rate)
            if not self._endpoints[operation].take():
                raise errors.rate_limited("endpoint-rate")
        self._running += 1

    def leave(self) -> None:
        """A request that ``enter`` let in has ended."""
        self._running -= 1
