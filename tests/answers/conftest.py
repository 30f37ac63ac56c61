"""All cases in one warehouse of each kind: loaded once, built once, asked many times."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.answers import dbt
from tests.answers.alone import Alone
from tests.answers.cases.answers import Answers, Query, duckdb_query
from tests.answers.cases.books import ACCOUNT, FIRST_SEEN, NOW, Books
from tests.answers.cases.story import Story
from tests.warehouse.fixtures import empty_database
from tests.warehouse.loaders import run_target_duckdb, run_target_postgres
from tests.warehouse.warehouses import Warehouse

Tell = Callable[[Story], None]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "story(tell): what the warehouse holds for this test")


@pytest.fixture(scope="session")
def stories(request: pytest.FixtureRequest) -> tuple[Books, dict[str, Story]]:
    """The rows of all stories that the tests of this session tell, and the stories by test."""
    books = Books()
    books.ran("charges", FIRST_SEEN, ACCOUNT)
    told: dict[str, Story] = {}
    for item in request.session.items:
        for marker in item.iter_markers("story"):
            name = item.originalname  # type: ignore[attr-defined]
            if name not in told:
                told[name] = Story(
                    books, f"cus_{name}", **{"currency": _currency(len(told)), **marker.kwargs}
                )
                marker.args[0](told[name])
    return books, told


def _currency(number: int) -> str:
    """A currency of its own for each story; like most, it has two decimals."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "q" + letters[number // 26] + letters[number % 26]


@pytest.fixture(scope="session")
def duckdb_cases(
    stories: tuple[Books, dict[str, Story]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A DuckDB file with all stories and their marts."""
    path = tmp_path_factory.mktemp("cases") / "cases.duckdb"
    run_target_duckdb(stories[0].messages(), path)
    dbt.build_duckdb(path, as_of=NOW, reporting_currency="usd")
    return path


@pytest.fixture(scope="session")
def asked_duckdb(duckdb_cases: Path) -> Query:
    """The marts of all stories in DuckDB."""
    return duckdb_query(duckdb_cases)


@pytest.fixture(scope="session")
def asked_postgres(
    stories: tuple[Books, dict[str, Story]], request: pytest.FixtureRequest
) -> Iterator[Query]:
    """The marts of all stories in PostgreSQL."""
    server = request.getfixturevalue("postgres_server")
    with empty_database(server, request.getfixturevalue("database_names")) as dsn:
        run_target_postgres(stories[0].messages(), dsn)
        dbt.build_postgres(dsn, as_of=NOW, reporting_currency="usd")
        with contextlib.closing(psycopg.connect(dsn, row_factory=dict_row)) as connection:

            def query(statement: str, parameters: Any) -> list[dict[str, Any]]:
                return connection.execute(statement.encode(), parameters).fetchall()

            yield query


@pytest.fixture(params=["duckdb", "postgres"])
def answers(request: pytest.FixtureRequest, stories: tuple[Books, dict[str, Story]]) -> Answers:
    """What the marts say of the test's story, in DuckDB and in PostgreSQL."""
    query = request.getfixturevalue(f"asked_{request.param}")
    return Answers(query, stories[1][request.node.originalname])


@pytest.fixture
def alone(warehouse: Warehouse) -> Alone:
    """An empty warehouse that the test has for itself, once of each kind."""
    return Alone(warehouse)
