"""The account's event feeds: each is read once in a run, for all tables together.

There is one for API v1 and one for v2. A feed is itself a list of Stripe's, and may be a selected
table. Then the same pages fill the table and tell the changes.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from tap_stripe.api import StripeError
from tap_stripe.streams.base import EVENTS, THIN_EVENTS
from tap_stripe.sync.changes import ChangeSet
from tap_stripe.sync.new import read_new
from tap_stripe.sync.source import Source

if TYPE_CHECKING:
    from tap_stripe.streams import StripeStream
    from tap_stripe.sync.batch import Batch
    from tap_stripe.sync.context import RunContext

MOST_TYPES = 20
"""Event types that one request can ask for."""


class FeedError(StripeError):
    """The feed could not be read, so a table can't follow its changes."""


class Feed:
    """Collects the changes of all sources in one pass."""

    def __init__(
        self, source: Source, sources: Iterable[Source], streams: Iterable[StripeStream]
    ) -> None:
        """Find out who needs the feed, and from when on.

        Args:
            source: The list of events, with the `events` table if that is selected.
            sources: What the run reads of the feed's API.
            streams: All streams, to know which events carry which object.
        """
        self.source = source
        self._changes = {
            other.name: ChangeSet(other.root, other.tables, _since(other))
            for other in sources
            if other is not source and _must_catch_up(other)
        }
        self._streams = list(streams)
        self._ended = threading.Event()
        self._is_read = False
        self._error = ""

    @property
    def is_needed(self) -> bool:
        """Whether any table has to catch up with changes."""
        return bool(self._changes)

    def read(self) -> Iterator[Batch]:
        """Read the feed once, filling the `events` table on the way.

        Raises:
            StripeError: As the client's. Whoever waits for changes is told too.
        """
        try:
            since = min((c.since for c in self._changes.values()), default=None)
            yield from read_new(
                self.source, since=since, params=self._types(), observe=self._observe
            )
            self._is_read = True
        except Exception as error:
            self._error = str(error)
            raise
        finally:
            self._ended.set()

    def changes(self, source: Source) -> ChangeSet:
        """Wait until the feed is read and take what it says about a source's objects.

        Raises:
            FeedError: The feed could not be read, and the source needs it.
        """
        change_set = self._changes.get(source.name)
        if change_set is None:
            return ChangeSet(source.root, source.tables, source.moment.settled)
        self._ended.wait()
        if not self._is_read:
            msg = f"new rows were read, but not the event feed that tells changes: {self._error}"
            raise FeedError(msg)
        return change_set

    def _observe(self, event: dict[str, Any]) -> None:
        is_thin = self.source.name == THIN_EVENTS
        for change_set in self._changes.values():
            if is_thin:
                change_set.observe_thin(event)
            else:
                change_set.observe(event)

    def _types(self) -> list[tuple[str, str]]:
        """A filter on types, where few enough matter and no table wants them all."""
        objects = set().union(*(c.objects() for c in self._changes.values()))
        types: dict[str, None] = {}
        unknown = objects
        for stream in self._streams:
            if stream.events and not objects.isdisjoint(stream.objects()):
                types.update(dict.fromkeys(stream.events))
                unknown = unknown - {*stream.objects()}
        # No stream declares the events of an object that is only followed.
        if self.source.tables or unknown or not 0 < len(types) <= MOST_TYPES:
            return []
        return [("types[]", type_) for type_ in types]


def add_feeds(sources: list[Source], context: RunContext) -> dict[str, Feed]:
    """Make a feed for each of Stripe's APIs, and have it read where a table needs it.

    Args:
        sources: What the run reads; feeds that are needed and not among them are put first.
        context: What the sources share.

    Returns:
        The feeds by the names of their streams.
    """
    feeds = {}
    for name in (EVENTS, THIN_EVENTS):
        selected = [source for source in sources if source.name == name]
        source = selected[0] if selected else Source(context.streams[name], [], context)
        told = [other for other in sources if other.root.feed == name]
        feeds[name] = Feed(source, told, context.streams.values())
        if feeds[name].is_needed and not selected:
            sources.insert(0, source)
    return feeds


def told_by_events(root: type[StripeStream], tables: Iterable[type[StripeStream]]) -> bool:
    """Whether events tell of changes.

    Args:
        root: The stream that declares a list.
        tables: Those that are filled from it.
    """
    return any(stream.events or stream.follows for stream in (root, *tables))


def _must_catch_up(source: Source) -> bool:
    """Whether events tell changes of what a table of the source holds already."""
    held = [type(table.stream) for table in source.tables if table.created_before is not None]
    return bool(held) and told_by_events(type(source.root), held)


def _since(source: Source) -> int:
    """Changes before this time are in all of the source's tables."""
    known = [
        table.bookmark.changes_since
        for table in source.tables
        if table.created_before is not None and table.bookmark.changes_since is not None
    ]
    return min(known, default=source.moment.settled)
