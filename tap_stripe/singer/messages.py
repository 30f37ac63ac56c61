"""Singer messages on standard output, a page of records at a time."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import orjson
from singer_sdk.io_base import GenericSingerWriter
from singer_sdk.mapper import SameRecordTransform
from singer_sdk.singerlib.encoding.simple import Message

from tap_stripe.times import to_iso

if TYPE_CHECKING:
    from singer_sdk.mapper import StreamMap


class PageWriter(GenericSingerWriter[bytes, Message]):
    """Writes whole pages at once: a flush per record would cost more than the record."""

    def serialize_message(self, message: Message) -> bytes:
        """Encode a message as a line."""
        return encode(message.to_dict()) + b"\n"

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
    ) -> None:
        """Prepare what all records share.

        Args:
            stream_maps: The SDK's maps for this stream, at least one.
            version: The table's version.
            extracted: When the run reads Stripe, in seconds since the epoch.
            shared: Columns with one value in all records, beyond what these hold.
        """
        plain = all(isinstance(stream_map, SameRecordTransform) for stream_map in stream_maps)
        # Encoded once where no map needs to see them: the record's brace then becomes a comma.
        begin = encode(shared)[:-1] + b"," if shared and plain else b"{"
        self._shared = None if plain else shared
        self._maps = [
            (stream_map, _head(stream_map.stream_alias) + begin) for stream_map in stream_maps
        ]
        # Custom maps evaluate expressions in an interpreter of their own that holds state.
        self._guard = contextlib.nullcontext() if plain else threading.Lock()
        self._tail = b',"version":%d,"time_extracted":"%s"}\n' % (
            version,
            to_iso(extracted).encode(),
        )

    def lines(self, records: Iterable[dict[str, Any]]) -> bytes:
        """Encode records, one line each, passed through the user's stream maps."""
        parts: list[bytes] = []
        with self._guard:
            for record in records:
                whole = {**self._shared, **record} if self._shared else record
                for stream_map, head in self._maps:
                    mapped = stream_map.transform(whole)
                    if mapped is not None:
                        parts += (head, encode(mapped)[1:], self._tail)
        return b"".join(parts)


def _head(alias: str) -> bytes:
    return b'{"type":"RECORD","stream":%s,"record":' % orjson.dumps(alias)


def encode(value: Any) -> bytes:
    """Encode JSON.

    What orjson refuses (integers beyond 64 bits, lone surrogates) the standard library writes.
    """
    try:
        return orjson.dumps(value, default=str)
    except TypeError:
        return json.dumps(value, default=str, separators=(",", ":")).encode()
