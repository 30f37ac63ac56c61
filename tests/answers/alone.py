"""A warehouse that one test has for itself, in DuckDB or PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import psycopg
from psycopg.rows import dict_row

from tests.answers import dbt
from tests.answers.cases.answers import Answers, Row, duckdb_query
from tests.answers.cases.books import Books
from tests.answers.cases.story import Story
from tests.project import meltano_plugin
from tests.warehouse.warehouses import DuckDB, Postgres, Warehouse


@dataclass(frozen=True)
class Alone:
    """What dbt makes of a warehouse, command after command."""

    warehouse: Warehouse

    @property
    def kind(self) -> str:
        """`duckdb` or `postgres`."""
        return "duckdb" if isinstance(self.warehouse, DuckDB) else "postgres"

    def load(self, books: Books) -> None:
        """Load all rows of these books."""
        self.warehouse.load(books.messages())

    def build(self, *arguments: str, **variables: Any) -> None:
        """Build and test the models; raises DbtError when one fails."""
        self._dbt("build", *arguments, **variables)

    def command(self, name: str) -> None:
        """What Meltano runs under this name."""
        commands = meltano_plugin("utilities", f"dbt-{self.kind}")["commands"]
        self._dbt(*commands[name]["args"].split())

    def run(self, *arguments: str, **variables: Any) -> None:
        """Build models of a warehouse that has been built, without their tests."""
        self._dbt("run", *arguments, **variables)

    def execute(self, statement: str) -> None:
        """Change what is in the warehouse."""
        if isinstance(self.warehouse, DuckDB):
            with duckdb.connect(str(self.warehouse.path)) as file:
                file.execute(statement)
        else:
            assert isinstance(self.warehouse, Postgres)
            with psycopg.connect(self.warehouse.dsn) as server:
                server.execute(statement.encode())

    def query(self, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows that a statement with `%s` for its parameters finds."""
        if isinstance(self.warehouse, DuckDB):
            return duckdb_query(self.warehouse.path)(statement, parameters)
        assert isinstance(self.warehouse, Postgres)
        with psycopg.connect(self.warehouse.dsn, row_factory=dict_row) as connection:
            return connection.execute(statement.encode(), parameters).fetchall()

    def answers(self, story: Story, schema: str = dbt.MARTS) -> Answers:
        """What the marts say of a story."""
        return Answers(self.query, story, schema)

    def _dbt(self, command: str, *arguments: str, **variables: Any) -> None:
        if isinstance(self.warehouse, DuckDB):
            where = {"DBT_DUCKDB_PATH": str(self.warehouse.path)}
        else:
            assert isinstance(self.warehouse, Postgres)
            where = dbt.postgres_environment(self.warehouse.dsn)
        dbt.run(self.kind, where, command, *arguments, **variables)
