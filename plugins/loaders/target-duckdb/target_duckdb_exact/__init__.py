"""target-duckdb 0.8.0 without its two faults: rows lost at loading, rows never called off.

`csv_dialect` mends the first and `table_versions` the second, from outside: the loader's code is
left as it is.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

from target_duckdb import duckdb_connect, persist_lines

from target_duckdb_exact.csv_dialect import ExactConnection
from target_duckdb_exact.table_versions import TableVersions


def main() -> None:
    """Load the Singer messages of stdin; `--config` names a JSON file with the settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-c", "--config", type=Path, required=True, help="file with the settings")
    config = json.loads(parser.parse_args().config.read_text(encoding="utf-8"))
    messages = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
    with duckdb_connect(config) as connection:
        exact = ExactConnection(connection)
        persist_lines(exact, config, TableVersions(exact, config).kept(messages))
