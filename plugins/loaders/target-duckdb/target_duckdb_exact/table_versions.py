"""Tables that are read anew: the message ACTIVATE_VERSION, which the loader ignores.

A tap that reads a table anew sends its records with a new version and then ACTIVATE_VERSION: rows
of older versions are called off. As with other targets, they stay and get the time in a column.

The loader reads one message after the other and asks for the next when it is done with one. So
all that is needed is done to the messages on their way in, and between them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from target_duckdb import DbSync

from target_duckdb_exact.versioned_messages import (
    DELETED_AT,
    VERSION,
    decoded,
    spliced,
    with_columns,
    with_version,
)

logger = logging.getLogger(__name__)


class TableVersions:
    """The versions of the tables of one load."""

    def __init__(self, connection: Any, config: Mapping[str, Any]) -> None:
        """Nothing is read or written yet.

        Args:
            connection: The DuckDB connection that the loader writes with.
            config: The loader's settings.
        """
        self._connection = connection
        self._config = config
        self._schemas: dict[str, str] = {}
        """The last SCHEMA line that the loader got, by stream."""
        self._waiting: dict[str, int] = {}
        """The version to activate, by stream."""

    def kept(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines that the loader is to read in the place of `lines`, a message each.

        An activation waits for the next STATE, because each makes the loader write all that it
        holds and a tap often completes several tables at once. It is done before the loader sees
        that STATE, so whoever finds the state printed finds the rows called off.

        Raises:
            ValueError: A line is not a message, or a version comes before the stream's SCHEMA.
        """
        for line in lines:
            record = spliced(line)
            if record is not None:
                yield record
                continue
            match decoded(line):
                case {"type": "RECORD"} as message:
                    yield json.dumps(with_version(message))
                case {"type": "SCHEMA", "stream": stream} as message:
                    self._schemas[stream] = json.dumps(with_columns(message))
                    yield self._schemas[stream]
                case {"type": "ACTIVATE_VERSION"} as message:
                    self._wait(message["stream"], message["version"])
                case {"type": "STATE"}:
                    yield from self._activate()
                    yield line
                case _:
                    yield line
        yield from self._activate()

    def _wait(self, stream: str, version: int) -> None:
        # Without it the table may not be there, or not have the columns.
        if stream not in self._schemas:
            raise ValueError(f"{stream} has a version to activate before a SCHEMA")
        self._waiting[stream] = version

    def _activate(self) -> Iterator[str]:
        """Have the loader write what it holds, then call off the rows of older versions."""
        for stream in self._waiting:
            # At a further SCHEMA the loader writes all streams if it holds records of this one.
            yield self._schemas[stream]
        for stream, version in self._waiting.items():
            self._call_off(stream, version)
        self._waiting.clear()

    def _call_off(self, stream: str, version: int) -> None:
        schema = {"stream": stream, "schema": {}, "key_properties": []}
        table = DbSync(self._connection, self._config, schema).table_name(stream)
        [(rows,)] = self._connection.execute(
            f'UPDATE {table} SET "{DELETED_AT}" = ? WHERE "{DELETED_AT}" IS NULL '  # noqa: S608
            f'AND ("{VERSION}" < ? OR "{VERSION}" IS NULL)',  # a row may be older than the column
            [datetime.now(timezone.utc).replace(tzinfo=None), version],
        ).fetchall()
        logger.info("%d rows of %s were not read again and are flagged", rows, table)
