"""The order of things: records wait in batches, versions for records, states for everything.

DuckDB writes one batch while the next one comes in.
"""

from __future__ import annotations

import json
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any

from bulk_loaders.duck.table import Table, Waiting
from bulk_loaders.lines import RecordLine, taken_apart

logger = logging.getLogger("target-duckdb")
_ROWS = 100_000
_BYTES = 64 * 1024 * 1024
"""What may wait in all tables together; as much may be with DuckDB."""
_SECONDS = 60
"""After so long what waits is written, however little it is."""


@dataclass
class Batch:
    """What is written in one transaction."""

    waiting: defaultdict[str, Waiting] = field(default_factory=lambda: defaultdict(Waiting))
    """Records, by stream."""
    activations: dict[str, int] = field(default_factory=dict)
    """The version to activate, by stream."""
    state: Any = None
    """The last state that came."""


class Loader:
    """Loads Singer messages into a DuckDB file."""

    def __init__(self, connection: Any, config: Mapping[str, Any], output: IO[str]) -> None:
        """Nothing is read or written yet.

        Args:
            connection: The DuckDB connection.
            config: The settings of target-duckdb.
            output: Where states go once all before them is in the database.
        """
        self._connection = connection
        # While one core takes lines apart, DuckDB has another; two threads of its own get into each
        # other's way and take half as much again. A checkpoint after each batch would write the
        # tables' last rows again and again; what is committed is safe in its log.
        connection.execute("SET threads = 1; SET checkpoint_threshold = '256MB'")
        self._config = config
        self._output = output
        self._rows_at_most = int(config.get("batch_size_rows", _ROWS))
        self._tables: dict[str, Table] = {}
        self._batch = Batch()
        self._bytes = 0
        """What waits in all tables."""
        self._begun = time.monotonic()
        """When the batch began."""
        self._writer = ThreadPoolExecutor(1)
        self._being_written: Future[None] | None = None

    def load(self, lines: Iterable[bytes]) -> None:
        """Load messages, a line each, to their end.

        Raises:
            ValueError: A message is not what it should be; what was written before stands.
        """
        with self._writer:
            for line in lines:
                self._take(line)
            self._write()
            self._finish()

    def _take(self, line: bytes) -> None:
        match taken_apart(line):
            case RecordLine() as record:
                self._add(record)
            case {"type": "SCHEMA", "stream": stream, "schema": _} as message:
                self._declare(stream, message)
            case {"type": "STATE", "value": state}:
                self._batch.state = state
                if time.monotonic() - self._begun > _SECONDS:
                    self._write()
            case {"type": "ACTIVATE_VERSION", "stream": stream, "version": version}:
                # Without a SCHEMA the table may not be there, or not have the columns.
                self._table(stream, "version to activate")
                self._batch.activations[stream] = version
            case {"type": kind}:
                raise ValueError(f"There is no message {kind} like this: {line[:200]!r}")

    def _declare(self, stream: str, message: dict[str, Any]) -> None:
        known = self._tables.get(stream)
        if known is not None and known.is_declared_by(message):
            return
        if known is not None:
            self._write()  # what waits for the table fits its old columns
        self._finish()
        self._tables[stream] = Table(self._connection, self._config, message)

    def _add(self, record: RecordLine) -> None:
        self._table(record.stream, "record")
        waiting = self._batch.waiting[record.stream]
        waiting.add(record)
        self._bytes += len(record.record)
        if waiting.rows >= self._rows_at_most or self._bytes > _BYTES:
            self._write()

    def _table(self, stream: str, what: str) -> Table:
        try:
            return self._tables[stream]
        except KeyError:
            raise ValueError(f"{stream} has a {what} before a SCHEMA") from None

    def _write(self) -> None:
        """Have what waits written, as soon as what came before it is."""
        self._finish()
        self._being_written = self._writer.submit(self._write_batch, self._batch)
        self._batch, self._bytes, self._begun = Batch(), 0, time.monotonic()

    def _finish(self) -> None:
        """Wait until nothing is being written; raises what went wrong with it."""
        if self._being_written is not None:
            self._being_written.result()
            self._being_written = None

    def _write_batch(self, batch: Batch) -> None:
        """Write a batch at once, then print the state that it brings about."""
        self._connection.begin()
        for stream, waiting in batch.waiting.items():
            self._tables[stream].load(waiting)
        for stream, version in batch.activations.items():
            flagged = self._tables[stream].call_off(version)
            logger.info("%d rows of %s were not read again and are flagged", flagged, stream)
        self._connection.commit()
        if rows := sum(waiting.rows for waiting in batch.waiting.values()):
            logger.info("%d rows written", rows)
        if batch.state is not None:
            self._output.write(json.dumps(batch.state) + "\n")
            self._output.flush()
