"""The event feed: each change of the account, as the account's own API version showed it."""

from __future__ import annotations

from typing import Any

from standin import official
from standin.clock import Clock
from standin.ids import Ids
from standin.render import Renderer
from standin.store import Row, Store
from standin.versions import OldVersion

RETENTION = 30 * 24 * 3600  # seconds
_MISSING = object()


class Feed:
    """Writes events into the store and forgets those that are past retention."""

    def __init__(
        self,
        store: Store,
        renderer: Renderer,
        clock: Clock,
        ids: Ids,
        version: str,
        *,
        livemode: bool,
    ) -> None:
        self._store = store
        self._renderer = renderer
        self._clock = clock
        self._ids = ids
        self._livemode = livemode
        self._old_version = OldVersion(version, store, renderer)
        self.aged_out: set[str] = set()

    @property
    def version(self) -> str:
        """The API version of the snapshots, which is the account's default."""
        return self._old_version.version

    def keeps(self, created: int) -> bool:
        """Whether an event of this time (unix seconds) is still within retention."""
        return created >= self._clock.now() - RETENTION

    def snapshot(self, row: Row) -> dict[str, Any]:
        """The object as an event shows it."""
        return self._old_version.of(self._renderer.render(row))

    def old_version(self, shown: dict[str, Any]) -> dict[str, Any]:
        """A free-standing object (an invoice preview, say) as an event shows it."""
        return self._old_version.of(shown)

    def write(
        self,
        event_type: str,
        shown: dict[str, Any],
        previous: dict[str, Any] | None,
        created: int,
    ) -> dict[str, Any] | None:
        """Write an event; None when it would already be past retention.

        Raises ValueError for a type that Stripe doesn't have.
        """
        if event_type not in official.event_types():
            raise ValueError(f"no such event type: {event_type!r}")
        if not self.keeps(created):
            return None
        data: dict[str, Any] = {"object": shown}
        if previous is not None:
            data["previous_attributes"] = previous
        event_id = self._ids.make("evt_", 24)
        event = {
            "id": event_id,
            "object": "event",
            "api_version": self.version,
            "created": created,
            "data": data,
            "livemode": self._livemode,
            "pending_webhooks": 0,
            "request": {"id": None, "idempotency_key": None},
            "type": event_type,
        }
        self._store.put(Row("event", event, self._store.next_key(created, event_id)))
        return event

    def forget_old(self) -> None:
        """Drop the events that are past retention; their ids are remembered as aged out."""
        table = self._store.table("event")
        old = []
        for key in table.order():
            if self.keeps(key.time):
                break
            old.append(key.id)
        for event_id in old:
            self._renderer.forget(table.remove(event_id))
            del table.deleted[event_id]
            self.aged_out.add(event_id)


def previous_attributes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What changed, with the old values: whole values and lists, but only changed keys of hashes.

    A key that is new in ``after`` is shown as null, as Stripe does.
    """
    changed: dict[str, Any] = {}
    for name in [*before, *(n for n in after if n not in before)]:
        old, new = before.get(name, _MISSING), after.get(name, _MISSING)
        if old is _MISSING:
            changed[name] = None
        elif old != new:
            hashes = isinstance(old, dict) and isinstance(new, dict)
            inner = hashes and old.get("object") is None
            changed[name] = previous_attributes(old, new) if inner else old
    return changed
