"""Values that do not fit their columns are told, and left out."""

from __future__ import annotations

from typing import Any

import pytest

from tap_stripe.singer.fit import compile_fit, conform

SCHEMA: dict[str, Any] = {
    "properties": {
        "id": {"type": "string"},
        "name": {"type": ["null", "string"]},
        "amount": {"type": ["null", "integer"]},
        "rate": {"type": ["null", "number"]},
        "live": {"type": "boolean"},
        "address": {"type": ["null", "object"]},
        "tags": {"type": ["null", "array"]},
    }
}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name", "x"),
        ("name", None),
        ("amount", 2**63 - 1),
        ("amount", -(2**63)),
        ("rate", 1),
        ("rate", 2**70),
        ("rate", 0.5),
        ("live", False),
        ("address", {"anything": [1]}),
        ("tags", []),
        ("name", 7),
        ("address", "Main Street"),
    ],
)
def test_what_fits_stays_as_it_is(column: str, value: Any) -> None:
    told: list[Any] = []
    record = {"id": "x", column: value}
    fit = compile_fit(SCHEMA, lambda *what: told.append(what))
    assert fit(record) is record
    assert fit(record) is record
    assert told == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", "12"),
        ("amount", True),
        ("amount", 1.5),
        ("amount", 2**63),
        ("amount", -(2**63) - 1),
        ("rate", "0.5"),
        ("live", 1),
    ],
)
def test_what_does_not_fit_is_told(column: str, value: Any) -> None:
    told: list[Any] = []
    fit = compile_fit(SCHEMA, lambda *what: told.append(what))
    good = {"id": "x", "amount": 1}
    assert fit(good) is good
    assert fit({**good, column: value}) == {**good, column: None}
    assert told == [(column, value)]


def test_a_column_that_is_not_there_is_not_made() -> None:
    record = {"id": "x", "live": None}
    assert compile_fit(SCHEMA)(record) is record


def test_values_of_another_version_that_do_not_fit_become_null() -> None:
    record = {"id": "x", "name": {"id": "txr_1"}, "amount": 1.5, "tags": {"a": 1}, "address": {}}
    assert conform(SCHEMA, record) == {
        "id": "x",
        "name": "txr_1",
        "amount": None,
        "tags": None,
        "address": {},
    }
    assert conform(SCHEMA, {"id": "x", "name": 7}) == {"id": "x", "name": None}
