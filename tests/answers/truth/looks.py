"""An account is looked at: the marts of a warehouse beside what the business's ledger says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from psycopg.rows import dict_row

from standin import Server
from standin.demo import build, business_goes_on
from standin.demo.deeds.book import Book
from tap_stripe.streams import STREAMS
from tests.answers import dbt
from tests.answers.truth.comparison import KEYS, Row
from tests.answers.truth.marts import worked_out
from tests.answers.truth.months import moment, seconds
from tests.answers.truth.records import Sight
from tests.answers.truth.rows import Rows
from tests.project import read_yaml
from tests.tap.harness import sync
from tests.warehouse.warehouses import Postgres

Marts = Mapping[str, Sequence[Row]]

_READ_BY_MODELS = [
    table["name"]
    for source in read_yaml("transform/models/staging/_sources.yml")["sources"]
    for table in source["tables"]
]
TABLES = sorted({stream.table() for stream in STREAMS} & set(_READ_BY_MODELS))
"""The tables that the models read; the others would only take time."""


@dataclass(frozen=True)
class Look:
    """The marts as of a moment (Unix seconds), as they were built and by the ledger."""

    as_of: int
    marts: Marts
    truth: Mapping[str, Rows]


class Business:
    """A demo account with its ledger, as it is when the tap comes for the first time."""

    def __init__(self, seed: int, scale: float, now: int) -> None:
        self.book: Book = []
        self.account = build(seed, now, scale, self.book)
        self._first_look = now
        # The first load brings this event and all later ones.
        self._first_seen = min(int(event["created"]) for event in self.account.all("event"))

    @property
    def now(self) -> int:
        """The account's time in Unix seconds."""
        return self.account.clock.now()

    def goes_on(self, days: int) -> None:
        """Some days pass."""
        business_goes_on(self.account, days, self.book)

    def beside(self, marts: Marts) -> Look:
        """What the ledger says of the moment that the marts speak of."""
        as_of = seconds(marts["data_freshness"][0]["as_of"])
        sight = Sight(self._first_seen, self._first_look, as_of)
        return Look(as_of, marts, worked_out(self.book, sight))


class Observer:
    """Loads a business into PostgreSQL, run after run, and builds the models."""

    def __init__(self, warehouse: Postgres, business: Business) -> None:
        self._warehouse, self._business = warehouse, business
        self._state: dict[str, Any] | None = None

    def load(self) -> None:
        """Run the tap into the warehouse, from where it stopped the last time."""
        with Server(self._business.account) as server:
            run = sync(server, *TABLES, state=self._state)
        assert run.failure is None, run.failure
        lines = (json.dumps(message).encode() + b"\n" for message in run.messages)
        self._state = self._warehouse.load(b"".join(lines))

    def look(self, *arguments: str) -> Look:
        """Build the models as of the account's time, and read every mart."""
        as_of = moment(self._business.now).isoformat(sep=" ")
        dbt.build_postgres(self._warehouse.dsn, *arguments, as_of=as_of)
        with psycopg.connect(self._warehouse.dsn, row_factory=dict_row) as connection:
            marts = _read(lambda query: connection.execute(query.encode()).fetchall())
        return self._business.beside(marts)


def marts_in_duckdb(path: Path) -> Marts:
    """Every mart of a DuckDB file."""

    def rows(query: str) -> list[Row]:
        cursor = connection.execute(query)
        names = [name for name, *_ in cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    with duckdb.connect(str(path), read_only=True) as connection:
        return _read(rows)


def _read(ask: Callable[[str], Sequence[Row]]) -> Marts:
    return {mart: ask(f'SELECT * FROM "{dbt.MARTS}"."{mart}"') for mart in KEYS}  # noqa: S608
