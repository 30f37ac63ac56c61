"""The feed of a busy account: objects of all ages that changed within the last day."""

from __future__ import annotations

import functools
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

import orjson

from bench.server.objects import ObjectKind
from bench.server.tables import NOW, Ask, Table

SINCE = NOW - 86_400
"""The changes came after this time, and what changed was created before it."""
TYPES = {
    "customers": "customer.updated",
    "charges": "charge.updated",
    "invoices": "invoice.updated",
    "subscriptions": "customer.subscription.updated",
}
_TURNS = (
    *("customers", "charges", "invoices", "customers", "charges"),
    *("subscriptions", "customers", "charges", "invoices", "customers"),
    *("charges", "subscriptions", "customers", "charges", "invoices"),
)
"""In which order the tables change: customers and charges most often."""
_EVENT = ObjectKind("event", "evt_", 0)
_SEED = 7


class Feed:
    """The list of events. Half of the objects stand close together, half stand anywhere."""

    def __init__(self, tables: Mapping[str, Table], count: int) -> None:
        """Spread changes over the tables.

        Args:
            tables: Tables by name.
            count: How many objects changed, each once.

        Raises:
            ValueError: A table is too small for so many changes.
        """
        self._tables = tables
        self._count = count
        self._settled = {name: tables[name].before(SINCE) for name in TYPES}
        rng = random.Random(_SEED)  # noqa: S311  (repeatable on purpose)
        self._anywhere = {name: self._spread(rng, name) for name in TYPES} if count else {}

    def page(self, ask: Ask, types: Iterable[str]) -> tuple[list[bytes], int]:
        """One page as JSON, in pieces, and how many events it has; no types mean all."""
        numbers = self._of(frozenset(types))
        oldest, end = 0, len(numbers)
        if ask.since is not None:
            oldest = bisect_left(numbers, ask.since, key=self._created)
        if ask.until is not None:
            end = bisect_right(numbers, ask.until, key=self._created)
        after = None if ask.after is None else _EVENT.number(ask.after)
        if after is not None:
            end = min(end, bisect_left(numbers, after))
        start = max(oldest, end - ask.limit)
        rows = [self._json(number) for number in reversed(numbers[start:end])]
        head = b'{"object":"list","url":"/v1/events","has_more":%s,"data":['
        more = b"true" if start > oldest else b"false"
        return [head % more, b",".join(rows), b"]}"], len(rows)

    @functools.lru_cache(maxsize=8)  # noqa: B019  (one feed lives as long as the process)
    def _of(self, types: frozenset[str]) -> list[int]:
        """The events of some types, oldest first."""
        return [n for n in range(self._count) if not types or TYPES[_table(n)] in types]

    def _created(self, number: int) -> int:
        return SINCE + 600 + number * (NOW - SINCE - 1_200) // max(self._count, 1)

    def _json(self, number: int) -> bytes:
        name = _table(number)
        parts = self._tables[name].parts(self._changed(name, number))
        event = {
            "id": _EVENT.id(number),
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": self._created(number),
            "data": {
                "object": orjson.Fragment(b"".join(parts)),
                "previous_attributes": {"metadata": {"seen": None}},
            },
            "livemode": True,
            "pending_webhooks": 0,
            "request": {"id": None, "idempotency_key": None},
            "type": TYPES[name],
        }
        return orjson.dumps(event)

    def _changed(self, name: str, number: int) -> int:
        """Which object event `number` is about."""
        turn = number // len(_TURNS) * _TURNS.count(name)
        turn += _TURNS[: number % len(_TURNS)].count(name)
        if turn % 2:
            return self._anywhere[name][turn // 2]
        return self._settled[name] - 1 - 5 * (turn // 2) // 2  # two of five of the newest

    def _spread(self, rng: random.Random, name: str) -> list[int]:
        """Objects of any age, older than those that stand close together."""
        half = (self._count * _TURNS.count(name) // len(_TURNS) + _TURNS.count(name)) // 2
        return rng.sample(range(self._settled[name] - 5 * half // 2), half)


def _table(number: int) -> str:
    return _TURNS[number % len(_TURNS)]
