"""The comparison of a warehouse with what the tap wrote sees what is wrong."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from tests.proof.loaded import SUPERSEDED, agree, differences
from tests.warehouse.warehouses import DELETED_AT, Row

NOON = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
RECORD: Row = {
    "id": "in_1",
    "created": "2026-11-01T12:00:00Z",
    "description": "two seats",
    "footer": None,
    "total": 500,
    "attempted": False,
    "metadata": {"seats": "2", "plan": None},
    "discounts": ["di_1", "di_2"],
}
HELD: Row = {**RECORD, "created": NOON, DELETED_AT: None}
"""The same in a warehouse."""


def found(held: Row, record: Row = RECORD) -> list[str]:
    """The columns in which an invoice differs."""
    lines = differences("invoices", {("in_1",): held}, {("in_1",): record})
    return sorted(line.split()[2] for line in lines)


def test_what_was_loaded_well_agrees() -> None:
    assert found(HELD) == []
    assert found({**HELD, "total": 500.0}) == []


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("description", "three seats"),
        ("description", 2),
        ("footer", "a footer"),
        ("total", 501),
        ("total", "500"),
        ("attempted", True),
        ("attempted", 0),
        ("created", NOON.replace(second=1)),
        ("created", RECORD["created"]),
        ("metadata", {"seats": "3", "plan": None}),
        ("metadata", {"seats": "2"}),
        ("metadata", '{"seats": "2", "plan": null}'),
        ("discounts", ["di_2", "di_1"]),
        (DELETED_AT, NOON),
    ],
)
def test_a_wrong_value_is_seen(column: str, wrong: Any) -> None:
    assert found({**HELD, column: wrong}) == [column]


def test_every_null_is_seen() -> None:
    nulls = dict.fromkeys(HELD) | {"id": "in_1"}
    assert found(nulls) == sorted(RECORD.keys() - {"id", "footer"})


def test_a_column_that_is_not_there_is_seen() -> None:
    assert found({name: value for name, value in HELD.items() if name != "total"}) == ["total"]


def test_a_row_too_few_or_too_many_is_seen() -> None:
    assert len(list(differences("invoices", {}, {("in_1",): RECORD}))) == 1
    assert len(list(differences("invoices", {("in_1",): HELD}, {}))) == 1


def test_a_flag_is_compared_by_its_time_unless_the_loader_has_set_it() -> None:
    assert found({**HELD, DELETED_AT: NOON}, {**RECORD, DELETED_AT: RECORD["created"]}) == []
    assert not agree("invoices", DELETED_AT, NOON, "2026-11-01T12:00:01Z")
    assert agree("invoices", DELETED_AT, NOON, SUPERSEDED)
    assert not agree("invoices", DELETED_AT, None, SUPERSEDED)
