"""The order of things: records wait in batches, versions for records, states for everything."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Mapping
from typing import IO, Any

from bulk_loaders.duck.table import Table
from bulk_loaders.lines import RecordLine, taken_apart

logger = logging.getLogger("target-duckdb")
_ROWS = 100_000
_BYTES = 128 * 1024 * 1024
"""What all tables together may hold in memory."""
_SECONDS = 60
"""After so long what waits is written, however little it is."""


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
        self._config = config
        self._output = output
        self._rows_at_most = int(config.get("batch_size_rows", _ROWS))
        self._tables: dict[str, Table] = {}
        self._bytes = 0
        """What waits in all tables."""
        self._activations: dict[str, int] = {}
        """The version to activate, by stream."""
        self._state: Any = None
        self._written = time.monotonic()

    def load(self, lines: Iterable[bytes]) -> None:
        """Load messages, a line each, to their end.

        Raises:
            ValueError: A message is not what it should be; what was written before stands.
        """
        for line in lines:
            match taken_apart(line):
                case RecordLine() as record:
                    self._add(record)
                case {"type": "SCHEMA", "stream": stream, "schema": _} as message:
                    self._declare(stream, message)
                case {"type": "STATE", "value": state}:
                    self._state = state
                    if time.monotonic() - self._written > _SECONDS:
                        self._write()
                case {"type": "ACTIVATE_VERSION", "stream": stream, "version": version}:
                    # Without a SCHEMA the table may not be there, or not have the columns.
                    self._table(stream, "version to activate")
                    self._activations[stream] = version
                case {"type": kind}:
                    raise ValueError(f"There is no message {kind} like this: {line[:200]!r}")
        self._write()

    def _declare(self, stream: str, message: dict[str, Any]) -> None:
        known = self._tables.get(stream)
        if known is not None and known.is_declared_by(message):
            return
        if known is not None:
            self._write()  # what waits for the table fits its old columns
        self._tables[stream] = Table(self._connection, self._config, message)

    def _add(self, record: RecordLine) -> None:
        table = self._table(record.stream, "record")
        table.add(record)
        self._bytes += len(record.record)
        if table.rows >= self._rows_at_most or self._bytes > _BYTES:
            self._write()

    def _table(self, stream: str, what: str) -> Table:
        try:
            return self._tables[stream]
        except KeyError:
            raise ValueError(f"{stream} has a {what} before a SCHEMA") from None

    def _write(self) -> None:
        """Write all that waits at once, then print the state that it brings about."""
        self._connection.begin()
        rows = sum(table.load() for table in self._tables.values())
        for stream, version in self._activations.items():
            flagged = self._tables[stream].call_off(version)
            logger.info("%d rows of %s were not read again and are flagged", flagged, stream)
        self._connection.commit()
        self._activations.clear()
        self._bytes = 0
        self._written = time.monotonic()
        if rows:
            logger.info("%d rows written", rows)
        if self._state is not None:
            self._output.write(json.dumps(self._state) + "\n")
            self._output.flush()
            self._state = None
