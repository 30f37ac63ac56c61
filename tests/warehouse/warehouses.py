"""The two warehouses behind one face: load Singer messages, read the tables back, compare."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import duckdb
import psycopg
from psycopg import sql

from tests.warehouse.loaders import SCHEMA, State, run_target_duckdb, run_target_postgres

Row = dict[str, Any]
Table = dict[tuple[Any, ...], Row]

DELETED_AT = "_sdc_deleted_at"


class Warehouse(Protocol):
    """A database that a loader fills."""

    def load(self, messages: bytes, **settings: Any) -> State | None:
        """Run the loader over Singer messages; returns the last state that it printed."""

    def tables(self) -> list[str]:
        """Names of the tables, sorted."""

    def read_all(self, keys: Mapping[str, Sequence[str]]) -> dict[str, Table]:
        """The rows of several tables, each by the values of its key columns.

        Rows read alike from every warehouse: moments are aware UTC datetimes, JSON and arrays are
        Python values, numbers are int or float, the empty string is None (target-duckdb can't tell
        them apart), and of the `_sdc_` columns only `_sdc_deleted_at` is there, on every row.
        """

    def read(self, table: str, *key: str) -> Table:
        """The rows of one table by its `key` columns (`id` if none is named); see `read_all`."""
        return self.read_all({table: key or ("id",)})[table]


@dataclass(frozen=True)
class DuckDB(Warehouse):
    """A DuckDB file, filled by target-duckdb."""

    path: Path

    def load(self, messages: bytes, **settings: Any) -> State | None:
        return run_target_duckdb(messages, self.path, **settings)

    def tables(self) -> list[str]:
        query = "SELECT table_name FROM duckdb_tables() WHERE schema_name = ? ORDER BY 1"
        with duckdb.connect(str(self.path), read_only=True) as connection:
            return [name for (name,) in connection.execute(query, [SCHEMA]).fetchall()]

    def read_all(self, keys: Mapping[str, Sequence[str]]) -> dict[str, Table]:
        with duckdb.connect(str(self.path), read_only=True) as connection:
            return {
                table: keyed(rows_of(connection.table(f'"{SCHEMA}"."{table}"')), key)
                for table, key in keys.items()
            }


def rows_of(relation: duckdb.DuckDBPyRelation) -> list[Row]:
    """The rows of a relation, JSON as Python values."""
    names, types = relation.columns, relation.types
    return [
        {
            name: json.loads(value) if value is not None and type_ == "JSON" else value
            for name, type_, value in zip(names, types, values, strict=True)
        }
        for values in relation.fetchall()
    ]


@dataclass(frozen=True)
class Postgres(Warehouse):
    """A PostgreSQL database, filled by target-postgres."""

    dsn: str

    def load(self, messages: bytes, **settings: Any) -> State | None:
        return run_target_postgres(messages, self.dsn, **settings)

    def tables(self) -> list[str]:
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = %s"
        with psycopg.connect(self.dsn) as connection:
            return sorted(name for (name,) in connection.execute(query, [SCHEMA]))

    def read_all(self, keys: Mapping[str, Sequence[str]]) -> dict[str, Table]:
        with psycopg.connect(self.dsn) as connection:
            cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
            return {
                table: keyed(
                    cursor.execute(
                        sql.SQL("SELECT * FROM {}").format(sql.Identifier(SCHEMA, table))
                    ).fetchall(),
                    key,
                )
                for table, key in keys.items()
            }


def keyed(rows: list[Row], key: Sequence[str]) -> Table:
    """Rows in the common form, by key. Raises AssertionError when two rows have the same key."""
    table = {
        tuple(row[column] for column in key): {
            DELETED_AT: None,
            **{
                name: plain(value)
                for name, value in row.items()
                if name == DELETED_AT or not name.startswith("_sdc_")
            },
        }
        for row in rows
    }
    assert len(table) == len(rows), f"{len(rows) - len(table)} rows repeat a key"
    return table


def plain(value: Any) -> Any:
    """A column's value in the form that all warehouses share; see `Warehouse.read`."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value
    if isinstance(value, Decimal):
        return float(value)
    return None if value == "" else value
