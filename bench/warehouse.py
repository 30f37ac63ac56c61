"""A warehouse as a large subscription business leaves it, made by DuckDB itself."""

from __future__ import annotations

from pathlib import Path

import duckdb

_STATEMENTS = Path(__file__).with_suffix(".sql")


def make_warehouse(path: Path, invoices: int) -> None:
    """Fill a DuckDB file with so many invoices, and with what belongs to them."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"set variable invoices = {invoices}")
        connection.execute(_STATEMENTS.read_text(encoding="utf-8"))
