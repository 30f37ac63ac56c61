"""When a run takes place, and what all that it reads of an account has in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tap_stripe.api import Client
    from tap_stripe.streams import StripeStream
    from tap_stripe.sync.parents import Parents
    from tap_stripe.sync.shapes import Shapes
    from tap_stripe.sync.workers import Workers


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


@dataclass(frozen=True)
class RunContext:
    """What all sources of an account share in a run."""

    client: Client
    workers: Workers
    """Where requests and encoding run."""
    moment: Moment
    streams: Mapping[str, StripeStream]
    """All streams by name, selected or not."""
    parents: Parents
    shapes: Shapes
    account: str | None
    """The account's id; None where the key may not tell its own."""
    livemode: bool | None
    """Whether the key is of live mode; None where it doesn't show."""
    versions: Mapping[str, int]
    """By stream: the newest version of the table's rows when the run began, of any account."""

    def new_version(self, stream: str) -> int:
        """The version that a reading of a whole table gets in this run, whichever account's."""
        return max(self.moment.now, self.versions.get(stream, 0) + 1)
