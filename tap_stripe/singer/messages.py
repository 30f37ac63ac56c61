"""Singer messages on standard output, a page of records at a time."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import orjson
from singer_sdk.io_base import GenericSingerWriter
from singer_sdk.mapper import SameRecordTransform
from singer_sdk.singerlib.encoding.simple import Message

from tap_stripe.times import to_iso

if TYPE_CHECKING:
    from singer_sdk.mapper import StreamMap

_ESCAPE, _NUL = b"\\", rb"\u0000"
"""NUL as JSON has it; also a text about it, which only costs a second look. Most records have no
escape at all, and a single byte is found ten times as fast."""
_LEVELS = 400
"""So deep JSON is written: each level takes two calls, of which Python allows a thousand."""


class PageWriter(GenericSingerWriter[bytes, Message]):
    """Writes whole pages at once: a flush per record would cost more than the record."""

    def serialize_message(self, message: Message) -> bytes:
        """Encode a message as a line.

        Its own `to_dict` would copy each schema to the last leaf, which takes longer than all else.
        """
        values = ((field.name, getattr(message, field.name)) for field in fields(message))
        return encode({name: value for name, value in values if value is not None}) + b"\n"

    def write_message(self, message: Message) -> None:
        """Write one message and flush it."""
        self.write(self.format_message(message))

    def write(self, lines: bytes) -> None:
        """Write complete lines and flush them.

        Raises:
            BrokenPipeError: Whoever reads them has gone.
        """
        sys.stdout.buffer.write(lines)
        sys.stdout.buffer.flush()


class RecordEncoder:
    """Encodes the records of one stream as RECORD lines. Safe to use from many threads."""

    def __init__(
        self,
        stream_maps: list[StreamMap],
        version: int,
        extracted: int,
        shared: Mapping[str, Any] | None = None,
        lock: threading.Lock | None = None,
    ) -> None:
        """Prepare what all records share.

        Args:
            stream_maps: The SDK's maps for this stream, at least one.
            version: The table's version.
            extracted: When the run reads Stripe, in seconds since the epoch.
            shared: Columns with one value in all records, beyond what these hold.
            lock: Held while the maps are at work; that of all encoders which have the same maps.
        """
        plain = all(
            isinstance(stream_map, SameRecordTransform) and not stream_map.flattening_enabled
            for stream_map in stream_maps
        )
        # Encoded once where no map needs to see them: the record's brace then becomes a comma.
        begin = encode(shared)[:-1] + b"," if shared and plain else b"{"
        self._shared = None if plain else shared
        self._maps = [
            (stream_map, _head(stream_map.stream_alias) + begin) for stream_map in stream_maps
        ]
        self._plain = plain
        # Custom maps evaluate expressions in an interpreter of their own that holds the record.
        self._lock = lock or threading.Lock()
        self._tail = b',"version":%d,"time_extracted":"%s"}\n' % (
            version,
            to_iso(extracted).encode(),
        )

    def lines(self, records: Iterable[dict[str, Any]]) -> bytes:
        """Encode records, one line each, passed through the user's stream maps."""
        parts: list[bytes] = []
        for head, record in self._mapped(records):
            parts += (head, encode(record)[1:], self._tail)
        return b"".join(parts)

    def _mapped(self, records: Iterable[dict[str, Any]]) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Each record as each map has it, and how its line begins."""
        if self._plain:  # most are; asking the map would cost a third of the encoding
            yield from ((head, record) for record in records for _, head in self._maps)
            return
        with self._lock:
            for record in records:
                whole = {**self._shared, **record} if self._shared else record
                for stream_map, head in self._maps:
                    if (mapped := stream_map.transform(whole)) is not None:
                        yield head, mapped


def _head(alias: str) -> bytes:
    return b'{"type":"RECORD","stream":%s,"record":' % orjson.dumps(alias)


def encode(value: Any) -> bytes:
    """Encode JSON that every warehouse takes.

    No UTF-8 has lone surrogates and no text of PostgreSQL has NUL, so each of them is written as
    U+FFFD, the sign for what can't be shown. What else orjson refuses (integers beyond 64 bits,
    hundreds of levels) the standard library writes, down to where Python itself gives up.
    """
    try:
        line = orjson.dumps(value, default=str)
    except TypeError:
        text = json.dumps(_shown(value), default=str, separators=(",", ":"), ensure_ascii=False)
        return text.encode()
    has_nul = _ESCAPE in line and _NUL in line
    return orjson.dumps(_shown(value), default=str) if has_nul else line


def _shown(value: Any, levels: int = _LEVELS) -> Any:
    """A copy of a JSON value in which every text can be shown, and null where it is too deep."""
    if isinstance(value, str):
        text = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text.replace("\0", "\ufffd")
    if not isinstance(value, (dict, list)):
        return value
    if levels == 0:
        return None
    if isinstance(value, dict):
        return {_shown(name): _shown(inner, levels - 1) for name, inner in value.items()}
    return [_shown(inner, levels - 1) for inner in value]
