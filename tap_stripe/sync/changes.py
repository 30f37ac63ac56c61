"""What the account's event feed says has changed in the objects of one source.

Events are used as a list of changed ids, never as data: their objects have the account's own
API version, nothing expanded and nested lists cut. Each changed object is fetched once later.
Only of what is gone an event keeps the last known values.

An event is matched by the object that it carries, not by its type: `charge.refunded` carries a
charge, `charge.refund.updated` a refund.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tap_stripe.streams.cuts import AskedFor, id_of, value_at
from tap_stripe.times import to_epoch

if TYPE_CHECKING:
    from tap_stripe.streams import StripeStream
    from tap_stripe.sync.table import Table

Object = Mapping[str, Any]


Removed = dict[str, dict[tuple[Any, ...], tuple[dict[str, Any], int]]]
"""By table and key: entries that were there before a change, and when that was."""


@dataclass(slots=True)
class Change:
    """What events say about one object. There may be hundreds of thousands at a time."""

    first: int
    """Time of the earliest event; changes are worked off in this order."""
    event: str | None = None
    """Id of the latest event that carries the object: it shows it if it is gone by now."""
    touched: int = -1
    """Time of the latest event other than a deletion."""
    created: int | None = None
    """When the object was created, if an event tells."""
    deleted: int | None = None
    """Time of the latest event that says it was deleted."""
    silent: bool = False
    """Whether no event tells of it: it is only looked up because it may have changed."""
    snapshot: dict[str, Any] | None = None
    """The object as that event shows it."""
    removed: Removed | None = None
    """Entries that a change may have taken away; None: none."""

    @property
    def surely_deleted(self) -> bool:
        """Whether nothing happened to the object at or after its deletion.

        Ids can be used again (coupons, plans), and events of one second come in any order.
        """
        return self.deleted is not None and self.deleted > self.touched


class ChangeSet:
    """The changes of one source's objects, collected from the feed."""

    def __init__(self, root: StripeStream, tables: Iterable[Table], since: int) -> None:
        """Start with nothing.

        Args:
            root: The stream whose objects the source lists.
            tables: The tables that the source fills.
            since: Events before this time are old news, in seconds since the epoch.
        """
        self.changes: dict[str, Change] = {}
        self.embedded: dict[tuple[str, str], int] = {}
        """Objects that changed inside those of the source, as filters of the list."""
        self.since = since
        self._root = root
        self._cut_tables = [table for table in tables if table.cut is not None]

    def objects(self) -> set[str]:
        """Names of the objects whose events matter here."""
        names = {*self._root.objects(), *self._root.follows, *self._root.embeds}
        for table in self._cut_tables:
            names.update(table.stream.follows)
            if table.stream.events:
                names.update(table.stream.objects())
        return names

    def observe(self, event: Object) -> None:
        """Take in one event of the feed."""
        stripe_object, time = value_at(event, "data.object"), event["created"]
        if time < self.since or not isinstance(stripe_object, dict):
            return
        name = str(stripe_object.get("object"))
        if name in self._root.objects():
            self._own(event, stripe_object, time)
        for path in self._root.follows.get(name, ()):
            self._touch(id_of(value_at(stripe_object, path)), time)
        if name in self._root.embeds and event["type"].endswith(".updated"):
            self.embedded.setdefault((self._root.embeds[name], stripe_object["id"]), time)
        for table in self._cut_tables:
            for path in table.stream.follows.get(name, ()):
                self._followed(event, table, id_of(value_at(stripe_object, path)), time)
            if table.stream.events and name in table.stream.objects():
                self._entry(event, stripe_object, table, time)

    def observe_thin(self, event: Object) -> None:
        """Take in one event of API v2, which names the object but does not show it."""
        related, time = event.get("related_object"), to_epoch(event["created"])
        if related and related["type"] in self._root.objects() and time >= self.since:
            self._touch(related["id"], time)

    def _entry(self, event: Object, stripe_object: dict[str, Any], table: Table, time: int) -> None:
        """An event that carries an entry of a table that is cut out of the source's objects."""
        if table.cut is None:
            return
        before = _before(event)
        self._touch(table.cut.parent_of(stripe_object), time)
        change = self._touch(table.cut.parent_of(before), time)
        if change and table.flags and event["type"].endswith(table.stream.removed_by):
            entry = table.cut.alone(before)
            _remove(change, table, [entry] if entry else [], time)

    def _followed(self, event: Object, table: Table, parent_id: str | None, time: int) -> None:
        """An event of another object, after which a parent's entries are to be read again."""
        change = self._touch(parent_id, time)
        if change and parent_id and table.flags and isinstance(table.cut, AskedFor):
            _remove(change, table, table.cut.shown(_before(event), parent_id), time)

    def _own(self, event: Object, stripe_object: dict[str, Any], time: int) -> None:
        change = self._touch(stripe_object.get("id"), time, event["id"])
        if change is None:  # a preview, such as invoice.upcoming carries
            return
        change.created = stripe_object.get(self._root.created_field, change.created)
        before: dict[str, Any] | None = None
        if self._root.deletable and event["type"].endswith(".deleted"):
            change.deleted, change.snapshot, before = time, stripe_object, stripe_object
        else:
            change.touched = max(change.touched, time)
            before = _before(event) if event["data"].get("previous_attributes") else None
        if before is not None:
            for table in self._cut_tables:
                if table.cut and table.flags and _concerns(event, table.cut.fields):
                    _remove(change, table, table.cut.entries(before), time)

    def _touch(self, id_: str | None, time: int, event: str | None = None) -> Change | None:
        if id_ is None:
            return None
        change = self.changes.setdefault(id_, Change(first=time))
        change.first = min(change.first, time)
        if event is not None:
            change.event = event
        else:
            change.touched = max(change.touched, time)
        return change


def _before(event: Object) -> dict[str, Any]:
    """The object as it was before the change that an event tells."""
    return {**event["data"]["object"], **(event["data"].get("previous_attributes") or {})}


def _concerns(event: Object, fields: tuple[str, ...]) -> bool:
    """Whether the change was in one of the fields; a deletion is in all of them."""
    previous = event["data"].get("previous_attributes")
    return previous is None or any(name.partition(".")[0] in previous for name in fields)


def _remove(change: Change, table: Table, entries: Iterable[dict[str, Any]], time: int) -> None:
    """Note entries that a change may have taken away; the fuller description of each stays."""
    change.removed = change.removed or {}
    known = change.removed.setdefault(table.name, {})
    for entry in entries:
        key = table.key(entry)
        if None not in key and (key not in known or len(entry) >= len(known[key][0])):
            known[key] = (entry, time)
