"""RECORD lines, taken apart without decoding them."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_START = re.compile(rb'\{"type": ?"RECORD", ?"stream": ?"([^"\\]*)", ?"record": ?(?=\{)')
"""The start of a RECORD line as taps usually write it, up to the record."""
_END = re.compile(rb'\}(?:, ?"version": ?(\d+))?(?:, ?"time_extracted": ?"([^"\\]*)")?\}\s*\Z')
"""The end of such a line, from the record's last brace. Only one brace follows, so what stands
between the two is the message's, not the record's."""
_END_LENGTH = 120
"""Bytes, more than `_END` takes."""
_UNWRITABLE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""What may be the escape of a character that no database takes."""
_UNTAKEN = re.compile("[\0\ud800-\udfff]")
"""Such characters: NUL, and halves of others that stand alone."""


class RecordLine(NamedTuple):
    """What a RECORD line says."""

    stream: str
    record: bytes
    """The record as JSON, on one line, in UTF-8."""
    version: int | None
    extracted: str | None
    """When the tap read it, ISO 8601."""


def taken_apart(line: bytes) -> RecordLine | dict[str, Any]:
    """The parts of a RECORD line; any other message decoded.

    Raises:
        ValueError: The line is no message.
    """
    start, end = _START.match(line), _END.search(line, max(0, len(line) - _END_LENGTH))
    if start is None or end is None:
        return _decoded(line)
    stream, version, extracted = start[1], end[1], end[2]
    return RecordLine(
        stream.decode(),
        writable(line[start.end() : end.start() + 1]),
        None if version is None else int(version),
        None if extracted is None else extracted.decode(),
    )


def decoded_record(line: RecordLine) -> dict[str, Any]:
    """The whole RECORD message of a line, decoded."""
    message = {"type": "RECORD", "stream": line.stream, "record": json.loads(line.record)}
    told = {"version": line.version, "time_extracted": line.extracted}
    return message | {name: value for name, value in told.items() if value is not None}


def writable(record: bytes) -> bytes:
    """A record without characters that no database takes; U+FFFD stands in for each."""
    # Most records have no escape at all, and a single byte is found ten times as fast.
    if b"\\" not in record or _UNWRITABLE.search(record) is None:
        return record
    return json.dumps(_cleaned(json.loads(record)), ensure_ascii=False).encode()


def _decoded(line: bytes) -> RecordLine | dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError as error:
        raise ValueError(f"Not a Singer message ({error}): {line[:200]!r}") from error
    if not isinstance(message, dict) or "type" not in message:
        raise ValueError(f"Not a Singer message: {line[:200]!r}")
    if message["type"] != "RECORD":
        return message
    record = json.dumps(_cleaned(message["record"]), ensure_ascii=False).encode()
    return RecordLine(
        message["stream"], record, message.get("version"), message.get("time_extracted")
    )


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _UNTAKEN.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(field) for name, field in value.items()}
    if isinstance(value, list):
        return [_cleaned(entry) for entry in value]
    return value
