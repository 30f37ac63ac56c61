"""The database of the marts: a DuckDB file or a PostgreSQL server, asked in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb
import psycopg
from psycopg.conninfo import conninfo_to_dict

from stripe_report.errors import ReportError

Row = Mapping[str, Any]
BUILD_FIRST = "build the marts first: meltano run dbt-duckdb:build, or dbt-postgres:build"
POSTGRES = re.compile(r"^postgres(ql)?(\+\w+)?://")
"""Addresses as PostgreSQL writes them, and as SQLAlchemy does for the loader."""
BATCH = 10_000
"""Rows that are held in memory when a whole mart is read."""


class Cursor(Protocol):
    """What both databases' cursors can do (PEP 249)."""

    @property
    def description(self) -> Any:
        """A sequence for each column of the answer, its name first."""

    def execute(self, query: Any, /) -> Any:
        """Ask."""

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next rows of the answer, none at its end."""


class Warehouse:
    """The marts, which lie in one schema; queries name them without it."""

    def __init__(self, cursor: Cursor, schema: str) -> None:
        if not re.fullmatch(r"[A-Za-z_]\w*", schema):
            raise ReportError(f"{schema!r} is not the name of a schema")
        self._cursor = cursor
        self._schema = schema

    def require(self, names: set[str]) -> None:
        """Ask from the schema from now on. Raises ReportError unless it has these tables."""
        found = self.rows(
            "SELECT table_name FROM information_schema.tables "  # noqa: S608
            f"WHERE table_schema = '{self._schema}'"
        )
        if missing := names - {row["table_name"] for row in found}:
            listed = ", ".join(sorted(missing))
            raise ReportError(f"schema {self._schema} lacks {listed}; {BUILD_FIRST}")
        self._cursor.execute(f"SET search_path = '{self._schema}'")

    def rows(self, query: str) -> list[Row]:
        """The answer as a whole, a mapping from column to value for each row."""
        names, batches = self.read(query)
        return [dict(zip(names, row, strict=True)) for batch in batches for row in batch]

    def read(self, query: str) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
        """The answer's columns and, batch by batch, its rows; for what may be large.

        Raises ReportError when the database refuses, e.g. a user who may not read the marts.
        """
        try:
            self._cursor.execute(query)
        except (duckdb.Error, psycopg.Error) as error:
            raise ReportError(f"the marts can't be read: {str(error).splitlines()[0]}") from error
        names = [column[0] for column in self._cursor.description]
        return names, iter(lambda: self._cursor.fetchmany(BATCH), [])


@contextmanager
def open_warehouse(database: str, schema: str) -> Iterator[Warehouse]:
    """Open the warehouse to read from it.

    Args:
        database: The path of a DuckDB file, or the address of a PostgreSQL database.
        schema: Where the marts are.

    Raises:
        ReportError: There is no such database, or it lets nobody in.
    """
    if POSTGRES.match(database):
        with _postgres(database) as connection, connection.cursor() as cursor:
            yield Warehouse(cursor, schema)
    else:
        with _duckdb(Path(database)) as file:
            yield Warehouse(file.cursor(), schema)


def _postgres(address: str) -> psycopg.Connection[Any]:
    try:
        connection = psycopg.connect(_checked(POSTGRES.sub("postgresql://", address)))
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise ReportError(f"PostgreSQL can't be reached: {reason}") from None
    connection.read_only = True
    return connection


def _checked(address: str) -> str:
    """The address, unless errors would take a piece of its password for something to be told."""
    try:
        sound = "@" not in str(conninfo_to_dict(address).get("host"))
    except psycopg.ProgrammingError:
        sound = False
    if not sound:
        raise ReportError(
            "the database's address can't be read; "
            "write what is special in a user's name or password as in a URL, @ as %40"
        )
    return address


def _duckdb(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise ReportError(
            f"there is no file {path}; load it first: meltano run tap-stripe target-duckdb"
        )
    try:
        return duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise ReportError(f"{path} can't be opened: {str(error).splitlines()[0]}") from error
