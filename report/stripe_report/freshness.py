"""How fresh the report is: table by table, what it holds and when it was last brought in step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from stripe_report.columns import NOTHING
from stripe_report.money import count
from stripe_report.tables import Table
from stripe_report.warehouse import Row

COLUMNS = (
    ("Rows", "rows"),
    ("Deleted", "deleted_rows"),
    ("Newest object", "newest_created"),
    ("Last loaded", "newest_loaded"),
    ("Last run", "last_run_at"),
    ("Outcome", "last_run_outcome"),
    ("In step until", "synced_until"),
)


def freshness_table(rows: Sequence[Row]) -> Table:
    """The tables that hold anything, by name.

    Args:
        rows: Those of the mart `data_freshness`. A column that says nothing of any table is left
            out: without the tap's own log nobody knows the last runs.
    """
    filled = [row for row in rows if row["rows"] or row["deleted_rows"]]
    columns = [
        (heading, name) for heading, name in COLUMNS if any(row[name] is not None for row in filled)
    ]
    return Table(
        ["Table", *(heading for heading, _ in columns)],
        [[row["table_name"], *(_text(row[name]) for _, name in columns)] for row in filled],
    )


def _text(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return count(value) if isinstance(value, int) else str(value)
