"""What the tap may count on in the loaders, with the settings that `meltano.yml` gives them."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.loaders import LoaderError, run_target_duckdb, run_target_jsonl
from tests.warehouse.messages import lines, record, schema, state
from tests.warehouse.warehouses import Warehouse

TEXT = {"type": ["null", "string"]}
MOMENT = {"type": ["null", "string"], "format": "date-time"}
COLUMNS: dict[str, Any] = {
    "id": {"type": "string"},
    "name": TEXT,
    "amount": {"type": ["null", "integer"]},
    "rate": {"type": ["null", "number"]},
    "live": {"type": ["null", "boolean"]},
    "address": {"type": ["null", "object"], "properties": {"city": TEXT}},
    "metadata": {"type": ["null", "object"], "additionalProperties": TEXT},
    "tags": {"type": ["null", "array"], "items": {"type": "string"}},
    "nullable_tags": {"type": ["null", "array"], "items": TEXT},
    "parts": {"type": ["null", "array"], "items": {"type": "object", "properties": {"n": TEXT}}},
    "created": MOMENT,
    "_sdc_deleted_at": MOMENT,
}
NARROW: dict[str, Any] = {"id": {"type": "string"}, "name": TEXT}
TEXTS = [",", '"', '"a"', "'", "\\", "\\N", "NULL", "\n", "a\r\nb", "a;b|c\td", " a ", "💶", "name"]
FULL = {
    "id": "cus_1",
    "name": "Ünal Söhne",
    "amount": 9_007_199_254_740_993,
    "rate": 12.25,
    "live": False,
    "address": {"city": 'Zürich "Nord"'},
    "metadata": {},
    "tags": ["a", "b,c"],
    "nullable_tags": [],
    "parts": [{"n": "1"}, {"n": None}],
    "created": "2026-11-01T12:00:00Z",
    "_sdc_deleted_at": "2026-11-02T12:00:00Z",
}
EMPTY = dict.fromkeys(COLUMNS)
CREATED = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
DELETED = datetime(2026, 11, 2, 12, tzinfo=timezone.utc)


def test_values_arrive_alike_in_both_warehouses(warehouse: Warehouse) -> None:
    warehouse.load(
        lines(
            schema("customers", COLUMNS),
            record("customers", **FULL),
            record("customers", **EMPTY | {"id": "cus_2", "amount": 0, "name": ""}),
        )
    )
    assert warehouse.tables() == ["customers"]
    assert warehouse.read("customers") == {
        ("cus_1",): FULL | {"created": CREATED, "_sdc_deleted_at": DELETED},
        ("cus_2",): EMPTY | {"id": "cus_2", "amount": 0},
    }


def test_text_arrives_unchanged(warehouse: Warehouse) -> None:
    rows = [record("customers", id=str(number), name=text) for number, text in enumerate(TEXTS)]
    warehouse.load(lines(schema("customers", NARROW), *rows))
    arrived = warehouse.read("customers")
    assert [arrived[(str(number),)]["name"] for number in range(len(TEXTS))] == TEXTS


def test_a_batch_of_one_full_row_arrives(warehouse: Warehouse) -> None:
    """The plain target-duckdb 0.8.0 takes such a row for the header of a CSV file."""
    warehouse.load(lines(schema("customers", COLUMNS), record("customers", **FULL)))
    assert len(warehouse.read("customers")) == 1


def test_a_record_replaces_the_row_of_its_key(warehouse: Warehouse) -> None:
    columns = {"parent": {"type": "string"}, "position": {"type": "integer"}, "name": TEXT}
    header = schema("lines", columns, key=("parent", "position"))
    first = [record("lines", parent="in_1", position=n, name="old") for n in range(3)]
    warehouse.load(lines(header, *first))
    warehouse.load(
        lines(
            header,
            record("lines", parent="in_1", position=1, name="newer"),
            record("lines", parent="in_1", position=1, name="newest"),
            record("lines", parent="in_1", position=2, name=None),
        )
    )
    rows = warehouse.read("lines", "parent", "position")
    assert {key: row["name"] for key, row in rows.items()} == {
        ("in_1", 0): "old",
        ("in_1", 1): "newest",
        ("in_1", 2): None,
    }


def test_a_deletion_is_flagged_and_can_be_taken_back(warehouse: Warehouse) -> None:
    header = schema("customers", COLUMNS)
    flagged = record("customers", id="cus_1", name="Ann", _sdc_deleted_at=FULL["_sdc_deleted_at"])
    warehouse.load(lines(header, record("customers", id="cus_1", name="Ann")))
    assert warehouse.read("customers")[("cus_1",)]["_sdc_deleted_at"] is None
    warehouse.load(lines(header, flagged))
    row = warehouse.read("customers")[("cus_1",)]
    assert (row["name"], row["_sdc_deleted_at"]) == ("Ann", DELETED)
    warehouse.load(lines(header, record("customers", id="cus_1", name="Ann")))
    assert warehouse.read("customers")[("cus_1",)]["_sdc_deleted_at"] is None


def test_a_new_column_is_added(warehouse: Warehouse) -> None:
    wide = NARROW | {"email": TEXT}
    warehouse.load(lines(schema("customers", NARROW), record("customers", id="cus_1")))
    warehouse.load(lines(schema("customers", wide), record("customers", id="cus_2", email="@")))
    rows = warehouse.read("customers").values()
    assert [(row["id"], row["email"]) for row in rows] == [("cus_1", None), ("cus_2", "@")]


def test_the_last_state_is_printed(warehouse: Warehouse) -> None:
    printed = warehouse.load(
        lines(
            state(customers=1),
            schema("customers", NARROW),
            record("customers", id="cus_1"),
            state(customers=2),
        )
    )
    assert printed == {"bookmarks": {"customers": 2}}


def test_no_state_is_printed_before_its_rows_are_there(warehouse: Warehouse) -> None:
    """A loader that dies after a full batch of one table has written the other tables too."""
    dies = lines(
        schema("customers", NARROW),
        schema("charges", NARROW),
        record("customers", id="cus_1"),
        state(customers=1),
        record("charges", id="ch_1"),
        record("charges", id="ch_2"),
        record("charges", id="ch_3"),
    )
    with pytest.raises(LoaderError) as died:
        warehouse.load(dies + b"not JSON\n", batch_size_rows=2)
    if {"bookmarks": {"customers": 1}} in died.value.states:
        assert list(warehouse.read("customers")) == [("cus_1",)]


def test_a_failing_loader_says_why(duckdb_path: Path) -> None:
    with pytest.raises(LoaderError, match=r"customers has a record before a SCHEMA$"):
        run_target_duckdb(lines(record("customers", id="cus_1")), duckdb_path)


def test_jsonl_gets_every_record(tmp_path: Path) -> None:
    header = schema("customers", COLUMNS)
    run_target_jsonl(lines(header, record("customers", **FULL)), tmp_path)
    written = (tmp_path / "customers.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in written] == [FULL]
