"""Singer messages that carry a table's version among the columns, as the loader wants it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

VERSION = "_sdc_table_version"
"""The version of its table that a row came with; null if it came with none."""
DELETED_AT = "_sdc_deleted_at"
"""When a row was called off, in UTC; null while it is not."""
COLUMNS: Mapping[str, Any] = {
    VERSION: {"type": ["null", "integer"], "maximum": 2**63 - 1},
    DELETED_AT: {"type": ["null", "string"], "format": "date-time"},
}
"""The columns that every table gets, as JSON Schema."""

_START = re.compile(r'\{"type": ?"RECORD", ?"stream": ?"[^"\\]*", ?"record": ?\{(?=")')
"""The start of a RECORD line as taps usually write it, up to the record's first column."""
_END = re.compile(r', ?"version": ?(\d+)(?:, ?"time_extracted": ?"[^"\\]*")?\}\s*\Z')
"""The end of such a line. No brace is open but the message's own, so the version is the message's,
not a value of the record."""
_END_LENGTH = 120
"""Characters, more than `_END` takes."""


def spliced(line: str) -> str | None:
    """A RECORD line with its version as a column, made without decoding the line.

    None when it is another message, has no version, or is written in an unusual way.
    """
    start, end = _START.match(line), _END.search(line, len(line) - _END_LENGTH)
    if start is None or end is None:
        return None
    return f'{line[: start.end()]}"{VERSION}":{end[1]},{line[start.end() :]}'


def with_version(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """A RECORD message with its version, if it has one, as a column."""
    if record.get("version") is None:
        return record
    return {**record, "record": {**record["record"], VERSION: record["version"]}}


def with_columns(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A SCHEMA message with `COLUMNS`; where the stream has one of them, its own stays."""
    properties = {**COLUMNS, **schema["schema"].get("properties", {})}
    return {**schema, "schema": {**schema["schema"], "properties": properties}}


def decoded(line: str) -> Any:
    """The message of a line.

    Raises:
        ValueError: The line isn't JSON.
    """
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"Not a Singer message ({error}): {line[:200]}") from error
