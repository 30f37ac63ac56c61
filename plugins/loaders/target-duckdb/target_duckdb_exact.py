"""target-duckdb 0.8.0, told how its own CSV files look.

The loader writes a batch to a CSV file without a header and has DuckDB copy it into a table. It
leaves the dialect to DuckDB's guess, and DuckDB takes the first row for a header when no value in
it is missing: that row is lost, without a word. The mistake is mended upstream (pull request 58
of jwills/target-duckdb) but not released: with the first release after 0.8.0 this program can go.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

from target_duckdb import duckdb_connect, persist_lines

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


def main() -> None:
    """Load the Singer messages of stdin; `--config` names a JSON file with the settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config", type=Path, required=True, help="file with the settings")
    config = json.loads(parser.parse_args().config.read_text(encoding="utf-8"))
    messages = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
    with duckdb_connect(config) as connection:
        persist_lines(ExactConnection(connection), config, messages)


if __name__ == "__main__":
    main()
