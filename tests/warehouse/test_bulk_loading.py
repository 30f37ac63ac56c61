"""What the databases read by themselves arrives as it was sent, or not at all with a word why."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.loaders import LoaderError, run_target_duckdb, run_target_postgres
from tests.warehouse.messages import activate, lines, record, schema, state
from tests.warehouse.warehouses import DuckDB, Postgres, Warehouse

TEXT = {"type": ["null", "string"]}
THINGS: dict[str, Any] = {
    "id": {"type": "string"},
    "text": TEXT,
    "number": {"type": ["null", "integer"]},
    "anything": {"type": ["null", "object"]},
    "moment": {"type": ["null", "string"], "format": "date-time"},
}
HEADER = schema("things", THINGS)


def loaded(warehouse: Warehouse, **values: Any) -> Any:
    """A row as it arrives."""
    warehouse.load(lines(HEADER, record("things", id="x", **values)))
    return warehouse.read("things")[("x",)]


def test_integers_arrive_exactly(warehouse: Warehouse) -> None:
    numbers = [0, -1, 2**53 + 1, 2**63 - 1, -(2**63)]
    rows = [record("things", id=str(number), number=number) for number in numbers]
    warehouse.load(lines(HEADER, *rows))
    assert sorted(r["number"] for r in warehouse.read("things").values()) == sorted(numbers)


def test_an_integer_beyond_the_column_is_exact_or_refused(
    duckdb_warehouse: DuckDB, postgres_warehouse: Postgres
) -> None:
    number = 2**64 + 1
    assert loaded(duckdb_warehouse, number=number)["number"] == number
    with pytest.raises(LoaderError, match="out of range"):
        loaded(postgres_warehouse, number=number)


def test_moments_in_every_form(warehouse: Warehouse) -> None:
    forms = ["2026-11-01T12:00:00Z", "2026-11-01T12:00:00+00:00", "2026-11-01T12:00:00.000000"]
    rows = [record("things", id=form, moment=form) for form in forms]
    warehouse.load(lines(HEADER, *rows))
    moments = {row["moment"] for row in warehouse.read("things").values()}
    assert moments == {datetime(2026, 11, 1, 12, tzinfo=timezone.utc)}


def test_what_no_database_takes_in_a_text_is_replaced(warehouse: Warehouse) -> None:
    bad = "\0\ud800"
    row = loaded(warehouse, text=f"a{bad}b", anything={f"k{bad}": [f"{bad}c"]})
    assert row["text"] == "a\ufffd\ufffdb"
    assert row["anything"] == {"k\ufffd\ufffd": ["\ufffd\ufffdc"]}


def test_escapes_that_only_look_like_those_stay(warehouse: Warehouse) -> None:
    text = "\\u0000 \\ud800 💶"
    assert loaded(warehouse, text=text)["text"] == text


def test_a_long_record_arrives(warehouse: Warehouse) -> None:
    anything = {"text": "x" * 20_000_000}
    assert loaded(warehouse, anything=anything)["anything"] == anything


def test_the_last_of_many_records_with_one_key_counts(warehouse: Warehouse) -> None:
    rows = [record("things", 1, id=f"x{n % 70}", number=n) for n in range(7_000)]
    warehouse.load(lines(HEADER, *rows))
    numbers = {id_: row["number"] for (id_,), row in warehouse.read("things").items()}
    assert numbers == {f"x{n}": 6_930 + n for n in range(70)}


def test_the_last_counts_across_versions(warehouse: Warehouse) -> None:
    rows = [record("things", version, id="x", number=version) for version in (1, 2, 1, 3)]
    warehouse.load(lines(HEADER, *rows, activate("things", 3)))
    row = warehouse.read("things")[("x",)]
    assert (row["number"], row["_sdc_deleted_at"]) == (3, None)


def test_fields_without_a_column_are_left_out(warehouse: Warehouse) -> None:
    assert "other" not in loaded(warehouse, other=1, text="t")
    assert loaded(warehouse, other={"text": "not this"})["text"] is None


def test_lines_in_every_style_keep_their_order(warehouse: Warehouse) -> None:
    usual = record("things", 1, id="x", number=1)
    unusual = {**record("things", 1, id="x", number=2), "comment": "from another tap"}
    warehouse.load(lines(HEADER, usual, unusual, usual, unusual))
    assert warehouse.read("things")[("x",)]["number"] == 2


def test_a_record_that_is_cut_off_is_refused(warehouse: Warehouse) -> None:
    whole = lines(HEADER, record("things", id="x", text="t"), state(things=1))
    broken = lines(record("things", id="y", text="t"))[:-20]
    with pytest.raises(LoaderError):
        warehouse.load(whole + broken)


def test_what_is_no_json_is_refused_in_one_line(duckdb_path: Path) -> None:
    line = json.dumps(record("things", id="y", text="t")).replace('"t"', "t").encode()
    with pytest.raises(LoaderError) as caught:
        run_target_duckdb(lines(HEADER) + line, duckdb_path)
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize("setting", ["hard_delete", "add_metadata_columns", "validate_records"])
def test_settings_that_need_each_record_are_refused(duckdb_path: Path, setting: str) -> None:
    with pytest.raises(LoaderError, match=f"{setting} can't be had here"):
        run_target_duckdb(lines(HEADER), duckdb_path, **{setting: True})


def test_target_postgres_still_checks_and_maps_records(postgres: str) -> None:
    wrong = lines(HEADER, record("things", id="x", number="many"))
    with pytest.raises(LoaderError, match="many"):
        run_target_postgres(wrong, postgres, validate_records=True)
    right = lines(HEADER, record("things", id="x", text="t"))
    maps = {"things": {"id": "id", "shout": "text + '!'", "__else__": None}}
    run_target_postgres(right, postgres, stream_maps=maps)
    assert Postgres(postgres).read("things")[("x",)]["shout"] == "t!"
