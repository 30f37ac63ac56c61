"""The warehouse that the models are measured with looks like one that the tap has filled."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from bench.warehouse import make_warehouse
from tests.project import ROOT


def test_tables_and_columns_are_the_taps(tmp_path: Path) -> None:
    make_warehouse(tmp_path / "warehouse.duckdb", 240)
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'stripe'"
        ).fetchall()
        assert connection.execute("select count(*) from stripe.invoices").fetchone() == (240,)
    for table, column in columns:
        schema = json.loads((ROOT / "schemas" / f"{table}.json").read_text(encoding="utf-8"))
        # Which rows are deleted is said in every table.
        assert column in schema["properties"].keys() | {"_sdc_deleted_at"}, table
