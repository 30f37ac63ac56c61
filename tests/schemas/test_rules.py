"""What every stream's schema keeps to, so that loaders understand it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from scripts.generate_schemas.describe import compact
from scripts.generate_schemas.schema import stream_schema
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.columns import DELETED_AT
from tests.schemas.walk import parts

KEYWORDS = {
    "additionalProperties",
    "description",
    "format",
    "items",
    "maximum",
    "minimum",
    "properties",
    "title",
    "type",
}
VALUES = {"array", "boolean", "integer", "number", "object", "string"}

each_stream = pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream.name)


def columns(stream: type[StripeStream]) -> Mapping[str, Mapping[str, Any]]:
    properties: Mapping[str, Mapping[str, Any]] = stream_schema(stream)["properties"]
    return properties


@each_stream
def test_is_valid_and_plain(stream: type[StripeStream]) -> None:
    schema = stream_schema(stream)
    Draft7Validator.check_schema(schema)
    for path, part in parts(schema):
        assert part.keys() <= KEYWORDS, path
        types = [part["type"]] if isinstance(part["type"], str) else part["type"]
        # One kind of value: a loader has to find one kind of column for it.
        assert len(set(types) & VALUES) == 1, path
        assert set(types) <= VALUES | {"null"}, path


@each_stream
def test_keys_and_nothing_else_are_never_null(stream: type[StripeStream]) -> None:
    never_null = [
        path for path, part in parts(stream_schema(stream)) if path and "null" not in part["type"]
    ]
    assert never_null == list(stream.primary_keys)


@each_stream
def test_integers_fit_into_64_bits(stream: type[StripeStream]) -> None:
    for name, column in columns(stream).items():
        if "integer" in column["type"]:
            assert (column["minimum"], column["maximum"]) == (-(2**63), 2**63 - 1), name


@each_stream
def test_deletion_is_a_time_of_deletable_streams(stream: type[StripeStream]) -> None:
    found = columns(stream)
    assert "deleted" not in found
    assert (DELETED_AT in found) is stream.deletable
    if stream.deletable:
        assert found[DELETED_AT]["format"] == "date-time"


@each_stream
def test_times_are_text(stream: type[StripeStream]) -> None:
    for path, part in parts(stream_schema(stream)):
        if "format" in part:
            assert part["format"] == "date-time", path
            is_key = path in stream.primary_keys
            assert part["type"] == (["string"] if is_key else ["string", "null"]), path
    if stream.replication_key is not None:
        assert columns(stream)["created"]["format"] == "date-time"


@each_stream
def test_a_column_that_target_postgres_cannot_activate_is_only_in_permanent_tables(
    stream: type[StripeStream],
) -> None:
    """It calls off rows with a statement whose parameter `version` must be no column's name."""
    assert "version" not in columns(stream) or stream.permanent


@each_stream
def test_size_stays_sensible(stream: type[StripeStream]) -> None:
    assert len(compact(stream_schema(stream)).encode()) < 65_000


@each_stream
def test_descriptions_are_one_short_line(stream: type[StripeStream]) -> None:
    schema = stream_schema(stream)
    assert schema["description"]
    for path, part in parts(schema):
        description = part.get("description", "")
        assert "\n" not in description, path
        assert "](" not in description, path
        assert len(description) <= 300, path
