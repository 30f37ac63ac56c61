"""One table: the records that wait for it, and how DuckDB takes them in."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from target_duckdb.db_sync import DbSync, column_type, safe_column_name

from bulk_loaders.lines import RecordLine

VERSION = "_sdc_table_version"
"""The version of its table that a row came with; null if it came with none."""
DELETED_AT = "_sdc_deleted_at"
"""When a row was called off, in UTC; null while it is not."""
_COLUMNS: Mapping[str, Any] = {
    VERSION: {"type": ["null", "integer"], "maximum": 2**63 - 1},
    DELETED_AT: {"type": ["null", "string"], "format": "date-time"},
}
"""The columns that every table gets, as JSON Schema."""
_READ_AS_TEXT = ("timestamp", "time", "hugeint")
"""Types whose values DuckDB's JSON reader would guess at; a cast takes them exactly."""
_LONGEST = 16 * 1024 * 1024
"""Bytes of a record that DuckDB reads unless told otherwise."""


class Waiting:
    """Records that wait for a table."""

    def __init__(self) -> None:
        """Nothing waits."""
        self.runs: list[tuple[int | None, list[bytes]]] = []
        """Records in the order of their coming, those of one version after the other together."""
        self.rows = 0
        """How many records wait."""

    def add(self, line: RecordLine) -> None:
        """Let a record wait."""
        if not self.runs or self.runs[-1][0] != line.version:
            self.runs.append((line.version, []))
        self.runs[-1][1].append(line.record)
        self.rows += 1


class Table:
    """A table of the warehouse, made or brought into line when declared."""

    def __init__(self, connection: Any, config: Mapping[str, Any], schema: dict[str, Any]) -> None:
        """Create the table, or add what its schema has gained.

        Args:
            connection: The DuckDB connection.
            config: The settings of target-duckdb.
            schema: The SCHEMA message. Where it has one of `_COLUMNS`, its own stays.

        Raises:
            ValueError: It names no key.
        """
        if not schema.get("key_properties"):
            raise ValueError(
                f"{schema['stream']} has no key_properties, so no row could be updated"
            )
        self._declaration = schema
        self._connection = connection
        self._temp_dir = config.get("temp_dir")
        properties = {**_COLUMNS, **schema["schema"].get("properties", {})}
        message = {**schema, "schema": {**schema["schema"], "properties": properties}}
        self._db = DbSync(connection, config, json.loads(json.dumps(message)))
        self._db.create_schema_if_not_exists()
        self._db.sync_table()
        self._name: str = self._db.table_name(schema["stream"])
        self._keys = [safe_column_name(key) for key in schema["key_properties"]]

    def is_declared_by(self, schema: Mapping[str, Any]) -> bool:
        """Whether a SCHEMA message says nothing new."""
        return self._declaration == schema

    def load(self, waiting: Waiting) -> None:
        """Write what waits; of records with one key the last counts."""
        for version, records in waiting.runs:
            self._load(version, records)

    def call_off(self, version: int) -> int:
        """Flag the rows of older versions that are not flagged yet. Returns how many."""
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        [(rows,)] = self._connection.execute(
            f'UPDATE {self._name} SET "{DELETED_AT}" = ? WHERE "{DELETED_AT}" IS NULL '  # noqa: S608
            f'AND ("{VERSION}" < ? OR "{VERSION}" IS NULL)',  # a row may be older than the column
            [now, version],
        ).fetchall()
        return int(rows)

    def _load(self, version: int | None, records: list[bytes]) -> None:
        keys, temp = ", ".join(self._keys), self._db.table_name("", is_temporary=True)
        execute = self._connection.execute
        with tempfile.TemporaryDirectory(dir=self._temp_dir) as folder:
            file = Path(folder) / "records.jsonl"
            file.write_bytes(b"\n".join((*records, b"")))
            longest = max(_LONGEST, 2 * max(map(len, records)))
            execute(f"CREATE TEMP TABLE {temp} AS {self._select(file, longest)}", [version])
        execute(
            f"DELETE FROM {temp} WHERE rowid NOT IN "  # noqa: S608
            f"(SELECT max(rowid) FROM {temp} GROUP BY {keys})"
        )
        # Most records of a first load are new, and an update that finds no row is not for nothing.
        known = f"SELECT 1 FROM {temp} SEMI JOIN {self._name} USING ({keys}) LIMIT 1"  # noqa: S608
        if execute(known).fetchone() and (update := self._db.update_from_temp_table(temp)):
            execute(update)
        execute(self._db.insert_from_temp_table(temp))
        execute(f"DROP TABLE {temp}")

    def _select(self, file: Path, longest: int) -> str:
        """The statement that reads records as rows of the table; `?` is their version."""
        types = {name: column_type(field) for name, field in self._db.flatten_schema.items()}
        read = {
            name: "varchar" if type_ in _READ_AS_TEXT else type_ for name, type_ in types.items()
        }
        columns = (
            f"?::{type_} AS {safe_column_name(name)}"
            if name == VERSION
            else f'CAST("{name}" AS {type_}) AS {safe_column_name(name)}'
            for name, type_ in types.items()
        )
        return (
            f"SELECT {', '.join(columns)} FROM read_json({_text(str(file))}, "  # noqa: S608
            f"columns={{{', '.join(f'{_text(n)}: {_text(t)}' for n, t in read.items())}}}, "
            f"format='newline_delimited', maximum_object_size={longest})"
        )


def _text(value: str) -> str:
    quoted = value.replace("'", "''")
    return f"'{quoted}'"
