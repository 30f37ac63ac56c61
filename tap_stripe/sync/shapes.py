"""How objects become records, compiled once in a run for all accounts."""

from __future__ import annotations

import logging
import reprlib
import threading
from typing import TYPE_CHECKING

from tap_stripe.singer.fit import compile_fit, conform

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
        """The shape of objects as they are asked for.

        Unknown fields, and values that their columns can't hold, are left out and warned of once.

        Args:
            stream: The table's stream.
            inside: Paths in the objects that are asked for, in full or at all.
            supplied: Fields that are in the objects anyway, so that no schema need know them.
        """
        news = supplied - stream.schema["properties"].keys()
        self._told.update((stream.name, field) for field in news)
        key = (stream.name, inside, False)
        if key not in self._made:
            shape = stream.shaper(inside, lambda field: self._warn(stream.name, field))
            fit = compile_fit(
                stream.schema,
                lambda column, value: self._warn_of_misfit(stream.name, column, value),
            )
            self._made[key] = lambda stripe_object: fit(shape(stripe_object))
        return self._made[key]

    def past(self, stream: StripeStream, inside: frozenset[str]) -> Shape:
        """The shape of objects of other API versions, of which nothing unknown or unfit is news."""
        key = (stream.name, inside, True)
        if key not in self._made:
            shape, fit = stream.shaper(inside, lambda _: None), compile_fit(stream.schema)
            self._made[key] = lambda stripe_object: fit(
                conform(stream.schema, shape(stripe_object))
            )
        return self._made[key]

    def _warn(self, table: str, field: str) -> None:
        if self._is_news(table, field):
            logger.warning(
                "Stripe sends %s.%s, which the schema does not know: it is left out. A newer "
                "tap-stripe may have it.",
                table,
                field,
            )

    def _warn_of_misfit(self, table: str, column: str, value: object) -> None:
        if self._is_news(table, f"{column} {type(value)}"):
            logger.warning(
                "Stripe sends %s.%s as %s, which the column can't hold: it is left out. A newer "
                "tap-stripe may have it.",
                table,
                column,
                reprlib.repr(value),  # shortened, and not as deep as the value may be
            )

    def _is_news(self, table: str, what: str) -> bool:
        with self._lock:
            is_news = (table, what) not in self._told
            self._told.add((table, what))
            return is_news
