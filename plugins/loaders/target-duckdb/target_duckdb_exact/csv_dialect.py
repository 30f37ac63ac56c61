"""The loader's CSV files, read as they are written.

The loader writes a batch to a CSV file without a header and has DuckDB copy it into a table. It
leaves the dialect to DuckDB's guess, and DuckDB takes the first row for a header when no value in
it is missing: that row is lost, without a word. The mistake is mended upstream (pull request 58
of jwills/target-duckdb) but not released: with the first release after 0.8.0 this can go.
"""

from __future__ import annotations

from typing import Any

CSV_DIALECT = (
    r"""AUTO_DETECT false, HEADER false, DELIMITER ',', QUOTE '"', ESCAPE '"', NEW_LINE '\r\n'"""
)
"""What Python's csv module writes with the loader's default settings."""


class ExactConnection:
    """A DuckDB connection whose COPY statements read CSV files in `CSV_DIALECT`."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, query: str, *args: Any) -> Any:
        """Run one statement; see DuckDBPyConnection.execute."""
        if query.startswith("COPY "):
            copy, _, _guessed = query.rpartition(" WITH ")
            query = f"{copy} WITH ({CSV_DIALECT})"
        return self._connection.execute(query, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)
