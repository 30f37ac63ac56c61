"""The first pass: what was created since the bookmarks.

It is read oldest first, so that each page written is a checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tap_stripe.api import Span
from tap_stripe.sync.batch import CHANGED, NEW, Batch
from tap_stripe.sync.ordered import OldestFirst, Prepared

if TYPE_CHECKING:
    from tap_stripe.api import Listing
    from tap_stripe.api.client import Params
    from tap_stripe.sync.source import Source
    from tap_stripe.sync.table import Table

AHEAD = 8
"""Requests of one source in flight at once."""
Observer = Callable[["dict[str, Any]"], None]


def read_new(
    source: Source,
    *,
    since: int | None = None,
    params: Params = (),
    observe: Observer | None = None,
) -> Iterator[Batch]:
    """Read what was created since the bookmarks, oldest first.

    Args:
        source: The list and its tables.
        since: Begin at this time at the latest, whatever the bookmarks say.
        params: Filters beyond the stream's own.
        observe: Told every object, oldest first.

    Raises:
        StripeError: As the client's; what was yielded before stands.
    """
    span = Span(_begin(source, since))
    settled = source.moment.settled
    for variant in source.root.variants:
        listing = source.listing((*variant, *params))
        # Only the last variant's pages are checkpoints: until then the others are not all read.
        checkpoints = variant is source.root.variants[-1] and listing.created_filter
        read = _reader(source, listing, keep_objects=observe is not None)
        for prepared in OldestFirst(source.workers, read, span, ahead=AHEAD):
            batch, page = prepared.result, prepared.page
            if observe is not None:
                for stripe_object in reversed(page.objects):
                    observe(stripe_object)
            if checkpoints and page.newest is not None:
                batch.created_up_to = min(page.newest, settled)
            yield batch
    yield Batch(created_up_to=settled)


def sample(source: Source) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Read the newest page only, and yield each table's records in it."""
    for variant in source.root.variants:
        span = Span(source.moment.start)
        for stripe_object in source.listing(variant).read(source.client, span).objects:
            source.complete(stripe_object)
            for table in source.tables:
                yield table, table.records(table.entries(stripe_object))


def _begin(source: Source, since: int | None) -> int | None:
    """Where the reading starts; None: at the very first object."""
    start = source.moment.start
    begins = [] if since is None else [since]
    for table in source.tables:
        begin = table.created_before
        if source.silent is not None and table.cut is None:
            begin = source.silent.read_from(table.open, begin)
        if begin is None:
            return start
        begins.append(begin)
    return min(begins) if start is None else max(min(begins), start)


def _reader(
    source: Source, listing: Listing, *, keep_objects: bool
) -> Callable[[Span], Prepared[Batch]]:
    """What a worker does for one page: read, complete, shape, encode."""

    def read(span: Span) -> Prepared[Batch]:
        page = listing.read(source.client, span, source.meter)
        oldest_first = page.objects[::-1]
        for stripe_object in oldest_first:
            source.complete(stripe_object)
        batch = Batch(marks=source.marks(oldest_first))
        for table in source.tables:
            _add(batch, source, table, oldest_first)
        return Prepared(page if keep_objects else replace(page, objects=[]), batch)

    return read


def _add(batch: Batch, source: Source, table: Table, objects: list[dict[str, Any]]) -> None:
    """Encode a page for one table; what it had before is sent again only if it has changed."""
    before = table.created_before
    new, met_again = [], []
    for stripe_object in objects:
        created = source.created(stripe_object)
        if before is None or created is None or created >= before:
            new += table.records(table.entries(stripe_object))
        elif table.changed_silently(stripe_object):
            met_again += table.records(table.entries(stripe_object))
    batch.add(table, new, NEW)
    batch.add(table, met_again, CHANGED)
