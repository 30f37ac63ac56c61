"""Random business: objects come, change and go as Stripe would show it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from collections.abc import Collection as Container
from dataclasses import replace

from standin.account import Account
from standin.everything import deeds
from standin.everything.apis import Api, Apis
from standin.everything.collections import Collection, collections
from standin.everything.deeds import Scene
from standin.everything.making import COME_BY_THEMSELVES, Maker

_DEEDS: Sequence[Callable[[Scene, Collection], str | None]] = (
    deeds.create,
    deeds.edit,
    deeds.edit,
    deeds.move,
    deeds.delete,
)
_TRIES = 1000


def happen(
    account: Account, rng: random.Random, *, steps: int, kinds: Container[str] | None = None
) -> list[str]:
    """Make so many random changes at the account's present time; ``kinds`` restricts to objects.

    Each change writes the events that Stripe has for it. Returns a line per change, e.g.
    ``update terminal.reader tmr_1 label (no event)``. Raises ValueError if nothing can change.
    """
    with account.lock:
        apis = Apis(account)
        scene = Scene(apis, Maker(apis, rng), rng, account.clock.now())
        known = [
            replace(collection, kinds=wanted)
            for collection in collections()
            if (wanted := _wanted(collection, kinds))
        ]
        if not known:
            raise ValueError(f"nothing lists any of {kinds}")
        return [_step(scene, known) for _ in range(steps)]


def _wanted(collection: Collection, kinds: Container[str] | None) -> tuple[str, ...]:
    return tuple(
        kind
        for kind in collection.kinds
        if kind not in COME_BY_THEMSELVES and (kinds is None or kind in kinds)
    )


def _step(scene: Scene, known: Sequence[Collection]) -> str:
    """One change of any object, with the events that told of it."""
    apis: tuple[Api, ...] = (scene.apis.v1, scene.apis.v2)
    written = [len(api.store.table(api.event).rows) for api in apis]
    for _ in range(_TRIES):
        story = scene.rng.choice(_DEEDS)(scene, scene.rng.choice(known))
        if story is not None:
            told = [
                name for api, old in zip(apis, written, strict=True) for name in _since(api, old)
            ]
            return f"{story} ({', '.join(told) or 'no event'})"
    raise ValueError("nothing of these kinds can change")


def _since(api: Api, written: int) -> list[str]:
    """The types of the events after so many: the newest are last."""
    table = api.store.table(api.event)
    return [table.rows[key.id].data["type"] for key in table.order()[written:]]
