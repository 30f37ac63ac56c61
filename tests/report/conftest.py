"""Marts that are made up, in DuckDB and in PostgreSQL, and a browser to look at the report with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import psycopg
import pytest
from playwright.sync_api import Browser
from stripe_report.books import Book, Library, read_library
from stripe_report.page import html
from stripe_report.warehouse import open_warehouse

from scripts.browser import headless_browser
from tests.report.made_up import fill

SCHEMA = "stripe_marts"


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The DuckDB file of the account that is made up."""
    path = tmp_path_factory.mktemp("made_up") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        fill(connection.execute)
    return path


@pytest.fixture
def made_up_in_postgres(postgres: str) -> str:
    """The address of a PostgreSQL database with the same."""
    with psycopg.connect(postgres) as connection:
        fill(lambda query, values: connection.execute(query.replace("?", "%s").encode(), values))
    return postgres


@pytest.fixture(scope="session")
def library(made_up: Path) -> Library:
    """What the report reads from there."""
    with open_warehouse(str(made_up), SCHEMA) as warehouse:
        return read_library(warehouse, 24)


@pytest.fixture(scope="session")
def books(library: Library) -> dict[str, Book]:
    """The books by name."""
    return {book.name: book for book in library.books}


@pytest.fixture(scope="session")
def page_path(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the account that is made up."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(html(library, "Fjord & Sons <Ltd>"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a screen. `make browser` installs it where there is none."""
    with headless_browser() as browser:
        yield browser
