"""target-duckdb keeps the version of a RECORD in a column, however the message is written."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import pytest

from tests.warehouse.loaders import SCHEMA
from tests.warehouse.messages import activate, lines, record, schema
from tests.warehouse.warehouses import DELETED_AT, DuckDB

MISLEADING: dict[str, Any] = {
    "id": 'x","version":7}',
    "texts": ['"record": {"', "}", '","version":9,"time_extracted":"2026"}', "\\", "\n", "ß💶"],
    "inner": {"version": 10, "record": {"version": 11}},
    "version": 8,
}
"""A record whose values look like the ends of messages."""
DENSE = json.dumps(MISLEADING, separators=(",", ":"), ensure_ascii=False)
WRITTEN = {
    "stream": '"stream":"forms"',
    "record": f'"record":{json.dumps(MISLEADING)}',
    "dense record": f'"record":{DENSE}',
    "spaced record": f'"record": {json.dumps(MISLEADING, indent=1)}'.replace("\n", " "),
    "type": '"type":"RECORD"',
    "spaced type": '"type" : "RECORD"',
    "version": '"version":3',
    "spaced version": ' "version" : 3 ',
    "no version": '"version":null',
    "time": '"time_extracted":"2026-11-01T12:00:00Z"',
}
"""Members of a message, by the names that the tests have for them."""


@pytest.mark.parametrize(
    ("version", "form"),
    [
        (3, ("type", "stream", "dense record", "version", "time")),
        (3, ("type", "stream", "record", "version")),
        (3, ("type", "stream", "record", "time", "version")),
        (3, ("type", "stream", "record", "spaced version")),
        (3, ("type", "stream", "version", "dense record")),
        (3, ("version", "type", "stream", "spaced record", "time")),
        (3, ("spaced type", "stream", "record", "version")),
        (None, ("type", "stream", "record", "time")),
        (None, ("type", "stream", "record", "no version")),
        (None, ("type", "stream", "dense record")),
        (None, ("type", "stream", "time", "record")),
    ],
)
def test_a_version_is_found_however_the_line_is_written(
    duckdb_warehouse: DuckDB, version: int | None, form: tuple[str, ...]
) -> None:
    columns = {
        "id": {"type": "string"},
        "texts": {"type": "array"},
        "inner": {"type": "object"},
        "version": {"type": "integer"},
    }
    line = "{" + ",".join(WRITTEN[part] for part in form) + "}\n"
    duckdb_warehouse.load(lines(schema("forms", columns)) + line.encode())
    assert duckdb_warehouse.read("forms") == {(MISLEADING["id"],): {**MISLEADING, DELETED_AT: None}}
    with duckdb.connect(str(duckdb_warehouse.path), read_only=True) as connection:
        stored = connection.table(f'"{SCHEMA}"."forms"').project("_sdc_table_version").fetchall()
    assert stored == [(version,)]


def test_a_column_of_the_streams_own_keeps_its_type(duckdb_warehouse: DuckDB) -> None:
    columns = {"id": {"type": "string"}, DELETED_AT: {"type": ["null", "string"]}}
    rows = [record("notes", 1, id="gone", **{DELETED_AT: "long ago"}), record("notes", 1, id="old")]
    duckdb_warehouse.load(lines(schema("notes", columns), *rows, activate("notes", 2)))
    stored = duckdb_warehouse.read("notes")
    assert stored[("gone",)][DELETED_AT] == "long ago"
    assert isinstance(stored[("old",)][DELETED_AT], str)
