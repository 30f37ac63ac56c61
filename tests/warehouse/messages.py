"""Singer messages for tests that feed a loader by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any


def lines(*messages: Mapping[str, Any]) -> bytes:
    """Messages as a tap prints them."""
    return b"".join(json.dumps(message).encode() + b"\n" for message in messages)


def schema(stream: str, properties: Mapping[str, Any], key: Iterable[str] = ("id",)) -> Any:
    """A SCHEMA message; `properties` maps a column to its JSON Schema."""
    return {
        "type": "SCHEMA",
        "stream": stream,
        "schema": {"type": "object", "properties": dict(properties)},
        "key_properties": list(key),
    }


def record(stream: str, version: int | None = None, /, **values: Any) -> Any:
    """A RECORD message; `version` is the table's version where the stream has one."""
    return {
        "type": "RECORD",
        "stream": stream,
        "record": values,
        **({} if version is None else {"version": version}),
        "time_extracted": "2026-11-01T12:00:00+00:00",
    }


def activate(stream: str, version: int) -> Any:
    """An ACTIVATE_VERSION message: rows of older versions are no longer there."""
    return {"type": "ACTIVATE_VERSION", "stream": stream, "version": version}


def state(**bookmarks: Any) -> Any:
    """A STATE message with one bookmark value per stream."""
    return {"type": "STATE", "value": {"bookmarks": bookmarks}}
