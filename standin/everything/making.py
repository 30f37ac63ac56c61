"""Makes one object with random values that agree with what the account knows."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

from standin.everything import values
from standin.everything.apis import Apis
from standin.everything.collections import Collection, Tie, collections, links
from standin.everything.draw import Draw, References
from standin.everything.strategies import agreeing

Data = dict[str, Any]

COME_BY_THEMSELVES = frozenset({"plan", "event", "v2.core.event"})
"""Plans come with their prices, events with what happens."""

_FULLNESS = (0.1, 0.3, 0.3, 0.6, 0.95)


class Maker:
    """Makes objects of an account. Chance comes from ``rng`` alone."""

    def __init__(self, apis: Apis, rng: random.Random) -> None:
        self._apis = apis
        self._rng = rng
        listed = (kind for collection in collections() for kind in collection.kinds)
        self._references = References(apis, listed, self._make_part)

    def draw(self, time: int) -> Draw:
        """What an object made at this time (unix seconds) draws on."""
        return Draw(self._rng, time, self._rng.choice(_FULLNESS), self._references)

    def make(
        self, collection: Collection, time: int, owners: Mapping[Tie, str], *, silent: bool
    ) -> Data:
        """Create an object of a collection at a time (unix seconds), with ids for its ties.

        Raises ValueError when it needs an object of a kind that there is none of.
        """
        kind = min(collection.kinds, key=self._references.ever_made)
        draw = self.draw(time)
        allowed = collection.allowed(kind).items()
        firm = {name: draw.rng.choice(known) for name, known in allowed}
        tied = {tie.given_as(kind): owner for tie, owner in owners.items()}
        given = {**firm, **agreeing(kind, draw, tied), **tied}
        return self._create(kind, draw, given, silent=silent)

    def _make_part(self, kind: str, draw: Draw) -> str:
        """An object without a list of its own, for what refers to it."""
        part: str = self._create(kind, draw, {}, silent=True)["id"]
        return part

    def _create(self, kind: str, draw: Draw, given: Data, *, silent: bool) -> Data:
        api = self._apis.of(kind)
        without = (api.set_by_stripe(kind) | links(kind)) - given.keys()
        fields = values.fields(kind, draw, given, without)
        return api.create(kind, draw.time, fields, silent=silent)
