"""The sink: PostgreSQL takes records apart, by the types of the columns that they go to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import sqlalchemy
from sqlalchemy.engine import Connection
from target_postgres.sinks import PostgresSink

from bulk_loaders.lines import RecordLine

_UNREAD = "unread"
"""The place in a batch for records that were not decoded."""
_RAW = "raw_records"
_COPY = (
    f"COPY {_RAW} (record, version, extracted) FROM STDIN "
    r"(FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')"
)
"""JSON holds no control characters, so with such marks nothing in it has to be escaped."""


class BulkSink(PostgresSink):
    """Loads the records of one table."""

    def take(self, line: RecordLine) -> None:
        """Let a record wait for the next batch."""
        batch = self._get_context({})
        batch.setdefault(_UNREAD, []).append(line)
        self.tally_record_read()
        self.record_counter_metric.increment()

    def process_batch(self, context: dict[str, Any]) -> None:
        """Write a batch; of records with one key the last counts.

        Args:
            context: The batch.
        """
        lines: list[RecordLine] | None = context.get(_UNREAD)
        if not lines:
            super().process_batch(context)
            return
        with self.connector._connect() as connection, connection.begin():  # noqa: SLF001
            table = self.connector.prepare_table(
                full_table_name=self.full_table_name,
                schema=self.schema,
                primary_keys=self.key_properties,
                as_temp_table=False,
                connection=connection,
            )
            temp = self.connector.copy_table_structure(
                full_table_name=self.temp_table_name,
                from_table=table,
                as_temp_table=True,
                connection=connection,
            )
            self._copy(lines, connection)
            self._spread(temp, connection)
            self.upsert(temp, table, self.schema, self.key_properties, connection)
            self.connector.drop_table(table=temp, connection=connection)

    def upsert(
        self,
        from_table: sqlalchemy.Table,
        to_table: sqlalchemy.Table,
        schema: dict[str, Any],
        join_keys: Any,
        connection: Connection,
    ) -> int | None:
        """Merge one table into another.

        Unlike target-postgres's own, it updates before it inserts: the other way round every new
        row is written twice.

        Args:
            from_table: The new rows.
            to_table: The table that gets them.
            schema: JSON Schema of the stream.
            join_keys: Columns that tell which rows are the same.
            connection: The database connection.
        """
        if self.append_only:
            return super().upsert(from_table, to_table, schema, join_keys, connection)
        same = sqlalchemy.and_(*(from_table.c[key] == to_table.c[key] for key in join_keys))
        changed = {to_table.c[name]: from_table.c[name] for name in schema["properties"]}
        connection.execute(sqlalchemy.update(to_table).where(same).values(changed))
        new = sqlalchemy.select(from_table).where(~sqlalchemy.exists().where(same))
        connection.execute(to_table.insert().from_select(list(from_table.c), new))
        return None

    def _copy(self, lines: list[RecordLine], connection: Connection) -> None:
        """Bring the records into the database, one JSON value each."""
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE {_RAW} (place bigint GENERATED ALWAYS AS IDENTITY, "
            "record json, version bigint, extracted timestamp) ON COMMIT DROP"
        )
        with connection.connection.cursor().copy(_COPY) as copy:
            for row in _rows(lines):
                copy.write(row)

    def _spread(self, temp: sqlalchemy.Table, connection: Connection) -> None:
        """Make rows of them."""
        preparer = connection.dialect.identifier_preparer

        def quoted(name: str) -> str:
            return preparer.quote(name).replace("%", "%%")

        told = {
            "_sdc_extracted_at": "raw.extracted",
            "_sdc_table_version": "raw.version",
            "_sdc_received_at": "%(now)s",
            "_sdc_batched_at": "%(now)s",
            "_sdc_sequence": "%(sequence)s",
            "_sdc_sync_started_at": "%(started)s",
        }
        names = list(self.schema["properties"])
        columns, target = ", ".join(map(quoted, names)), quoted(temp.name)
        values = ", ".join(told.get(name, f"rec.{quoted(name)}") for name in names)
        keys = ", ".join(map(quoted, self.key_properties))
        keep_last = "" if self.append_only else f"ON CONFLICT ({keys}) DO NOTHING"
        connection.exec_driver_sql(
            f"INSERT INTO {target} ({columns}) "  # noqa: S608
            f"SELECT {values} FROM (SELECT * FROM {_RAW} ORDER BY place DESC) AS raw, "
            f"json_populate_record(CAST(NULL AS {target}), raw.record) AS rec {keep_last}",
            {
                "now": datetime.now(timezone.utc).replace(tzinfo=None),
                "sequence": round(time.time() * 1000),
                "started": self.sync_started_at,
            },
        )


def _rows(lines: list[RecordLine]) -> Iterator[bytes]:
    for _, record, version, extracted in lines:
        yield b"%b\x02%b\x02%b\n" % (
            record,
            b"" if version is None else b"%d" % version,
            b"" if extracted is None else extracted.encode(),
        )
