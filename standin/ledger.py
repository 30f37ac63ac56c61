"""Changes of an account's rows, and the events that tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from standin import facts as facts_module
from standin import objects, official, plans
from standin.clock import Clock
from standin.events import Feed, previous_attributes
from standin.facts import Nested
from standin.ids import Ids
from standin.render import Renderer
from standin.store import PARENT, Row, Store

Data = dict[str, Any]


@dataclass(frozen=True)
class Notice:
    """How a change is told: by these events (none: the default), not at all, and at which time."""

    time: int
    types: Sequence[str] = ()
    silent: bool = False


class Ledger:
    """Adds, replaces and removes rows; each change is spoken of by an event.

    A change of a member of a nested list that its parent always shows (an invoice's line) is told
    by the parent's event.
    """

    def __init__(self, clock: Clock, seed: int, event_version: str, *, livemode: bool) -> None:
        self.facts = facts_module.load()
        self.ids = Ids(seed)
        self.store = Store()
        self.renderer = Renderer(self.store, self.facts)
        self.feed = Feed(
            self.store, self.renderer, clock, self.ids, event_version, livemode=livemode
        )
        self._livemode = livemode
        self._muted: set[tuple[str, str]] = set()

    def new_row(
        self, object_name: str, row_id: str | None, time: int, parent: str | None, given: Data
    ) -> Row:
        """A complete row, not yet stored. Raises ValueError for what the types don't know."""
        known = self.facts.object(object_name)
        fields = {**known.defaults, **given}
        shadow = {name: fields.pop(name) for name in known.shadow if name in fields}
        for owner, nested in self._owners(object_name):
            parent = parent or fields.get(nested.link or "")
            if parent in self.store.table(owner).rows:
                shadow["parent"] = parent
                if nested.link:
                    fields[nested.link] = parent
        if parent is not None and "parent" not in shadow:
            raise ValueError(f"{parent} can't be the parent of a {object_name}")
        fields["id"] = row_id or self.ids.make(known.prefix, known.id_length)
        fields["object"] = object_name
        shapes = official.fields(official.object_class(object_name))
        for name, value in ((known.time, time), ("livemode", self._livemode)):
            if name in shapes:
                fields.setdefault(name, value)
        data = objects.complete(object_name, fields, frozenset(known.expand_only))
        if data["id"] in self.store.table(object_name).rows:
            raise ValueError(f"{object_name} {data['id']} exists already")
        return Row(object_name, data, self.store.next_key(time, data["id"]), shadow)

    def put(self, row: Row) -> None:
        """Store a row as it is."""
        self.store.put(row)
        self.renderer.forget(row)

    @contextmanager
    def arrival(self, row: Row, notice: Notice) -> Iterator[None]:
        """Around the storing of a new row and its members: one event at the end."""
        if self._speaker(row) is not row:
            with self.change(row, notice):
                yield
            return
        with self._mute(row):
            yield
        known = self.facts.object(row.object)
        default = known.created_event.format(**row.data) or known.event("created")
        if not notice.silent and self.feed.keeps(notice.time):
            types = notice.types or ([default] if default else [])
            self._announce(types, row, None, notice.time)

    @contextmanager
    def change(self, row: Row, notice: Notice) -> Iterator[None]:
        """Around changes of a row or its members: one event at the end, or those named."""
        speaker = self._speaker(row)
        default = self._default_event(row, speaker)
        heard = not notice.silent and (speaker.object, speaker.id) not in self._muted
        heard = heard and self.feed.keeps(notice.time) and bool(notice.types or default)
        before = self.feed.snapshot(speaker) if heard else {}
        with self._mute(speaker):
            yield
        if heard:
            speaker = self.store.get(speaker.id, speaker.object)
            previous = previous_attributes(before, self.feed.snapshot(speaker))
            unnamed = [default] if default and previous else []
            self._announce(notice.types or unnamed, speaker, previous, notice.time)

    def remove(self, row: Row, members: Sequence[Row], notice: Notice) -> None:
        """Remove a row and the members of its lists."""
        if self._speaker(row) is not row:
            with self.change(row, notice):
                self._drop([row])
            return
        default = self.facts.object(row.object).event("deleted")
        names = [] if notice.silent else notice.types or ([default] if default else [])
        last = self.feed.snapshot(row) if names else {}
        self._drop([*members, row])
        for name in names:
            self.feed.write(name, last, None, notice.time)

    def sync_plan(self, price: Row, notice: Notice) -> None:
        """Bring the plan that belongs to a recurring price into step."""
        fields = plans.from_price(price.data)
        if fields is None:
            return
        inline = {"inline": price.shadow["inline"]} if "inline" in price.shadow else {}
        plan = self.store.table("plan").rows.get(price.id)
        if plan is None:
            plan = self.new_row("plan", price.id, price.key.time, None, {**fields, **inline})
            with self.arrival(plan, notice):
                self.put(plan)
        else:
            with self.change(plan, notice):
                self.put(replace(plan, data={**plan.data, **objects.check("plan", fields)}))

    def _owners(self, object_name: str) -> list[tuple[str, Nested]]:
        """The objects that this one can belong to, with the list that it is then in."""
        return [(o, nested) for o, nested in self.facts.holders_of(object_name) if not nested.by]

    def _speaker(self, row: Row) -> Row:
        """The row whose events tell of changes of this one."""
        for owner, nested in self._owners(row.object):
            found = self.store.table(owner).rows.get(PARENT.of(row))
            if found is not None and not nested.expand:
                return found
        return row

    def _default_event(self, row: Row, speaker: Row) -> str | None:
        for owner, nested in self._owners(row.object):
            if speaker is not row and owner == speaker.object and nested.changed_event:
                return nested.changed_event
        return self.facts.object(speaker.object).event("updated")

    def _announce(self, types: Sequence[str], row: Row, previous: Data | None, time: int) -> None:
        shown = self.feed.snapshot(row) if types else {}
        for name in types:
            self.feed.write(name, shown, previous if name.endswith(".updated") else None, time)

    def _drop(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self.store.table(row.object).remove(row.id)
            self.renderer.forget(row)

    @contextmanager
    def _mute(self, row: Row) -> Iterator[None]:
        name = (row.object, row.id)
        outermost = name not in self._muted
        self._muted.add(name)
        try:
            yield
        finally:
            if outermost:
                self._muted.discard(name)
