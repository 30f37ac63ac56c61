"""target-duckdb, whose records DuckDB reads itself.

Of target-duckdb stay the settings, the names and types of columns, how a table follows a changed
schema, and the statements that merge rows into it (`table`). What is ours is `loader`: which
messages wait for which, and when a state may be printed.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path
from typing import Any

import duckdb
from target_duckdb import duckdb_connect

from bulk_loaders.duck.loader import Loader

logger = logging.getLogger("target-duckdb")
_CHANGE_ROWS = (
    "add_metadata_columns",
    "data_flattening_max_level",
    "hard_delete",
    "validate_records",
)
"""Settings of target-duckdb that need every record taken apart."""


def main() -> None:
    """Load the Singer messages of stdin; `--config` names a JSON file with the settings."""
    parser = argparse.ArgumentParser(prog="target-duckdb-bulk", description=__doc__)
    parser.add_argument("-c", "--config", type=Path, required=True, help="file with the settings")
    config = json.loads(parser.parse_args().config.read_text(encoding="utf-8"))
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    logging.getLogger("target_duckdb").setLevel(logging.WARNING)
    try:
        _load(config)
    except (ValueError, OSError, duckdb.Error) as error:
        sys.exit(f"target-duckdb: {error}")


def _load(config: dict[str, Any]) -> None:
    if unfit := [name for name in _CHANGE_ROWS if config.get(name)]:
        settings = ", ".join(unfit)
        raise ValueError(f"{settings} can't be had here: unset it, or use the plain target-duckdb")
    with duckdb_connect(config) as connection:
        Loader(connection, config, sys.stdout).load(sys.stdin.buffer)
