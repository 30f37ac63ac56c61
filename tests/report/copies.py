"""Copies the marts from a DuckDB file into PostgreSQL, as dbt would have built them there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import psycopg
from psycopg import sql

SCHEMA = "stripe_marts"


def copy_marts(source: Path, dsn: str) -> None:
    """Copy every table of the schema, with its types and rows."""
    with (
        duckdb.connect(str(source), read_only=True) as marts,
        psycopg.connect(dsn) as copy,
        copy.cursor() as cursor,
    ):
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(SCHEMA)))
        tables = marts.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = ?", [SCHEMA]
        ).fetchall()
        for (table,) in tables:
            columns = marts.execute(f'DESCRIBE {SCHEMA}."{table}"').fetchall()
            target = sql.Identifier(SCHEMA, table)
            declared = sql.SQL(", ").join(
                sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
                for name, kind, *_ in columns
            )
            cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(target, declared))
            with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(target)) as rows:
                for row in marts.execute(f'FROM {SCHEMA}."{table}"').fetchall():
                    rows.write_row(row)
