"""What is in the warehouse, asked from the warehouse itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

SCHEMA = "stripe"
DELETED_AT = "_sdc_deleted_at"


@dataclass(frozen=True)
class TableCount:
    """How many rows a table has."""

    live: int
    deleted: int
    """Rows of objects that Stripe no longer has, flagged with `_sdc_deleted_at`."""


def count_rows(path: Path) -> dict[str, TableCount]:
    """Rows of each table in the DuckDB file, by the table's name."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "SELECT table_name, list_contains(list(column_name), ?) FROM duckdb_columns() "
            "WHERE schema_name = ? GROUP BY table_name ORDER BY table_name",
            [DELETED_AT, SCHEMA],
        ).fetchall()
        return {
            name: _count(connection, name, DELETED_AT if has_deletions else "NULL")
            for name, has_deletions in tables
        }


def _count(connection: duckdb.DuckDBPyConnection, table: str, deleted_at: str) -> TableCount:
    query = f'SELECT count(*), count({deleted_at}) FROM "{SCHEMA}"."{table}"'  # noqa: S608
    [(rows, deleted)] = connection.execute(query).fetchall()
    return TableCount(live=rows - deleted, deleted=deleted)
