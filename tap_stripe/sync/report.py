"""What a run tells: a line every few seconds, a summary at the end."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tap_stripe.sync.batch import CHANGED, DELETED, NEW
from tap_stripe.times import to_iso

if TYPE_CHECKING:
    from tap_stripe.api import Meter
    from tap_stripe.sync.batch import Batch
    from tap_stripe.sync.source import Source

logger = logging.getLogger("tap-stripe")
EVERY = 5.0
"""Seconds between progress lines."""
MOST_TOLD = 20
"""Failures that the last line names; all of them are in the log."""
OK, SKIPPED, FAILED = "ok", "skipped", "failed"


@dataclass
class Failures:
    """What went wrong in a run, a line each."""

    tables: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    """Of connected accounts that could not be reached."""

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.tables or self.accounts)

    def __str__(self) -> str:
        """All in one line, and of very many the first ones."""
        told = []
        for what, lines in (("tables", self.tables), ("accounts", self.accounts)):
            if lines:
                more = len(lines) - MOST_TOLD
                shown = [*lines[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]
                told.append(f"{len(lines)} of the {what} are not up to date: " + "; ".join(shown))
        return ". ".join(told)


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
    message: str | None = None


@dataclass
class Report:
    """Counts what a run sends and asks."""

    meter: Meter
    tables: dict[str, TableReport] = field(default_factory=dict)
    rows: int = 0
    _began: float = field(default_factory=time.monotonic)
    _told: float = field(default_factory=time.monotonic)
    _told_rows: int = 0
    _told_requests: int = 0

    def expect(self, source: Source) -> None:
        """Make a place for each table of a source."""
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

    def finish(self, source: Source, outcome: str = OK, message: str | None = None) -> None:
        """Note how a source ended.

        Where a table has several sources, the worst outcome stands.
        """
        worse = [OK, SKIPPED, FAILED]
        for position, table in enumerate(source.tables):
            report = self.tables[table.name]
            report.seconds = max(report.seconds, time.monotonic() - self._began)
            report.requests += 0 if position else source.meter.requests
            if worse.index(outcome) > worse.index(report.outcome):
                report.outcome, report.message = outcome, message

    def progress(self, running: list[str]) -> None:
        """Log a line if the last one is a while ago.

        Args:
            running: Names of the sources still at work.
        """
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
            ", ".join(running),
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
                table.outcome if table.message is None else f"{table.outcome}: {table.message}",
            )
        logger.info(
            "%s rows, %s requests (%d of them tries after a failure), %.1f s",
            f"{self.rows:,}",
            f"{self.meter.requests:,}",
            self.meter.retries,
            time.monotonic() - self._began,
        )

    def save(self, path: str, now: int, account: str | None) -> None:
        """Write the summary as JSON.

        Args:
            path: The file to write.
            now: The run's time, by Stripe's clock.
            account: The account's id, if known.
        """
        summary: dict[str, Any] = {
            "account": account,
            "started": to_iso(now),
            "seconds": round(time.monotonic() - self._began, 3),
            "rows": self.rows,
            "requests": self.meter.requests,
            "retries": self.meter.retries,
            "tables": {name: asdict(table) for name, table in sorted(self.tables.items())},
        }
        Path(path).write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
