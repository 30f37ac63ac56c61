"""The marts as CSV files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stripe_report.marts import MARTS
from stripe_report.warehouse import Warehouse

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula. Customers choose their names themselves."""


def write_files(warehouse: Warehouse, directory: Path) -> Iterator[Path]:
    """Write a file for each mart, rows in the order of their key, and tell its path."""
    warehouse.require(set(MARTS))
    directory.mkdir(parents=True, exist_ok=True)
    for mart, order in MARTS.items():
        path = directory / f"{mart}.csv"
        names, batches = warehouse.read(f"SELECT * FROM {mart} ORDER BY {order}")  # noqa: S608
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            for batch in batches:
                writer.writerows([_cell(value) for value in row] for row in batch)
        yield path


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
