"""When a run takes place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Moment:
    """When a run takes place, by Stripe's clock. Seconds since the epoch."""

    now: int
    lookback: int
    """How far behind `now` bookmarks stay, for what becomes visible late."""
    start: int | None
    """Objects created earlier are left out; None: all are wanted."""

    @property
    def settled(self) -> int:
        """Up to here nothing new becomes visible any more: the furthest that a bookmark goes."""
        return self.now - self.lookback

    def excludes(self, created: int | None) -> bool:
        """Whether an object is older than what is wanted."""
        return self.start is not None and created is not None and created < self.start
