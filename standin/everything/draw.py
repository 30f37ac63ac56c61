"""What the making of one object draws on: chance, its time, and the objects that exist."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from standin.everything.apis import Apis

PARTS = frozenset({"discount"})


class References:
    """The objects of an account that others can point at.

    ``listed`` kinds have collections; parts, such as discounts, belong to one object and are made
    for it by ``make_part``.
    """

    def __init__(
        self, apis: Apis, listed: Iterable[str], make_part: Callable[[str, Draw], str]
    ) -> None:
        self._apis = apis
        self._listed = frozenset(listed)
        self._make_part = make_part

    def part(self, kinds: Sequence[str], draw: Draw) -> str | None:
        """The id of a new part, None if objects of these kinds are none."""
        return self._make_part(kinds[0], draw) if PARTS.issuperset(kinds) else None

    def existing(self, rng: random.Random, kinds: Sequence[str]) -> str | None:
        """The id of any object of these kinds, None if there is none."""
        tables = [self._apis.of(kind).store.table(kind) for kind in kinds]
        filled = [table for table in tables if table.rows]
        if not filled:
            return None
        table = rng.choice(filled)
        found: str = table.rows[rng.choice(table.order()).id].data["id"]
        return found

    def made_up(self, rng: random.Random, kinds: Sequence[str]) -> str:
        """An id that an object of these kinds could have."""
        kind = rng.choice(kinds)
        return f"{self._apis.of(kind).prefix(kind)}{rng.getrandbits(96):024x}"

    def all(self, kind: str) -> list[dict[str, Any]]:
        """All objects of a kind."""
        return [row.data for row in self._apis.rows(kind)]

    def ever_made(self, kind: str) -> int:
        """How many objects of a kind there are or were."""
        table = self._apis.of(kind).store.table(kind)
        return len(table.rows) + len(table.deleted)

    def listed(self, kinds: Sequence[str]) -> bool:
        """Whether objects of these kinds have a list of their own."""
        return not self._listed.isdisjoint(kinds)


@dataclass(frozen=True)
class Draw:
    """``fullness`` is the chance that a field that may be null isn't."""

    rng: random.Random
    time: int  # unix seconds
    fullness: float
    references: References
