"""Asks the marts of a warehouse for what they say of one story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from tests.answers.cases.story import Story

Row = dict[str, Any]
Query = Callable[[str, Sequence[Any]], list[Row]]
"""Runs a statement with `%s` for its parameters; the rows as mappings."""


def duckdb_query(path: Path) -> Query:
    """Asks a DuckDB file."""

    def query(statement: str, parameters: Any) -> list[dict[str, Any]]:
        with duckdb.connect(str(path), read_only=True) as connection:
            relation = connection.execute(statement.replace("%s", "?"), parameters)
            names = [column[0] for column in relation.description or ()]
            return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]

    return query


def first_of(month: str) -> date:
    """The first day of a month such as `2026-10`."""
    return date.fromisoformat(f"{month}-01")


@dataclass(frozen=True)
class Answers:
    """What the marts say of the customer, or the currency, of a story."""

    query: Query
    story: Story
    schema: str = "stripe_marts"

    def rows(self, mart: str, **where: Any) -> list[Row]:
        """The rows of a mart in the story's currency, or with other values of its columns."""
        where = where or {"currency": self.story.currency}
        condition = " and ".join(f"{column} = %s" for column in where)
        statement = f"select * from {self.schema}.{mart} where {condition}"  # noqa: S608
        return self.query(statement, list(where.values()))

    def row(self, mart: str, month: str) -> Row:
        """The one row of a monthly mart in the story's currency."""
        (row,) = self.rows(mart, currency=self.story.currency, month=first_of(month))
        return row

    def mrr(self, *months: str) -> list[int]:
        """MRR of months such as `2026-10`."""
        return [self.row("mrr_monthly", month)["mrr_minor"] for month in months]

    @property
    def mrr_now(self) -> int:
        """MRR of the running month."""
        (mrr,) = self.mrr("2026-11")
        return mrr

    def movements(self) -> list[tuple[str, str, int]]:
        """Month, movement and change, in the order of the months."""
        rows = self.rows("mrr_movements")
        found = [(f"{r['month']:%Y-%m}", r["movement"], r["change_minor"]) for r in rows]
        return sorted(found)

    def ledger(self) -> list[tuple[str, str, int]]:
        """Moment, movement and change, in their order."""
        rows = sorted(self.rows("mrr_ledger"), key=lambda row: row["sequence"])
        return [(f"{r['occurred_at']:%Y-%m-%d}", r["movement"], r["change_minor"]) for r in rows]
