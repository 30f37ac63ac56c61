"""Changes of an account's rows, and the events that tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from standin import facts as facts_module
from standin import objects, official, plans
from standin.clock import Clock
from standin.event_names import EventNames
from standin.events import Feed, previous_attributes
from standin.facts import Nested
from standin.ids import Ids
from standin.render import Renderer
from standin.store import Row, Store

Data = dict[str, Any]
_SHOW_BEFORE = (".updated", ".detached")
"""How the types of events end that show what the object was before."""


@dataclass(frozen=True)
class Notice:
    """How a change is told: by these events (none: the default), not at all, and at which time."""

    time: int
    types: Sequence[str] = ()
    silent: bool = False


class Ledger:
    """Adds, replaces and removes rows; each change is spoken of by an event.

    A change of a member of a nested list that its parent always shows (an invoice's line) is told
    by the parent's event, unless it has one of its own.
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
        shadow |= self._tie(object_name, parent, fields)
        if parent is not None and "parent" not in shadow:
            raise ValueError(f"{parent} can't be the parent of a {object_name}")
        fields["id"] = row_id or self.ids.make(known.prefix, known.id_length)
        fields["object"] = object_name
        shapes = official.fields(official.object_class(object_name))
        for name, value in ((known.time, time), ("livemode", self._livemode)):
            if name in shapes:
                fields.setdefault(name, value)
        absent = frozenset(known.expand_only)
        data = objects.complete(object_name, fields, absent)
        row_id = known.row_id(data["id"], shadow.get("parent"))
        if row_id in self.store.table(object_name).rows:
            raise ValueError(f"{object_name} {row_id} exists already")
        return Row(object_name, data, self.store.next_key(time, row_id), shadow)

    def _tie(self, object_name: str, parent: str | None, fields: Data) -> dict[str, str]:
        """What the shadow keeps of the parents; their fields in the object are set."""
        shapes = official.fields(official.object_class(object_name))
        kept: dict[str, str] = {}
        for owner in self.facts.owners_of(object_name):
            tie = owner.tie
            named = fields.get(tie.link) if tie.link else fields.pop(tie.kept_as, None)
            found = (parent if tie.kept_as == "parent" else None) or named
            if isinstance(found, str) and self._stands(owner.object, found):
                kept[tie.kept_as] = found
                if tie.link and tie.link in shapes:
                    fields[tie.link] = found
        return kept

    def _stands(self, object_name: str, row_id: str) -> bool:
        """Whether there is this object; one that stands beside another is made when needed."""
        table = self.store.table(object_name)
        beside = self.facts.object(object_name).beside
        owner = self.store.table(beside).rows.get(row_id) if beside else None
        if beside and owner and row_id not in table.rows:
            given = {beside: row_id, "object": object_name, "livemode": self._livemode}
            data = objects.complete(object_name, given, frozenset())
            self.put(Row(object_name, data, self.store.next_key(owner.key.time, row_id)))
        return row_id in table.rows

    def put(self, row: Row) -> None:
        """Store a row as it is."""
        self.store.put(row)
        self.renderer.forget(row)

    @contextmanager
    def arrival(self, row: Row, notice: Notice) -> Iterator[None]:
        """Around the storing of a new row and its members: one event at the end."""
        default = self._names(row).of_creation(row.data)
        holder = None if default else self._holder(row)
        if holder is not None:
            with self._told_by(*holder, notice):
                yield
            return
        with self._mute(row):
            yield
        if not notice.silent and self.feed.keeps(notice.time):
            types = notice.types or ([default] if default else [])
            self._announce(types, row, None, notice.time)

    @contextmanager
    def change(self, row: Row, notice: Notice) -> Iterator[None]:
        """Around changes of a row or its members: one event at the end, or those named."""
        default = self._names(row).of_change
        holder = None if default else self._holder(row)
        with self._told_by(*(holder or (row, default)), notice):
            yield

    def remove(self, row: Row, notice: Notice) -> None:
        """Remove a row and what belongs to it."""
        default = self._names(row).of_deletion
        holder = None if default else self._holder(row)
        if holder is not None:
            with self._told_by(*holder, notice):
                self._drop(row)
            return
        types = [] if notice.silent else notice.types or ([default] if default else [])
        last = self.feed.snapshot(row) if types else {}
        self._drop(row)
        for name in types:
            self.feed.write(name, last, None, notice.time)

    def has_parent(self, row: Row) -> bool:
        """Whether the row belongs to another object."""
        owners = self.facts.owners_of(row.object)
        return any(owner.tie.lookup.of(row) is not None for owner in owners)

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

    def _names(self, row: Row) -> EventNames:
        """The names of the row's own events; the list that it is in may have others."""
        known = self.facts.object(row.object)
        stems = (nested.events for _, nested in self._holders(row) if nested.events)
        return EventNames(known, next(stems, known.stem))

    def _holders(self, row: Row) -> Iterator[tuple[Row, Nested]]:
        """The objects that the row is a part of, with the list that shows it there."""
        for owner, nested in self.facts.holders_of(row.object):
            found = self.store.table(owner).rows.get(nested.lookup.of(row))
            if found is not None and not nested.by:
                yield found, nested

    def _holder(self, row: Row) -> tuple[Row, str | None] | None:
        """The object whose events tell of changes of this one, because it always shows it."""
        for found, nested in self._holders(row):
            if not nested.expand:
                return found, nested.changed_event or self._names(found).of_change
        return None

    @contextmanager
    def _told_by(self, speaker: Row, default: str | None, notice: Notice) -> Iterator[None]:
        """Around changes of the speaker or its members, which its events tell."""
        heard = not notice.silent and (speaker.object, speaker.id) not in self._muted
        heard = heard and self.feed.keeps(notice.time)
        compared = heard and bool(notice.types or default)
        before = self.feed.snapshot(speaker) if compared else {}
        with self._mute(speaker):
            yield
        if heard:
            after = self.store.get(speaker.id, speaker.object)
            previous = previous_attributes(before, self.feed.snapshot(after)) if compared else {}
            turn = self._names(after).of_turn(speaker.data, after.data)
            unnamed = turn or (default if previous else None)
            types = notice.types or ([unnamed] if unnamed else [])
            self._announce(types, after, previous, notice.time)

    def _announce(self, types: Sequence[str], row: Row, previous: Data | None, time: int) -> None:
        shown = self.feed.snapshot(row) if types else {}
        for name in types:
            self.feed.write(name, shown, previous if name.endswith(_SHOW_BEFORE) else None, time)

    def _drop(self, row: Row) -> None:
        for kind, lookup in self.facts.belongings_of(row.object):
            for member in self.store.table(kind).find(lookup, row.id):
                self._drop(member)
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
