"""Thin events: each names a changed object and says nothing of what it is like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from standin import official
from standin.clock import Clock
from standin.events import RETENTION
from standin.ids import Ids
from standin.store import Row, Span, Store
from standin.v2 import times
from standin.v2.facts import EVENT, Endpoint, Path

Data = dict[str, Any]


class Feed:
    """Writes thin events into the store and forgets those that are past retention."""

    def __init__(self, store: Store, clock: Clock, ids: Ids, *, livemode: bool) -> None:
        self._store = store
        self._clock = clock
        self._ids = ids
        self._livemode = livemode

    def write(self, types: Sequence[str], known: Endpoint, data: Data, moment: int) -> None:
        """Write events about an object at a moment in milliseconds.

        What would already be past retention is not written. Raises ValueError for a type that
        Stripe doesn't have.
        """
        for name in types:
            if name not in official.thin_event_types():
                raise ValueError(f"no such thin event type: {name!r}")
            if moment >= self._first_kept():
                self._put(name, known, data, moment)

    def forget_old(self) -> None:
        """Drop the events that are past retention."""
        table = self._store.table(EVENT)
        keys = table.order()
        _, old = Span(end=self._first_kept() - 1).slice(keys)
        for key in keys[:old]:
            table.remove(key.id)
            del table.deleted[key.id]

    def _first_kept(self) -> int:
        return times.milliseconds(self._clock.now() - RETENTION)

    def _put(self, name: str, known: Endpoint, data: Data, moment: int) -> None:
        event_id = self._ids.make("evt_", 24)
        event: Data = {
            "id": event_id,
            "object": EVENT,
            "changes": None,
            "context": None,
            "created": times.text(moment),
            "livemode": self._livemode,
            # No request caused it: what happens here happens by itself.
            "reason": None,
            "related_object": {"id": data["id"], "type": known.object, "url": known.url(data)},
            "snapshot_event": None,
            "type": name,
        }
        if known.event_data:
            event["data"] = {key: data[field] for key, field in known.event_data.items()}
        self._store.put(Row(EVENT, event, self._store.next_key(moment, event_id)))


def created(known: Endpoint, data: Data) -> list[str]:
    """The events of a new object: that it was created, or else the state that it begins in."""
    name = known.event("created")
    if name is not None:
        return [name]
    begun = (watch.types.get(str(_value(data, watch.path))) for watch in known.watch)
    return [name for name in begun if name is not None]


def updated(known: Endpoint, before: Data, after: Data) -> list[str]:
    """The events of a change: those of the watched values, and the plain one for the rest."""
    told: list[str] = []
    rest = {name for name in after if before.get(name) != after[name]} - {"updated"}
    for watch in known.watch:
        value = _value(after, watch.path)
        name = watch.of(value) if _value(before, watch.path) != value else None
        if name is not None:
            told.append(name)
            rest.discard(watch.path[0])
    plain = known.event("updated")
    return [*told, plain] if rest and plain else told


def _value(value: Any, path: Path) -> Any:
    """The value at the end of a path, null when it ends early; a list answers for its last."""
    for name in path:
        if isinstance(value, list):
            value = value[-1] if value else None
        value = value.get(name) if isinstance(value, dict) else None
    return value
