"""The catalog: how the tap writes it, and what of a given one it works through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

_LINE, _CHUNK = 32 * 1024, 1024
"""Bytes: of a line at most, and of what stays together in one."""


def as_text(catalog: Mapping[str, Any]) -> str:
    """The catalog as JSON, without blanks and in few lines, none of which is long.

    Blanks would make it two and a half times as large. Meltano reads line by line: half a million
    lines take it a second, and one of more than 64 kB it waits for in vain.
    """
    lines, length = [[b""]], 0
    for chunk in _chunks(catalog):
        if length + len(chunk) > _LINE:
            lines.append([])
            length = 0
        lines[-1].append(chunk)
        length += len(chunk)
    return b"\n".join(map(b"".join, lines)).decode()


def _chunks(value: Any) -> Iterator[bytes]:
    """A JSON value in pieces, between which there may be a line break."""
    text = orjson.dumps(value)
    if len(text) <= _CHUNK:
        yield text
    elif isinstance(value, Mapping):
        for number, (name, inner) in enumerate(value.items()):
            yield (b"," if number else b"{") + orjson.dumps(name) + b":"
            yield from _chunks(inner)
        yield b"}"
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield b"," if number else b"["
            yield from _chunks(inner)
        yield b"]"
    else:
        yield text


def without_deselected(catalog: Mapping[str, Any]) -> dict[str, Any]:
    """The catalog with only those streams that may be synced.

    Meltano hands over all streams with all their columns, and the SDK would work through each
    of them before the first request. A stream that the catalog lacks is not synced either.
    """
    streams = [entry for entry in catalog.get("streams", ()) if not _is_deselected(entry)]
    return {**catalog, "streams": streams}


def _is_deselected(entry: Mapping[str, Any]) -> bool:
    for metadata in entry.get("metadata", ()):
        if not metadata["breadcrumb"]:
            return metadata["metadata"].get("selected") is False
    return False
