"""The second pass: older objects that have changed or gone.

Each is read once, in its present form: by pages of the list where many were created close
together, else one by one. The latter are worked off in the order of the changes, so that each
batch is a checkpoint.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tap_stripe.api import Span
from tap_stripe.sync.batch import CHANGED, Batch
from tap_stripe.sync.changes import Change
from tap_stripe.sync.close_by import fetch_close_by
from tap_stripe.sync.ordered import OldestFirst, Prepared, mapped
from tap_stripe.sync.refetch import fetch

if TYPE_CHECKING:
    from tap_stripe.sync.changes import ChangeSet
    from tap_stripe.sync.source import Source
    from tap_stripe.sync.table import Table

Wanted = Callable[["Table", "dict[str, Any]"], bool]
AHEAD = 16
"""Fetches of one source in flight at once."""
BATCH = 50
"""Objects after which a checkpoint is worth while."""


def fetch_changed(source: Source, changes: ChangeSet) -> Iterator[Batch]:
    """Bring every changed object up to date in all of the source's tables.

    Args:
        source: The list and its tables.
        changes: What the feed says.

    Raises:
        StripeError: As the client's; what was yielded before stands.
    """
    settled = source.moment.settled
    for holder in changes.embedded:
        yield from _sweep(source, holder, lambda _, __: True)
    work_by_id = _work(source, changes)
    if source.silent is not None:
        open_ids = _open_ids(source)
        if source.silent.filter is not None and any(_is_watched(table) for table in source.tables):
            yield from _sweep(source, source.silent.filter, _still_open(source, open_ids))
        for id_ in open_ids:
            work_by_id.setdefault(id_, Change(first=changes.since, silent=True))
    yield from fetch_close_by(source, work_by_id)
    work = sorted(work_by_id.items(), key=lambda item: item[1].first)
    pieces = mapped(source.workers, lambda item: fetch(source, *item), work, AHEAD)
    batch = Batch()
    for number, ((_, change), piece) in enumerate(zip(work, pieces, strict=True)):
        if number % BATCH == 0:
            batch.changed_up_to = min(change.first, settled)
            yield batch
            batch = Batch()
        batch.merge(piece)
    batch.changed_up_to = settled
    yield batch


def _is_watched(table: Table) -> bool:
    """Whether objects that the table has got already may change silently."""
    return table.silent is not None and table.created_before is not None


def _open_ids(source: Source) -> set[str]:
    """What any table has noted as open."""
    ids: set[str] = set()
    for table in source.tables:
        if table.silent is not None:
            ids.update(table.silent.look_up(table.open, source.moment.now))
    return ids


def _still_open(source: Source, open_ids: set[str]) -> Wanted:
    """Strike off what is met again and tell whether it has changed, or is open again."""

    def has_changed(table: Table, stripe_object: dict[str, Any]) -> bool:
        open_ids.discard(stripe_object["id"])
        return table.holds(source.created(stripe_object)) and table.changed_silently(stripe_object)

    return has_changed


def _sweep(source: Source, where: tuple[str, str], wanted: Wanted) -> Iterator[Batch]:
    """Send what is wanted of the objects that a filter of the list finds, by whole pages."""
    listing = source.listing([where])

    def read(span: Span) -> Prepared[Batch]:
        page = listing.read(source.client, span, source.meter)
        for stripe_object in page.objects:
            source.completer.complete(stripe_object)
        # Not of new ones: the first pass has noted these as it sent them.
        held = [o for o in page.objects if all(t.holds(source.created(o)) for t in source.tables)]
        batch = Batch(marks=source.marks(held))
        for table in source.tables:
            changed = [o for o in page.objects if wanted(table, o)]
            batch.add(table, table.records_of(changed), CHANGED)
        return Prepared(replace(page, objects=[]), batch)

    for prepared in OldestFirst(source.workers, read, Span(source.moment.start), ahead=AHEAD):
        yield prepared.result


def _work(source: Source, changes: ChangeSet) -> dict[str, Change]:
    """By id: the changes that the reading of new objects does not bring anyway."""
    befores = [t.created_before for t in source.tables if t.created_before is not None]
    return {
        id_: change
        for id_, change in changes.changes.items()
        if source.root.unlisted
        or change.deleted is not None
        or any((change.removed or {}).values())
        or not _is_new(source, change.created, max(befores, default=None))
    }


def _is_new(source: Source, created: int | None, before: int | None) -> bool:
    """Whether every table meets an object among the new ones, or must not have it.

    Args:
        source: The list and its tables.
        created: When the object was created, as far as its events tell.
        before: What the fullest table held when the run began; None: nothing.
    """
    if before is None:
        return True
    return created is not None and (created >= before or source.moment.excludes(created))
