"""A run: all sources read at once, one thread writes.

Every source has a thread that plans and waits; the requests themselves, and the shaping and
encoding of what they bring, run in one pool. What is ready goes through a short queue to the
thread that called `execute`. It writes records, moves bookmarks and writes STATE, so a bookmark
never says more than what was written. When the reader of the output is slow the queue fills, and
the reading waits.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from singer_sdk.singerlib.encoding.simple import ActivateVersionMessage, StateMessage

from tap_stripe.api import (
    AccessDeniedError,
    AuthenticationError,
    ProductInactiveError,
    StripeError,
)
from tap_stripe.sync.batch import Batch
from tap_stripe.sync.changed import fetch_changed
from tap_stripe.sync.new import read_new
from tap_stripe.sync.report import FAILED, SKIPPED, Report

if TYPE_CHECKING:
    from tap_stripe.singer.messages import PageWriter
    from tap_stripe.sync.feed import Feed
    from tap_stripe.sync.source import Source

logger = logging.getLogger("tap-stripe")
QUEUED = 16
"""Batches that may wait to be written."""
STATE_AFTER_ROWS = 1_000
STATE_AFTER_SECONDS = 1.0
_TICK = 0.2


class Stopped(BaseException):
    """The process was asked to end (SIGTERM, SIGINT)."""

    def __str__(self) -> str:
        """What becomes of the run."""
        return "Stopped by a signal; the next run goes on from the state written"


class Run:
    """One sync of all selected tables."""

    def __init__(
        self,
        sources: list[Source],
        feeds: Mapping[str, Feed],
        state: dict[str, Any],
        writer: PageWriter,
        report: Report,
        stop: threading.Event,
        *,
        last_words: Callable[[], bytes] = bytes,
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            sources: What to read.
            feeds: Where changes come from, by the name of the stream.
            state: The tap's state, which the sources' bookmarks are part of.
            writer: Where messages go.
            report: Counts.
            stop: Set when the process is to end.
            last_words: Makes the lines to be written before the last state, from the report.
        """
        self._sources = sources
        self._feeds = feeds
        self._state = state
        self._writer = writer
        self._report = report
        self._stop = stop
        self._last_words = last_words
        self._queue: queue.Queue[tuple[Source, Batch | Exception]] = queue.Queue(QUEUED)
        self._rows_since_state = 0
        self._state_written = time.monotonic()
        self._failures: list[str] = []

    def execute(self) -> list[str]:
        """Bring all tables up to date.

        Returns:
            What went wrong, a line each; empty after a run that ended well.

        Raises:
            AuthenticationError: The key is refused; the state on the output is true.
            Stopped: The process was asked to end; likewise.
        """
        self._report.expect(self._sources)
        for source in self._sources:
            work = threading.Thread(target=self._read, args=(source,), daemon=True)
            work.start()
        try:
            self._write_all()
        except BaseException as error:
            self._report.break_off(str(error))
            raise
        finally:
            if lines := self._last_words():
                self._writer.write(lines)
            self._write_state()
        return self._failures

    # In the source's own thread

    def _read(self, source: Source) -> None:
        try:
            for batch in self._batches(source):
                self._hand_over(source, batch)
        except Exception as error:  # noqa: BLE001  (reported by the writing thread)
            self._hand_over(source, error)

    def _batches(self, source: Source) -> Iterator[Batch]:
        if source.name in self._feeds:
            yield from self._feeds[source.name].read()
            yield Batch(changed_up_to=source.moment.settled, complete=True)
            return
        yield from read_new(source)
        changes = self._feeds[source.root.feed].changes(source)
        yield from fetch_changed(source, changes)
        yield Batch(complete=True)

    def _hand_over(self, source: Source, result: Batch | Exception) -> None:
        while not self._stop.is_set():
            try:
                self._queue.put((source, result), timeout=_TICK)
            except queue.Full:
                continue
            return

    # In the writing thread

    def _write_all(self) -> None:
        running = {source.name for source in self._sources}
        while running:
            if self._stop.is_set():
                raise Stopped
            self._report.progress()
            try:
                source, result = self._queue.get(timeout=_TICK)
            except queue.Empty:
                self._write_state_if_due()
                continue
            if isinstance(result, Batch):
                self._write(source, result)
                if not result.complete:
                    continue
                self._complete(source)
            else:
                self._fail(source, result)
            running.remove(source.name)

    def _write(self, source: Source, batch: Batch) -> None:
        """Write a batch, then say so in the bookmarks."""
        if batch.lines:
            self._writer.write(b"".join(batch.lines))
        self._report.count(batch)
        for table in source.tables:
            table.begin()
            if batch.created_up_to is not None:
                table.bookmark.created_up_to(batch.created_up_to)
            if batch.changed_up_to is not None:
                table.bookmark.changed_up_to(batch.changed_up_to)
            table.note_open(batch.marks, complete=batch.complete)
        self._rows_since_state += batch.size
        self._write_state_if_due()

    def _complete(self, source: Source) -> None:
        """A source's tables are up to date; call off the rows that a new reading did not bring."""
        self._report.finish(source)
        for table in source.tables:
            if not table.bookmark.must_activate:
                continue
            table.bookmark.activated()
            parts = [t.bookmark for s in self._sources for t in s.tables if t.name == table.name]
            is_read = all(p.version == table.version and not p.must_activate for p in parts)
            if is_read and table.stream.calls_off:
                for stream_map in table.stream.stream_maps:
                    alias = stream_map.stream_alias
                    message = ActivateVersionMessage(stream=alias, version=table.version)
                    self._writer.write_message(message)

    def _fail(self, source: Source, error: Exception) -> None:
        """A source gave up; the others go on, unless the key itself is refused."""
        if isinstance(error, AuthenticationError):
            raise error
        names = ", ".join(table.name for table in source.tables) or source.name
        if isinstance(error, (AccessDeniedError, ProductInactiveError)):
            line = f"{names} skipped: {error}"
            needed = source.permissions
            if needed and not any(permission in error.message for permission in needed):
                line += f"; a restricted key needs {', '.join(needed)}"
            synced_before = any(table.bookmark.existed for table in source.tables)
            self._report.finish(source, SKIPPED, str(error))
        else:
            line = f"{names} failed: {error}"
            synced_before = True
            self._report.finish(source, FAILED, str(error))
        unexpected = None if isinstance(error, StripeError) else error
        logger.error(line, exc_info=unexpected) if synced_before else logger.warning(line)
        if synced_before:
            self._failures.append(line)

    def _write_state_if_due(self) -> None:
        due = time.monotonic() - self._state_written >= STATE_AFTER_SECONDS
        if self._rows_since_state >= STATE_AFTER_ROWS or (due and self._rows_since_state):
            self._write_state()

    def _write_state(self) -> None:
        self._writer.write_message(StateMessage(value=self._state))
        self._rows_since_state = 0
        self._state_written = time.monotonic()
