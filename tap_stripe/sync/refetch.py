"""One changed object: its present form, or its last known values if it has gone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from tap_stripe.sync.batch import CHANGED, DELETED, Batch

if TYPE_CHECKING:
    from tap_stripe.sync.changes import Change
    from tap_stripe.sync.source import Source
    from tap_stripe.sync.table import Table

logger = logging.getLogger("tap-stripe")


def fetch(source: Source, id_: str, change: Change) -> Batch:
    """Bring one object up to date in all tables.

    Raises:
        StripeError: As the client's.
    """
    stripe_object = None if change.surely_deleted else source.completer.retrieve(id_)
    return (
        _gone(source, id_, change)
        if stripe_object is None
        else bring(source, stripe_object, change)
    )


def bring(source: Source, stripe_object: dict[str, Any], change: Change) -> Batch:
    """Encode an object that was read in its present form, whole."""
    if source.moment.excludes(source.created(stripe_object)):
        return Batch()
    batch = Batch(marks=source.marks([stripe_object]))
    for table in source.tables:
        if change.silent and not table.changed_silently(stripe_object):
            continue
        entries = table.entries(stripe_object)
        batch.add(table, table.records(entries), CHANGED)
        _flag_removed(batch, table, change, {table.key(entry) for entry in entries})
    return batch


def _gone(source: Source, id_: str, change: Change) -> Batch:
    """Flag a deleted object and its entries, with their last known values."""
    batch = Batch()
    snapshot = change.snapshot or _last_seen(source, change)
    if snapshot is None or source.moment.excludes(source.created(snapshot)):
        return batch
    time = source.moment.now if change.deleted is None else change.deleted
    for table in source.tables:
        if table.flags:
            entries = table.entries(snapshot)
            batch.add(table, [table.flagged(entry, time) for entry in entries], DELETED)
            _flag_removed(batch, table, change, {table.key(entry) for entry in entries})
        elif table.cut is None:
            logger.warning("%s %s can no longer be read; its row stays", source.name, id_)
    return batch


def _last_seen(source: Source, change: Change) -> dict[str, Any] | None:
    """The object as its latest event shows it.

    None where no event carried it: it was looked up because it might have changed silently, and
    the event of its deletion is still to come.
    """
    if change.event is None:
        return None
    path, endpoint = f"/v1/events/{change.event}", "/v1/events/{id}"
    event = source.client.get(path, endpoint=endpoint, meter=source.meter)
    snapshot: dict[str, Any] = event.body["data"]["object"]
    return snapshot


def _flag_removed(
    batch: Batch, table: Table, change: Change, present: set[tuple[Any, ...]]
) -> None:
    """Flag entries that were there before a change and are not now."""
    removed = (change.removed or {}).get(table.name, {})
    gone = [table.flagged(*known) for key, known in removed.items() if key not in present]
    batch.add(table, gone, DELETED)
