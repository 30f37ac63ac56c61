"""The first pass: what was created since the bookmarks.

Where a list can be read from any time on, it is read oldest first, so that each page written is
a checkpoint. Other lists are read as Stripe shows them, down to the bookmark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tap_stripe.api import Span
from tap_stripe.sync.batch import CHANGED, NEW, Batch
from tap_stripe.sync.ordered import OldestFirst, Prepared, mapped, newest_first

if TYPE_CHECKING:
    from tap_stripe.api import Listing
    from tap_stripe.api.client import Params
    from tap_stripe.sync.source import Source
    from tap_stripe.sync.table import Table

AHEAD = 6
"""Requests of one source in flight at once."""
Observer = Callable[["dict[str, Any]"], None]


def read_new(
    source: Source,
    *,
    since: int | None = None,
    params: Params = (),
    observe: Observer | None = None,
) -> Iterator[Batch]:
    """Read what was created since the bookmarks.

    Args:
        source: The list and its tables.
        since: Begin at this time at the latest, whatever the bookmarks say.
        params: Filters beyond the stream's own.
        observe: Told every object, in the order of reading.

    Raises:
        StripeError: As the client's; what was yielded before stands.
    """
    span = Span(_begin(source, since))
    settled = source.moment.settled
    reader = _Reader(source, keep_objects=observe is not None or source.completer.asks_for_each)
    pages = _each_list(reader, span) if source.root.listed_per else _lists(reader, span, params)
    for prepared, is_checkpoint in pages:
        batch, page = prepared.result, prepared.page
        if source.completer.asks_for_each:
            for piece in mapped(source.workers, reader.one, page.objects[::-1], AHEAD):
                batch.merge(piece)
        if observe is not None:
            for stripe_object in reversed(page.objects):
                observe(stripe_object)
        if is_checkpoint and page.newest is not None:
            batch.created_up_to = min(page.newest, settled)
        yield batch
    yield Batch(created_up_to=settled)


def sample(source: Source) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Read the newest page only, and yield each table's records in it."""
    for variant in source.variants:
        span = Span(source.moment.start)
        for stripe_object in source.listing(variant).read(source.client, span).objects:
            source.completer.complete(stripe_object)
            for table in source.tables:
                yield table, table.records_of([stripe_object])


def _begin(source: Source, since: int | None) -> int | None:
    """Where the reading starts; None: at the very first object."""
    start = source.moment.start
    begins = [] if since is None else [since]
    for table in source.tables:
        begin = table.created_before
        if table.silent is not None:
            begin = table.silent.read_from(table.open, begin)
        if begin is None:
            return start
        begins.append(begin)
    return min(begins) if start is None else max(min(begins), start)


def _lists(reader: _Reader, span: Span, params: Params) -> Iterator[tuple[Prepared[Batch], bool]]:
    """The pages of one variant of the list after the other, and whether each is a checkpoint."""
    source = reader.source
    for variant in source.variants:
        listing = source.listing((*variant, *params))
        read = reader.of(listing)
        # Only the last variant's pages are checkpoints: until then the others are not all read.
        is_checkpoint = listing.can_be_cut and variant is source.variants[-1]
        for prepared in (
            OldestFirst(source.workers, read, span, ahead=AHEAD)
            if listing.can_be_cut
            else newest_first(source.workers, read, span)
        ):
            yield prepared, is_checkpoint


def _each_list(reader: _Reader, span: Span) -> Iterator[tuple[Prepared[Batch], bool]]:
    """The pages of many lists, the first ones of several at once."""
    source = reader.source
    readers = [reader.of(source.listing(variant)) for variant in source.variants]
    firsts = mapped(source.workers, lambda read: read(span), readers, AHEAD)
    for read, first in zip(readers, firsts, strict=True):
        yield first, False
        if first.page.rest is not None:
            for prepared in newest_first(source.workers, read, first.page.rest):
                yield prepared, False


@dataclass(frozen=True)
class _Reader:
    """What workers do: read, complete, shape, encode."""

    source: Source
    keep_objects: bool

    def of(self, listing: Listing) -> Callable[[Span], Prepared[Batch]]:
        """The function that reads and prepares a page of a list."""

        def read(span: Span) -> Prepared[Batch]:
            page = listing.read(self.source.client, span, self.source.meter)
            # Where each object takes requests of its own, they are worked on side by side later.
            apart = self.source.completer.asks_for_each
            batch = Batch() if apart else self._batch(page.objects[::-1])
            return Prepared(page if self.keep_objects else replace(page, objects=[]), batch)

        return read

    def one(self, stripe_object: dict[str, Any]) -> Batch:
        """Prepare a single object."""
        return self._batch([stripe_object])

    def _batch(self, objects: list[dict[str, Any]]) -> Batch:
        for stripe_object in objects:
            self.source.completer.complete(stripe_object)
        batch = Batch(marks=self.source.marks(objects))
        for table in self.source.tables:
            self._add(batch, table, objects)
        return batch

    def _add(self, batch: Batch, table: Table, objects: list[dict[str, Any]]) -> None:
        """Encode objects for one table; what it had before is sent again only if changed."""
        new, met_again = [], []
        for stripe_object in objects:
            created = self.source.created(stripe_object)
            if self.source.moment.excludes(created):
                continue
            if not table.holds(created):
                new.append(stripe_object)
            elif table.changed_silently(stripe_object):
                met_again.append(stripe_object)
        batch.add(table, table.records_of(new), NEW)
        batch.add(table, table.records_of(met_again), CHANGED)
