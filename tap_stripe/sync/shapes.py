"""How objects become records, compiled once in a run for all accounts."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tap_stripe.singer.shape import Shape
    from tap_stripe.streams import StripeStream

logger = logging.getLogger("tap-stripe")


class Shapes:
    """The shapes of all tables. Safe to use from many threads."""

    def __init__(self) -> None:
        """Start with none."""
        self._made: dict[tuple[str, frozenset[str], bool], Shape] = {}
        self._told: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def present(
        self, stream: StripeStream, inside: frozenset[str], supplied: frozenset[str]
    ) -> Shape:
        """The shape of objects as they are asked for; unknown fields are warned of once.

        Args:
            stream: The table's stream.
            inside: Paths in the objects that are asked for, in full or at all.
            supplied: Fields that are in the objects anyway, so that no schema need know them.
        """
        news = supplied - stream.schema["properties"].keys()
        self._told.update((stream.name, field) for field in news)
        return self._shape(
            stream, inside, lambda field: self._warn(stream.name, field), is_old=False
        )

    def past(self, stream: StripeStream, inside: frozenset[str]) -> Shape:
        """The shape of objects of other API versions, whose unknown fields are no news."""
        return self._shape(stream, inside, lambda _: None, is_old=True)

    def _shape(
        self,
        stream: StripeStream,
        inside: frozenset[str],
        unknown: Callable[[str], None],
        *,
        is_old: bool,
    ) -> Shape:
        key = (stream.name, inside, is_old)
        if key not in self._made:
            self._made[key] = stream.shaper(inside, unknown)
        return self._made[key]

    def _warn(self, table: str, field: str) -> None:
        with self._lock:
            if (table, field) in self._told:
                return
            self._told.add((table, field))
        logger.warning(
            "Stripe sends %s.%s, which the schema does not know: it is left out. A newer "
            "tap-stripe may have it.",
            table,
            field,
        )
