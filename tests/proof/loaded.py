"""Does a real warehouse hold what the tap wrote? Every column of every row is compared."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tap_stripe.streams.base import load_schema
from tests.proof.truth import KEYS
from tests.tap.harness import Message, Mirror
from tests.warehouse.warehouses import DELETED_AT, Row, Warehouse, plain

SUPERSEDED = "superseded"
"""What a mirror writes for the time at which a row is called off: loaders write their own."""


@dataclass
class Loaded:
    """A warehouse that a real loader fills, and beside it what it should hold."""

    warehouse: Warehouse
    tables: tuple[str, ...]
    mirror: Mirror = field(default_factory=Mirror)

    def load(self, messages: Iterable[Message]) -> None:
        """Apply messages in order to both."""
        messages = list(messages)
        self.mirror.load(messages)
        self.warehouse.load(b"".join(json.dumps(message).encode() + b"\n" for message in messages))

    def differences(self) -> list[str]:
        """What the loader made otherwise, a line each."""
        held = self.warehouse.read_all({table: KEYS[table] for table in self.tables})
        return [
            line
            for table in self.tables
            for line in differences(table, held[table], self.mirror.tables[table])
        ]


def differences(
    table: str, held: Mapping[tuple[Any, ...], Row], expected: Mapping[tuple[Any, ...], Row]
) -> Iterator[str]:
    """What a table holds otherwise than it should, a line each; flagged rows count like others."""
    for key in expected.keys() - held.keys():
        yield f"{table} lacks {key}"
    for key in held.keys() - expected.keys():
        yield f"{table} should not have {key}"
    for key in held.keys() & expected.keys():
        for column in held[key].keys() | expected[key].keys():
            ours, value = held[key].get(column), expected[key].get(column)
            if not agree(table, column, ours, value):
                yield f"{table} {key} {column} is {ours!r}, not {value!r}"


def agree(table: str, column: str, held: Any, value: Any) -> bool:
    """Whether a column of a warehouse holds a value of a record.

    A moment is a text in a record and a moment in the warehouse; JSON is compared decoded. Any
    other value has its own type, and nothing but null is null.
    """
    if column == DELETED_AT and value == SUPERSEDED:
        return isinstance(held, datetime)
    if held is None or plain(value) is None:
        return held is None and plain(value) is None
    declared = _columns(table)[column]
    if declared.get("format") == "date-time":
        return isinstance(held, datetime) and held == _moment(value)
    if isinstance(value, (dict, list)):
        return json.dumps(held, sort_keys=True) == json.dumps(value, sort_keys=True)
    numbers = _is_number(held) and _is_number(value)
    return (numbers or type(held) is type(value)) and bool(held == value)


@functools.cache
def _columns(table: str) -> Mapping[str, Mapping[str, Any]]:
    columns: Mapping[str, Mapping[str, Any]] = load_schema(table)["properties"]
    return columns


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
