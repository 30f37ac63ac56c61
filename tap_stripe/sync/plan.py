"""Which sources a run reads, and from where on each table goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tap_stripe.singer.bookmark import Bookmark
from tap_stripe.sync.source import Source
from tap_stripe.sync.table import Reading, Table
from tap_stripe.times import DAY, to_epoch, to_iso

if TYPE_CHECKING:
    from tap_stripe.streams import StripeStream
    from tap_stripe.streams.cuts import Cut
    from tap_stripe.streams.silent import Silent
    from tap_stripe.sync.context import Moment, RunContext

logger = logging.getLogger("tap-stripe")
FEED_DAYS = 30
"""How far back Stripe's event feed goes."""
READING = 3600
"""Seconds for reading the feed: Stripe goes on to forget meanwhile."""


def plan(
    selected: Iterable[StripeStream], state: dict[str, Any], context: RunContext
) -> list[Source]:
    """Group the selected tables by the list that fills them.

    Args:
        selected: The streams to read.
        state: The tap's state; it is not changed.
        context: What the sources share.
    """
    tables: dict[str, list[Table]] = {}
    for stream in selected:
        for root, table in _tables(stream, state, context):
            tables.setdefault(root, []).append(table)
    return [Source(context.streams[root], filled, context) for root, filled in tables.items()]


def _tables(
    stream: StripeStream, state: dict[str, Any], context: RunContext
) -> list[tuple[str, Table]]:
    """The stream's tables, one per source that fills it, with the source's name."""
    places: list[tuple[str, Cut | None]] = [(cut.parent, cut) for cut in stream.cuts]
    places = places or [(stream.name, None)]
    several = len(places) > 1
    bookmarks = [
        Bookmark(state, stream.name, stream.replication_key, root if several else None)
        for root, _ in places
    ]
    readings = _readings(stream, bookmarks, context)
    return [
        (root, Table(stream, cut, bookmark, reading, _silent(context.streams[root], cut)))
        for (root, cut), bookmark, reading in zip(places, bookmarks, readings, strict=True)
    ]


def _silent(root: StripeStream, cut: Cut | None) -> Silent | None:
    """How a table finds silent changes of its source's objects."""
    silent = root.silent
    return silent if silent is None or cut is None or silent.of_parts else None


def _readings(
    stream: StripeStream, bookmarks: list[Bookmark], context: RunContext
) -> list[Reading | None]:
    """What must be read as a whole. An account's parts of a table have one version in the end."""
    moment = context.moment
    new = Reading(context.new_version(stream.name), moment.settled)
    if any(_must_read_again(stream, bookmark, moment) for bookmark in bookmarks):
        return [new] * len(bookmarks)
    version = max((bookmark.version or 0 for bookmark in bookmarks), default=0)
    reading = replace(new, version=version or new.version)
    return [None if bookmark.version == reading.version else reading for bookmark in bookmarks]


def _must_read_again(stream: StripeStream, bookmark: Bookmark, moment: Moment) -> bool:
    """Whether a table that was synced before can't go on from its bookmark."""
    if not bookmark.existed:
        return False
    name = stream.name
    if stream.replication_method == "FULL_TABLE":
        return True
    if bookmark.must_activate and bookmark.created is None:
        # A reading broke off before its first checkpoint. What has gone since, of the rows that it
        # left, no event is asked for: only a new version calls it off.
        return True
    if bookmark.start_date is not None and (
        moment.start is None or moment.start < to_epoch(bookmark.start_date)
    ):
        logger.warning("%s is read again from its beginning: start_date is earlier now", name)
        return True
    _warn_of_retention(stream, bookmark, moment)
    since = bookmark.changes_since
    if not (stream.events or stream.follows or stream.cuts) or since is None:
        return False
    if since >= moment.now - FEED_DAYS * DAY + READING:
        return False
    logger.warning(
        "%s is read again from its beginning: it was last in step at %s, and Stripe tells changes "
        "of the last %d days only",
        name,
        to_iso(since),
        FEED_DAYS,
    )
    return True


def _warn_of_retention(stream: StripeStream, bookmark: Bookmark, moment: Moment) -> None:
    if stream.retention_days is None or bookmark.created is None:
        return
    oldest = moment.now - stream.retention_days * DAY
    if bookmark.created < oldest:
        logger.warning(
            "%s from %s to %s are lost to the warehouse: Stripe lists the last %d days only",
            stream.name,
            to_iso(bookmark.created),
            to_iso(oldest),
            stream.retention_days,
        )
