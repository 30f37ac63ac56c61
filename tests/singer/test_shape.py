"""From Stripe's JSON to a record."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tap_stripe.singer.shape import compile_shape
from tap_stripe.times import to_epoch, to_iso

SCHEMA = {
    "properties": {
        "id": {"type": ["string"]},
        "created": {"type": ["string", "null"], "format": "date-time"},
        "email": {"type": ["string", "null"]},
        "metadata": {"type": ["object", "null"], "additionalProperties": {"type": ["string"]}},
        "discounts": {"type": ["array", "null"], "items": {"type": ["string", "null"]}},
        "rate": {"type": ["string", "null"]},
        "period": {
            "type": ["object", "null"],
            "properties": {
                "start": {"type": ["string", "null"], "format": "date-time"},
                "note": {"type": ["string", "null"]},
            },
        },
        "lines": {
            "type": ["object", "null"],
            "properties": {
                "data": {
                    "type": ["array", "null"],
                    "items": {
                        "type": ["object", "null"],
                        "properties": {"at": {"type": ["string", "null"], "format": "date-time"}},
                    },
                }
            },
        },
    }
}


def test_times_at_any_depth_become_iso_and_the_original_stays() -> None:
    original = {
        "id": "x",
        "created": 0,
        "period": {"start": 1793523600},
        "lines": {"data": [{"at": 86400}]},
    }
    before = copy.deepcopy(original)
    record = compile_shape(SCHEMA)(original)
    assert record == {
        "id": "x",
        "created": "1970-01-01T00:00:00Z",
        "period": {"start": "2026-11-01T09:00:00Z"},
        "lines": {"data": [{"at": "1970-01-02T00:00:00Z"}]},
    }
    assert original == before


def test_nulls_and_free_maps_stay() -> None:
    record = {"id": "x", "created": None, "period": None, "lines": None, "metadata": {"created": 1}}
    assert compile_shape(SCHEMA)(record) == record


def test_references_that_came_in_full_are_ids_again() -> None:
    shape = compile_shape(SCHEMA, expanded=frozenset({"rate"}))
    record = shape({"id": "x", "rate": {"id": "txr_1"}, "discounts": [{"id": "di_1"}, "di_2"]})
    assert record == {"id": "x", "rate": "txr_1", "discounts": ["di_1", "di_2"]}


def test_unknown_fields_at_any_typed_level_are_left_out_and_told() -> None:
    told: list[str] = []
    shape = compile_shape(SCHEMA, unknown=told.append)
    record = shape({"id": "x", "new": 1, "period": {"newer": 2}, "lines": {"data": [{"n": 3}]}})
    assert record == {"id": "x", "period": {}, "lines": {"data": [{}]}}
    assert sorted(told) == ["lines.data.n", "new", "period.newer"]


def test_what_is_not_selected_is_left_out() -> None:
    off = {("properties", "email"), ("properties", "period", "properties", "note")}
    shape = compile_shape(SCHEMA, selected=lambda crumb: crumb not in off)
    record = shape({"id": "x", "email": "a@b.c", "period": {"start": 0, "note": "secret"}})
    assert record == {"id": "x", "period": {"start": "1970-01-01T00:00:00Z"}}


@pytest.mark.parametrize("nonsense", [10**15, -(10**15), [], {}])
def test_what_is_no_time_becomes_null(nonsense: Any) -> None:
    assert compile_shape(SCHEMA)({"created": nonsense}) == {"created": None}


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-01T09:00:00Z",
        "2026-11-01T10:00:00+01:00",
        "2026-11-01T09:00:00",
        "2026-11-01 09:00",
    ],
)
def test_times_are_read_in_every_usual_form(text: str) -> None:
    assert to_epoch(text) == 1793523600


def test_times_go_there_and_back() -> None:
    assert to_epoch(to_iso(1793523601)) == 1793523601
