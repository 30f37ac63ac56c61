"""An account is looked at: its ledger, and the marts of a warehouse that was loaded from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import psycopg
from psycopg.rows import dict_row

from standin import Account, Server
from standin.demo import build, business_goes_on
from standin.demo.deeds.book import Book
from tap_stripe.streams import STREAMS
from tests.answers import dbt
from tests.answers.truth.comparison import KEYS, Row
from tests.answers.truth.marts import worked_out
from tests.answers.truth.months import moment
from tests.answers.truth.records import Sight
from tests.answers.truth.rows import Rows
from tests.project import read_yaml
from tests.tap.harness import sync
from tests.warehouse.warehouses import DuckDB, Postgres, Warehouse

_READ_BY_MODELS = [
    table["name"]
    for source in read_yaml("transform/models/staging/_sources.yml")["sources"]
    for table in source["tables"]
]
TABLES = sorted({stream.table() for stream in STREAMS} & set(_READ_BY_MODELS))
"""The tables that the models read; the others would only take time."""


@dataclass(frozen=True)
class Look:
    """The marts as they were built at a moment (Unix seconds), and as the ledger has them."""

    as_of: int
    marts: Mapping[str, Sequence[Row]]
    truth: Mapping[str, Rows]


class Observer:
    """Follows a demo account: business goes on, the tap runs, the models are built."""

    def __init__(self, warehouse: Warehouse, *, seed: int, scale: float, now: int) -> None:
        self._warehouse = warehouse
        self._book: Book = []
        self._account = build(seed, now, scale, self._book)
        self._state: dict[str, Any] | None = None
        self._first_look = self._account.clock.now()
        self._first_seen = _oldest_event(self._account)

    def business_goes_on(self, days: int) -> None:
        """Let some days pass in the account."""
        business_goes_on(self._account, days, self._book)

    def load(self) -> None:
        """Run the tap into the warehouse, from where it stopped the last time."""
        with Server(self._account) as server:
            run = sync(server, *TABLES, state=self._state)
        assert run.failure is None, run.failure
        lines = (json.dumps(message).encode() + b"\n" for message in run.messages)
        self._state = self._warehouse.load(b"".join(lines))

    def look(self) -> Look:
        """Build and test the models, and read every mart."""
        as_of = self._account.clock.now()
        sight = Sight(self._first_seen, self._first_look, as_of)
        return Look(as_of, _built(self._warehouse, as_of), worked_out(self._book, sight))


def _oldest_event(account: Account) -> int:
    """Since when the first load knows of every change."""
    return min(int(event["created"]) for event in account.all("event"))


def _built(warehouse: Warehouse, as_of: int) -> dict[str, Sequence[Row]]:
    variables = {"as_of": moment(as_of).isoformat(sep=" ")}
    if isinstance(warehouse, DuckDB):
        dbt.build_duckdb(warehouse.path, **variables)
        with duckdb.connect(str(warehouse.path), read_only=True) as connection:
            return _read(lambda query: _rows(connection.execute(query)))
    assert isinstance(warehouse, Postgres), f"no models for {warehouse}"
    dbt.build_postgres(warehouse.dsn, **variables)
    with psycopg.connect(warehouse.dsn, row_factory=dict_row) as connection:
        return _read(lambda query: connection.execute(query.encode()).fetchall())


def _read(ask: Callable[[str], Sequence[Row]]) -> dict[str, Sequence[Row]]:
    return {mart: ask(f'SELECT * FROM "{dbt.MARTS}"."{mart}"') for mart in KEYS}  # noqa: S608


def _rows(cursor: duckdb.DuckDBPyConnection) -> list[Row]:
    names = [name for name, *_ in cursor.description or ()]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
