"""What a run tells: a line every few seconds, and in the end how each table fared."""

from __future__ import annotations

import logging
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tap_stripe.sync.batch import CHANGED, DELETED, NEW

if TYPE_CHECKING:
    from tap_stripe.api import Meter
    from tap_stripe.sync.account import AccountSync
    from tap_stripe.sync.batch import Batch
    from tap_stripe.sync.source import Source

logger = logging.getLogger("tap-stripe")
EVERY = 5.0
"""Seconds between progress lines."""
RUNNING, STOPPED = "running", "stopped"
OK, SKIPPED, UNFINISHED, FAILED = "ok", "skipped", "unfinished", "failed"
_FROM_BAD_TO_WORSE = (OK, SKIPPED, UNFINISHED, FAILED)


@dataclass
class TableReport:
    """How one table fared."""

    new: int = 0
    changed: int = 0
    deleted: int = 0
    requests: int = 0
    """Requests of the list that fills the table; counted once, at the list's first table."""
    seconds: float = 0.0
    outcome: str = OK
    """`ok`, `skipped` (the key may not read it, or the product is off), `unfinished` (the run
    ended before) or `failed`; it stands when the table's last source has come to its end."""
    error: str | None = None
    """Why it is not `ok`, in Stripe's words."""

    def get_worse(self, outcome: str, error: str | None) -> None:
        """Take over an outcome that is worse than what stands."""
        if _FROM_BAD_TO_WORSE.index(outcome) > _FROM_BAD_TO_WORSE.index(self.outcome):
            self.outcome, self.error = outcome, error


@dataclass
class Report:
    """Counts what a run sends and asks."""

    meter: Meter
    run_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    started: int | None = None
    """The run's time by Stripe's clock, in seconds since the epoch; None until Stripe answered."""
    account: str | None = None
    """The id of the key's own account, once it is known."""
    livemode: bool | None = None
    """The key's mode; None where it doesn't show."""
    outcome: str = RUNNING
    """`running`, and in the end `ok`, `failed` or `stopped` by a signal."""
    error: str | None = None
    """Why the run did not end well."""
    tables: dict[str, TableReport] = field(default_factory=dict)
    rows: int = 0
    _at_work: dict[Source, str] = field(default_factory=dict)
    """Sources by name; with many accounts at work, several may be of one list."""
    _until: dict[str, list[int | None]] = field(default_factory=dict)
    """Up to when a table holds everything, for each source and account that fills it."""
    _began: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)
    _told_rows: int = 0
    _told_requests: int = 0

    @property
    def seconds(self) -> float:
        """How long the run has taken until now."""
        return time.monotonic() - self._began

    def synced_until(self, table: str) -> int | None:
        """Up to when a table holds everything, in seconds since the epoch; None: up to no time."""
        times = self._until.get(table, [])
        known = [time for time in times if time is not None]
        return min(known) if known and len(known) == len(times) else None

    def expect(self, account: AccountSync) -> None:
        """Make a place for each table of an account, whose sources are at work from now on."""
        for source in account.sources:
            self._at_work[source] = account.named(source.name)
            for table in source.tables:
                self.tables.setdefault(table.name, TableReport())

    def count(self, batch: Batch) -> None:
        """Count what was written."""
        self.rows += batch.size
        for (name, kind), number in batch.counts.items():
            table = self.tables[name]
            table.new += number if kind == NEW else 0
            table.changed += number if kind == CHANGED else 0
            table.deleted += number if kind == DELETED else 0

    def finish(self, source: Source, outcome: str = OK, error: str | None = None) -> None:
        """Note how a source ended.

        Where a table has several sources, the worst outcome stands.
        """
        del self._at_work[source]
        for position, table in enumerate(source.tables):
            report = self.tables[table.name]
            report.seconds = max(report.seconds, self.seconds)
            report.requests += 0 if position else source.meter.requests
            until = table.synced_until(complete=outcome == OK)
            self._until.setdefault(table.name, []).append(until)
            report.get_worse(outcome, error)

    def break_off(self, why: str, *, everywhere: bool = False) -> None:
        """Note that the run ends before the sources still at work have.

        Args:
            why: What ended it.
            everywhere: Whether there are accounts whose turn has not come.
        """
        for source in list(self._at_work):
            self.finish(source, UNFINISHED, why)
        for name, table in self.tables.items() if everywhere else ():
            table.get_worse(UNFINISHED, why)
            self._until.setdefault(name, []).append(None)

    def end(self, outcome: str, error: str | None = None) -> None:
        """Note how the run as a whole ended."""
        self.outcome, self.error = outcome, error

    def progress(self) -> None:
        """Log a line if the last one is a while ago."""
        now = time.monotonic()
        elapsed = now - self._told
        if elapsed < EVERY:
            return
        rows, requests = self.rows - self._told_rows, self.meter.requests - self._told_requests
        self._told, self._told_rows, self._told_requests = now, self.rows, self.meter.requests
        logger.info(
            "%s rows (%d/s), %s requests (%d/s), waited %d s for the rate limit; at work: %s",
            f"{self.rows:,}",
            rows / elapsed,
            f"{self.meter.requests:,}",
            requests / elapsed,
            self.meter.waited,
            ", ".join(sorted(self._at_work.values())),
        )

    def summarize(self) -> None:
        """Log how each table fared, and the whole run."""
        for name, table in sorted(self.tables.items()):
            logger.info(
                "%-32s %7d new %7d changed %6d deleted %6d requests %7.1f s  %s",
                name,
                table.new,
                table.changed,
                table.deleted,
                table.requests,
                table.seconds,
                table.outcome if table.error is None else f"{table.outcome}: {table.error}",
            )
        logger.info(
            "%s rows, %s requests (%d of them tries after a failure), %.1f s",
            f"{self.rows:,}",
            f"{self.meter.requests:,}",
            self.meter.retries,
            self.seconds,
        )
