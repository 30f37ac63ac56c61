"""A selected table within a run: from Stripe's objects to its RECORD lines."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tap_stripe.singer.messages import RecordEncoder
from tap_stripe.streams.columns import DELETED_AT
from tap_stripe.streams.cuts import AskedFor
from tap_stripe.times import to_iso

if TYPE_CHECKING:
    from tap_stripe.singer.bookmark import Bookmark
    from tap_stripe.singer.shape import Shape
    from tap_stripe.streams import StripeStream
    from tap_stripe.streams.cuts import Cut
    from tap_stripe.streams.silent import Mark, Note, Silent
    from tap_stripe.sync.context import RunContext

Object = Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """A reading of the whole table that is to begin: for the first time, or anew."""

    version: int
    changes_since: int


class Table:
    """One table, filled from one source. Shaping and encoding are safe from many threads."""

    def __init__(
        self,
        stream: StripeStream,
        cut: Cut | None,
        bookmark: Bookmark,
        reading: Reading | None,
        silent: Silent | None = None,
    ) -> None:
        """Bind a stream to its bookmark.

        Args:
            stream: The declaration and the selection.
            cut: Where the entries stand in the source's objects; None for the objects themselves.
            bookmark: What earlier runs have sent.
            reading: The reading of the whole table that is due; None to go on from the bookmark.
            silent: How the objects' changes without an event are found, if it matters here.
        """
        self.stream = stream
        self.cut = cut
        self.bookmark = bookmark
        self.silent = silent
        self.name: str = stream.name
        self.version: int = reading.version if reading else bookmark.version or 0
        """The table's version in this run's records."""
        self.created_before: int | None = None if reading else bookmark.created
        """What the table held when the run began: everything created before this time."""
        self.open: Note = None if reading else bookmark.open
        self._changes_before = bookmark.changes_since
        self._reading = reading
        self._met: Note = None

    def prepare(self, expanded: Iterable[str], context: RunContext) -> None:
        """Get shaping and encoding ready.

        Args:
            expanded: Paths in the source's objects that are asked for, in full or at all.
            context: What the account's sources share.
        """
        self._shapes = context.shapes
        self._inside = inside = frozenset(expanded if self.cut is None else ())
        # No news: what is there for the tables cut out of this one; and when the parent was
        # created, which every cut passes on, though not every table has that.
        supplied = inside if self.cut is None else frozenset({"created"})
        self._shape = self._shapes.present(self.stream, inside, supplied)
        self.shared = self.stream.shared(context.account, livemode=context.livemode)
        moment = context.moment
        self._start_date = None if moment.start is None else to_iso(moment.start)
        self._encoder = RecordEncoder(
            self.stream.stream_maps, self.version, moment.now, self.shared, self.stream.mapping
        )

    @functools.cached_property
    def _shape_old(self) -> Shape:
        """Shapes objects of other API versions.

        Few runs meet a deleted object, so it is compiled when the first one comes.
        """
        return self._shapes.past(self.stream, self._inside)

    def begin(self) -> None:
        """Open the bookmark, now that the first of the table's records is written.

        Not before: a table that can't be read must leave no trace in the state.
        """
        if self._reading is not None:
            reading, self._reading = self._reading, None
            self.bookmark.begin(reading.version, reading.changes_since)
        self.bookmark.bounded_by(self._start_date)

    def entries(self, stripe_object: dict[str, Any]) -> list[dict[str, Any]]:
        """The table's entries in one of the source's objects, as Stripe sent them."""
        return [stripe_object] if self.cut is None else list(self.cut.entries(stripe_object))

    def key(self, entry: Object) -> tuple[Any, ...]:
        """The primary key of an entry, within its account."""
        return tuple(entry.get(column) for column in type(self.stream).primary_keys)

    def records(self, entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Shape entries into records."""
        return [self._shape(entry) for entry in entries]

    def records_of(self, objects: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Shape the entries of many of the source's objects."""
        return self.records(e for stripe_object in objects for e in self.entries(stripe_object))

    def flagged(self, entry: dict[str, Any], time: int) -> dict[str, Any]:
        """The record of a deleted entry, from how an event last showed it.

        Args:
            entry: The last known values, maybe in another API version.
            time: When it was deleted, in seconds since the epoch.
        """
        return {**self._shape_old(entry), DELETED_AT: to_iso(time)}

    @property
    def flags(self) -> bool:
        """Whether deleted rows can be flagged: the table has the column, and it is selected."""
        return self.stream.deletable and self.stream.wants(DELETED_AT)

    def lines(self, records: Iterable[dict[str, Any]]) -> bytes:
        """Encode records as RECORD lines."""
        return self._encoder.lines(records)

    def holds(self, created: int | None) -> bool:
        """Whether it held what was created at this time when the run began."""
        before = self.created_before
        return before is not None and created is not None and created < before

    def changed_silently(self, stripe_object: Object) -> bool:
        """Whether an object that was sent before, met again, is to be sent once more."""
        return self.silent is not None and self.silent.send_again(stripe_object, self.open)

    def note_open(self, marks: Sequence[Mark], *, complete: bool) -> None:
        """Keep in the bookmark which objects may still change silently.

        Args:
            marks: What was noted of the objects just written.
            complete: Whether every object that was open before has been met again; until then
                what earlier runs noted stays too.
        """
        if self.silent is None:
            return
        self._met = self.silent.join(self._met, self.silent.note(marks))
        note = self._met if complete else self.silent.join(self.open, self._met)
        self.bookmark.note_open(note)

    def note_refused(self, parents: Mapping[str, int | None]) -> None:
        """Keep in the bookmark of which objects Stripe refused the entries in this reading.

        Args:
            parents: When each was created, by id.
        """
        if self.bookmark.must_activate and isinstance(self.cut, AskedFor):
            before = self._changes_before or 0
            new = [id_ for id_, created in parents.items() if created and created >= before]
            self.bookmark.note_refused(parents, new)

    def synced_until(self, *, complete: bool) -> int | None:
        """Up to when the table holds everything, in seconds since the epoch; None: up to no time.

        Args:
            complete: Whether the run brought it up to date.
        """
        bookmark = self.bookmark
        if bookmark.must_activate or bookmark.changes_since is None:
            return None
        if self.stream.replication_key is None:
            # It is read as a whole in each run: what is there of a broken reading says nothing.
            return bookmark.changes_since if complete else None
        return None if bookmark.created is None else min(bookmark.created, bookmark.changes_since)
