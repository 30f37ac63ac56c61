"""A run: all sources of an account read at once, one thread writes.

Every source has a thread that plans and waits; the requests themselves, and the shaping and
encoding of what they bring, run in one pool. What is ready goes through a short queue to the
thread that called `execute`. It writes records, moves bookmarks and writes STATE, so a bookmark
never says more than what was written. When the reader of the output is slow the queue fills, and
the reading waits.

Of many accounts a few are at work at any time; when one is done, or given up, the next one begins.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from singer_sdk.singerlib.encoding.simple import ActivateVersionMessage

from tap_stripe.api import AccountLostError, AuthenticationError
from tap_stripe.sync.batch import Batch
from tap_stripe.sync.changed import fetch_changed
from tap_stripe.sync.checkpoints import STATE_AFTER_ROWS, Checkpoints
from tap_stripe.sync.failures import Failures
from tap_stripe.sync.new import read_new
from tap_stripe.sync.report import FAILED, Report

if TYPE_CHECKING:
    from tap_stripe.singer.messages import PageWriter
    from tap_stripe.singer.states import States
    from tap_stripe.sync.account import AccountSync
    from tap_stripe.sync.source import Source
    from tap_stripe.sync.table import Table

ACCOUNTS_AT_ONCE = 4
"""Accounts at work at any time: enough to keep all connections busy."""
QUEUED = 16
"""Batches that may wait to be written."""
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
        accounts: Iterable[AccountSync],
        states: States,
        writer: PageWriter,
        report: Report,
        stop: threading.Event,
        *,
        last_words: Callable[[], bytes] = bytes,
        state_after_rows: int = STATE_AFTER_ROWS,
    ) -> None:
        """Prepare; nothing is read yet.

        Args:
            accounts: What to read. Each is planned only when its turn comes.
            states: The accounts' states, which the sources' bookmarks are part of.
            writer: Where messages go.
            report: Counts.
            stop: Set when the process is to end.
            last_words: Makes the lines to be written before the last state, from the report.
            state_after_rows: How many records may be written before the state is written again.
        """
        self._waiting = iter(accounts)
        self._at_work: set[AccountSync] = set()
        self._states = states
        self._writer = writer
        self._report = report
        self._stop = stop
        self._last_words = last_words
        self._queue: queue.Queue[tuple[AccountSync, Source, Batch | Exception]] = queue.Queue(
            QUEUED
        )
        self._checkpoints = Checkpoints(states, writer, after_rows=state_after_rows)
        self._activated: dict[str, int] = {}
        self._failures = Failures()

    def execute(self) -> Failures:
        """Bring all tables up to date.

        Returns:
            What went wrong; nothing after a run that ended well.

        Raises:
            AuthenticationError: The key is refused; the state on the output is true.
            Stopped: The process was asked to end; likewise.
        """
        try:
            self._write_all()
        except BaseException as error:
            is_begun = next(self._waiting, None) is None
            self._report.break_off(str(error), everywhere=not is_begun)
            raise
        else:
            self._failures.conclude()
        finally:
            # No record at all, if there is none of Stripe's to be had: `meltano config test` takes
            # any record for a key that is good for something.
            if not self._failures.is_useless and (lines := self._last_words()):
                self._writer.write(lines)
            self._checkpoints.write()
        return self._failures

    # In the source's own thread

    def _read(self, account: AccountSync, source: Source) -> None:
        try:
            for batch in self._batches(account, source):
                if not self._hand_over(account, source, batch):
                    return
        except Exception as error:  # noqa: BLE001  (reported by the writing thread)
            self._hand_over(account, source, error)

    @staticmethod
    def _batches(account: AccountSync, source: Source) -> Iterator[Batch]:
        if source.name in account.feeds:
            yield from account.feeds[source.name].read()
            yield Batch(changed_up_to=source.moment.settled, complete=True)
            return
        yield from read_new(source)
        changes = account.feeds[source.root.feed].changes(source)
        yield from fetch_changed(source, changes)
        yield Batch(complete=True)

    def _hand_over(self, account: AccountSync, source: Source, result: Batch | Exception) -> bool:
        """Put a result into the queue; whether anybody still wants more."""
        while not self._stop.is_set() and account.unfinished:
            try:
                self._queue.put((account, source, result), timeout=_TICK)
            except queue.Full:
                continue
            return True
        return False

    # In the writing thread

    def _write_all(self) -> None:
        self._begin_accounts()
        while self._at_work:
            if self._stop.is_set():
                raise Stopped
            self._report.progress()
            try:
                account, source, result = self._queue.get(timeout=_TICK)
            except queue.Empty:
                self._checkpoints.write_if_due()
                continue
            if account in self._at_work:  # else it was given up meanwhile
                self._take(account, source, result)
                self._begin_accounts()

    def _begin_accounts(self) -> None:
        """Set as many accounts to work as may be."""
        while len(self._at_work) < ACCOUNTS_AT_ONCE:
            account = next(self._waiting, None)
            if account is None:
                return
            self._at_work.add(account)
            self._report.expect(account)
            for source in account.sources:
                for table in source.tables:
                    self._activated.setdefault(table.name, self._states.oldest_version(table.name))
            for source in account.sources:
                threading.Thread(target=self._read, args=(account, source), daemon=True).start()
            if not account.sources:
                self._end(account)

    def _take(self, account: AccountSync, source: Source, result: Batch | Exception) -> None:
        """Do what a source's result asks for."""
        if isinstance(result, Batch):
            self._write(source, result)
            if not result.complete:
                return
            self._complete(source)
        elif isinstance(result, AccountLostError) and account.connected is not None:
            self._lose(account, result)
            return
        else:
            self._fail(account, source, result)
        account.unfinished.discard(source.name)
        if not account.unfinished:
            self._end(account)

    def _end(self, account: AccountSync) -> None:
        """An account is done with."""
        account.unfinished.clear()
        self._at_work.discard(account)
        if account.connected is not None:
            self._states.put_back(account.connected)
        self._checkpoints.count()
        self._checkpoints.write_if_due()

    def _write(self, source: Source, batch: Batch) -> None:
        """Write a batch, then say so in the bookmarks."""
        if batch.lines:
            lines = b"".join(batch.lines)
            self._writer.write(lines)
            self._checkpoints.count(batch.size, len(lines))
        self._report.count(batch)
        for table in source.tables:
            table.begin()
            if batch.created_up_to is not None:
                table.bookmark.created_up_to(batch.created_up_to)
            if batch.changed_up_to is not None:
                table.bookmark.changed_up_to(batch.changed_up_to)
            table.note_open(batch.marks, complete=batch.complete)
        self._checkpoints.write_if_due()

    def _complete(self, source: Source) -> None:
        """A source's tables are up to date; call off the rows that a new reading did not bring."""
        for table in source.tables:
            table.note_refused(source.completer.refused(table.cut))
            if table.bookmark.must_activate and not table.bookmark.hides:
                table.bookmark.activated()
                self._activate(table)
        self._failures.read(source)
        self._report.finish(source)

    def _activate(self, table: Table) -> None:
        """Call off the rows of a table that are older than what every account's rows have reached.

        Loaders apply it to the whole table, so it has to wait for all accounts and all lists that
        fill the table.
        """
        version = self._states.oldest_version(table.name)
        if version <= self._activated[table.name] or not table.stream.calls_off:
            return
        self._activated[table.name] = version
        for stream_map in table.stream.stream_maps:
            message = ActivateVersionMessage(stream=stream_map.stream_alias, version=version)
            self._writer.write_message(message)

    def _lose(self, account: AccountSync, error: AccountLostError) -> None:
        """A connected account can't be reached; the others go on."""
        line = self._failures.lose(account, error)
        for source in account.sources:
            if source.name in account.unfinished:
                self._report.finish(source, FAILED, line)
        self._end(account)

    def _fail(self, account: AccountSync, source: Source, error: Exception) -> None:
        """A source gave up; the others go on, unless the key itself is refused."""
        if isinstance(error, AuthenticationError):
            raise error
        outcome = self._failures.give_up(account, source, error)
        self._report.finish(source, outcome, str(error))
