"""A small account, a scratch project and a warehouse, with which a page's commands are run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import yaml

from standin import Account, Clock, Server
from tests.meltano.scratch import Ran, Scratch, scratch_project
from tests.tap.conftest import DAY, NOW
from tests.warehouse.warehouses import DuckDB, Postgres, Table, Warehouse

EMAIL, PHONE = "ann@example.com", "+44 20 7946 0018"


@dataclass
class Story:
    """What happens in one warehouse."""

    account: Account
    server: Server
    project: Scratch
    warehouse: Warehouse
    loader: str
    """`duckdb` or `postgres`."""
    commands: list[str] = field(default_factory=list)
    """Those of the page's section that are still to be run, in its order."""

    def run_next(self, number: int = 1) -> Ran:
        """Run the section's next commands; what the last one told.

        Raises:
            AssertionError: One of them did not end well.
        """
        for _ in range(number):
            ran = self.project.run(self.next_command())
        return ran

    def next_command(self) -> str:
        """The section's next command, for this warehouse."""
        return self.commands.pop(0).replace("duckdb", self.loader)

    def query_next(self) -> list[dict[str, Any]]:
        """The rows that the section's next query finds."""
        return self.query(self.commands.pop(0))

    def query(self, query: str) -> list[dict[str, Any]]:
        """The rows that a query finds in the warehouse."""
        if isinstance(self.warehouse, DuckDB):
            with duckdb.connect(str(self.warehouse.path)) as connection:
                found = connection.execute(query)
                names = [column[0] for column in found.description or ()]
                return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        assert isinstance(self.warehouse, Postgres)
        with psycopg.connect(self.warehouse.dsn) as session:
            cursor = session.cursor().execute(query.encode())
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in (cursor if names else ())]

    def rows(self, table: str, *key: str) -> Table:
        """A table of the warehouse."""
        return self.warehouse.read(table, *key)

    def last_run(self) -> dict[str, dict[str, Any]]:
        """What `sync_log` has of the newest run, by table."""
        rows = list(self.rows("sync_log", "run_id", "table_name").values())
        newest = max(row["started_at"] for row in rows)
        return {row["table_name"]: row for row in rows if row["started_at"] == newest}

    def add_rules(self, rules: list[str]) -> None:
        """Write rules into the project's file, as people do."""
        document = self.meltano_yml()
        document["plugins"]["extractors"][0]["select"] += rules
        text = yaml.safe_dump(document, sort_keys=False)
        (self.project.path / "meltano.yml").write_text(text, encoding="utf-8")

    def meltano_yml(self) -> dict[str, Any]:
        """The project's file as the commands have left it."""
        text = (self.project.path / "meltano.yml").read_text(encoding="utf-8")
        document: dict[str, Any] = yaml.safe_load(text)
        return document


@contextmanager
def story(directory: Path, warehouse: Warehouse) -> Iterator[Story]:
    """A story about to begin.

    Args:
        directory: Where the project is made; it is gone in the end.
        warehouse: An empty warehouse. PostgreSQL keeps Meltano's state too.
    """
    directory.mkdir()
    with Server(account()) as server:
        project = scratch_project(
            directory,
            TAP_STRIPE_API_KEY=server.account.secret_key,
            TAP_STRIPE_API_URL=server.url,
            TAP_STRIPE_REQUESTS_PER_SECOND="1000",
            **_addresses(warehouse),
        )
        project.use_few_tables()
        loader = "duckdb" if isinstance(warehouse, DuckDB) else "postgres"
        yield Story(server.account, server, project, warehouse, loader)
    shutil.rmtree(directory)


def _addresses(warehouse: Warehouse) -> dict[str, str]:
    if isinstance(warehouse, DuckDB):
        return {"TARGET_DUCKDB_PATH": str(warehouse.path)}
    assert isinstance(warehouse, Postgres)
    url = warehouse.dsn.replace("postgresql://", "postgresql+psycopg://", 1)
    return {"TARGET_POSTGRES_SQLALCHEMY_URL": url, "MELTANO_DATABASE_URI": url}


def account() -> Account:
    """Three customers, three products and an invoice, all older than the event feed."""
    made = Account(clock=Clock(NOW), id="acct_test", seed=1)
    shipping = {"name": "Ann", "phone": PHONE, "address": {"city": "Berlin"}}
    for n in range(3):
        created = NOW - (90 - n) * DAY
        made.create("product", created=created, name=f"Product {n}")
        made.create("customer", created=created, name="Ann", email=EMAIL, shipping=shipping)
    lines = [{"amount": n, "currency": "eur"} for n in range(2)]
    made.create("invoice", created=NOW - 80 * DAY, customer_email=EMAIL, lines=lines)
    return made
