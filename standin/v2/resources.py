"""The objects of API v2 in an account. Every change writes its thin event, if Stripe has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from threading import RLock
from typing import Any

from standin import objects, official
from standin.clock import Clock
from standin.ids import Ids
from standin.store import Row, Store
from standin.v2 import facts as facts_module
from standin.v2 import feed, times
from standin.v2.facts import EVENT, Endpoint

Data = dict[str, Any]


class Resources:
    """``account.v2``: create, change and delete objects; the API answers from them.

    Moments are given in unix seconds (fractions down to a millisecond). The dicts that methods
    return are the stored objects: read them, change them with ``update``.
    """

    def __init__(
        self,
        clock: Clock,
        ids: Ids,
        lock: RLock,
        delays: Mapping[str, int],
        *,
        livemode: bool,
        longest_page: int | None = None,
    ) -> None:
        """``delays["event"]`` is how many seconds thin events take to become visible.

        No list shows more than ``longest_page`` objects at once.
        """
        self.longest_page = longest_page
        self.facts = facts_module.load()
        self.store = Store()
        self.feed = feed.Feed(self.store, clock, ids, livemode=livemode)
        self._clock = clock
        self._ids = ids
        self._lock = lock
        self._delays = delays
        self._livemode = livemode

    def create(
        self,
        object_name: str,
        /,
        *,
        id: str | None = None,  # noqa: A002 - Stripe's name
        created: float | None = None,
        silent: bool = False,
        events: Iterable[str] = (),
        **fields: Any,
    ) -> Data:
        """Add an object, e.g. a ``v2.core.account``; its other fields become null or empty.

        Writes the ``events`` named, or the one that tells of a new object. Raises ValueError for
        what the official types don't know, for a time that isn't as Stripe sends it, and for
        references to objects that there are not.
        """
        with self._lock:
            known = self._known(object_name)
            moment = self._moment(created)
            given = {
                **known.defaults,
                **dict.fromkeys(("created", *known.times), times.text(moment)),
                "livemode": self._livemode,
                **fields,
                "id": id or self._ids.make(known.prefix, known.id_length),
                "object": object_name,
            }
            data = objects.complete(object_name, given, frozenset())
            times.check(data)
            self._check_references(known, data)
            if data["id"] in self.store.table(object_name).rows:
                raise ValueError(f"{object_name} {data['id']} exists already")
            self.store.put(Row(object_name, data, self.store.next_key(moment, data["id"])))
            types = [*events] or feed.created(known, data)
            self.feed.write([] if silent else types, known, data, moment)
            return data

    def update(
        self,
        row_id: str,
        /,
        *,
        silent: bool = False,
        events: Iterable[str] = (),
        at: float | None = None,
        **changes: Any,
    ) -> Data:
        """Change fields of an object and write the events of what changed, or those named.

        ``at`` is the moment of the change (default: now).
        """
        with self._lock:
            row = self.store.get(row_id)
            known = self._known(row.object)
            moment = self._moment(at)
            touched = {"updated": times.text(moment)} if "updated" in known.times else {}
            data = {**row.data, **objects.check(row.object, {**touched, **changes})}
            times.check(data)
            self._check_references(known, data)
            self.store.put(replace(row, data=data))
            types = [*events] or feed.updated(known, row.data, data)
            self.feed.write([] if silent else types, known, data, moment)
            return data

    def delete(self, row_id: str, /, *, silent: bool = False, at: float | None = None) -> None:
        """Delete an object and write its event. Raises ValueError for what Stripe never deletes."""
        with self._lock:
            row = self.store.get(row_id)
            known = self._known(row.object)
            if not known.deletable:
                raise ValueError(f"a {row.object} can't be deleted")
            self.store.table(row.object).remove(row_id)
            name = known.event("deleted")
            types = [name] if name and not silent else []
            self.feed.write(types, known, row.data, self._moment(at))

    def get(self, row_id: str) -> Data:
        """A live object. Raises KeyError."""
        with self._lock:
            return self.store.get(row_id).data

    def all(self, object_name: str) -> list[Data]:
        """All live objects of a kind, oldest first."""
        with self._lock:
            table = self.store.table(object_name)
            return [table.rows[key.id].data for key in table.order()]

    def visible_until(self, known: Endpoint) -> int | None:
        """The last moment (milliseconds) whose objects can be seen by now; None: no matter."""
        delay = self._delays["event"] if known.delayed else 0
        return times.milliseconds(self._clock.now() - delay) if delay else None

    def _known(self, object_name: str) -> Endpoint:
        if object_name == EVENT:
            raise ValueError("events are written by changes")
        return self.facts.object(object_name)

    def _moment(self, seconds: float | None) -> int:
        return times.milliseconds(self._clock.now() if seconds is None else seconds)

    def _check_references(self, known: Endpoint, data: Data) -> None:
        shapes = official.fields(official.object_class(known.object))
        kinds = {name: shape.objects[0] for name, shape in shapes.items() if shape.embedded}
        if known.link and known.parent:
            kinds[known.link] = known.parent
        for name, kind in kinds.items():
            if data[name] is not None and str(data[name]) not in self.store.table(kind).rows:
                raise ValueError(f"{known.object}.{name}: there is no {kind} {data[name]!r}")
