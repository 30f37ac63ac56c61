"""Tables that are read anew: rows that ACTIVATE_VERSION calls off are flagged, and stay."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.loaders import SCHEMA, LoaderError, run_target_duckdb_until_it_prints
from tests.warehouse.messages import activate, lines, record, schema, state
from tests.warehouse.warehouses import DELETED_AT, DuckDB, Warehouse

TEXT = {"type": ["null", "string"]}
RATES = schema("tax_rates", {"id": {"type": "string"}, "name": TEXT})
COUPONS = schema("coupons", {"id": {"type": "string"}, "name": TEXT})


def read_anew(version: int, *ids: str) -> bytes:
    """The messages of a run that finds these tax rates."""
    rows = [record("tax_rates", version, id=id_) for id_ in ids]
    return lines(RATES, *rows, activate("tax_rates", version), state(tax_rates=version))


def flags(warehouse: Warehouse, table: str = "tax_rates") -> dict[str, bool]:
    """Whether a row is flagged, by its id."""
    rows = warehouse.read(table).items()
    return {key: row[DELETED_AT] is not None for (key,), row in rows}


def test_rows_that_are_not_read_again_are_flagged(warehouse: Warehouse) -> None:
    warehouse.load(read_anew(1, "txr_1", "txr_2"))
    assert flags(warehouse) == {"txr_1": False, "txr_2": False}
    printed = warehouse.load(read_anew(2, "txr_2", "txr_3"))
    assert printed == {"bookmarks": {"tax_rates": 2}}
    assert flags(warehouse) == {"txr_1": True, "txr_2": False, "txr_3": False}
    flagged_at = warehouse.read("tax_rates")[("txr_1",)][DELETED_AT]
    assert abs(datetime.now(timezone.utc) - flagged_at) < timedelta(minutes=5)


def test_a_row_that_comes_back_is_not_flagged_any_more(warehouse: Warehouse) -> None:
    warehouse.load(read_anew(1, "txr_1"))
    warehouse.load(read_anew(2))
    assert flags(warehouse) == {"txr_1": True}
    warehouse.load(read_anew(3, "txr_1"))
    assert flags(warehouse) == {"txr_1": False}


def test_a_row_keeps_the_time_of_its_first_flag(warehouse: Warehouse) -> None:
    warehouse.load(read_anew(1, "txr_1", "txr_2"))
    warehouse.load(read_anew(2, "txr_2"))
    before = warehouse.read("tax_rates")
    warehouse.load(read_anew(2, "txr_2"))
    warehouse.load(read_anew(3, "txr_2"))
    assert warehouse.read("tax_rates") == before


def test_a_deletion_that_the_tap_tells_keeps_its_time(warehouse: Warehouse) -> None:
    deletable = schema(
        "products",
        {"id": {"type": "string"}, DELETED_AT: {**TEXT, "format": "date-time"}},
    )
    told = record("products", 1, id="prod_1", **{DELETED_AT: "2026-10-01T00:00:00Z"})
    warehouse.load(lines(deletable, told, activate("products", 2)))
    row = warehouse.read("products")[("prod_1",)]
    assert row[DELETED_AT] == datetime(2026, 10, 1, tzinfo=timezone.utc)


def test_rows_of_the_same_run_are_flagged(warehouse: Warehouse) -> None:
    """They are still in the loader's memory when they are called off."""
    old, new = record("tax_rates", 1, id="txr_1"), record("tax_rates", 2, id="txr_2")
    warehouse.load(lines(RATES, old, new, activate("tax_rates", 2)))
    assert flags(warehouse) == {"txr_1": True, "txr_2": False}


def test_rows_without_a_version_are_flagged(warehouse: Warehouse) -> None:
    warehouse.load(lines(RATES, record("tax_rates", id="txr_1"), record("tax_rates", id="txr_2")))
    assert flags(warehouse) == {"txr_1": False, "txr_2": False}
    warehouse.load(read_anew(1, "txr_2"))
    assert flags(warehouse) == {"txr_1": True, "txr_2": False}


def test_other_tables_stay_as_they_are(warehouse: Warehouse) -> None:
    coupons = [record("coupons", 1, id="old"), record("coupons", id="none")]
    warehouse.load(lines(COUPONS, *coupons) + read_anew(1, "txr_1"))
    warehouse.load(lines(COUPONS) + read_anew(2))
    assert flags(warehouse) == {"txr_1": True}
    assert flags(warehouse, "coupons") == {"old": False, "none": False}


def test_several_tables_are_activated_at_once(warehouse: Warehouse) -> None:
    for version, ids in ((1, ("a", "b")), (2, ("b",))):
        streams = ("tax_rates", "coupons")
        rows = [record(stream, version, id=id_) for id_ in ids for stream in streams]
        ends = [activate(stream, version) for stream in streams]
        warehouse.load(lines(RATES, COUPONS, *rows, *ends))
    assert flags(warehouse) == flags(warehouse, "coupons") == {"a": True, "b": False}


def test_a_table_of_an_older_loader_is_upgraded(duckdb_warehouse: DuckDB) -> None:
    table = f'"{SCHEMA}"."tax_rates"'
    with duckdb.connect(str(duckdb_warehouse.path)) as connection:
        connection.execute(f'CREATE SCHEMA "{SCHEMA}"')
        connection.execute(f"CREATE TABLE {table} (id varchar PRIMARY KEY, name varchar)")
        for id_ in ("txr_1", "txr_2"):
            connection.table(table).insert([id_, "old"])
    duckdb_warehouse.load(read_anew(1, "txr_2", "txr_3"))
    assert flags(duckdb_warehouse) == {"txr_1": True, "txr_2": False, "txr_3": False}


def test_a_printed_state_finds_its_rows_flagged(duckdb_path: Path) -> None:
    warehouse = DuckDB(duckdb_path)
    warehouse.load(read_anew(1, "txr_1"))
    full_batch = lines(COUPONS, record("coupons", 1, id="a"), record("coupons", 1, id="b"))
    printed = run_target_duckdb_until_it_prints(
        read_anew(2, "txr_2") + full_batch,
        duckdb_path,
        batch_size_rows=2,
    )
    assert printed == {"bookmarks": {"tax_rates": 2}}
    assert flags(warehouse) == {"txr_1": True, "txr_2": False}


def test_a_version_needs_a_schema(duckdb_warehouse: DuckDB) -> None:
    with pytest.raises(LoaderError, match="tax_rates has a version to activate before a SCHEMA"):
        duckdb_warehouse.load(lines(activate("tax_rates", 1)))
