"""The target: records go to their sinks undecoded, wherever nothing has to look into them."""

from __future__ import annotations

import sys
from typing import IO, Any, cast

from singer_sdk.io_base import GenericSingerReader
from singer_sdk.mapper import SameRecordTransform
from target_postgres.target import TargetPostgres

from bulk_loaders.lines import RecordLine, decoded_record, taken_apart
from bulk_loaders.postgres.sink import BulkSink


class LineReader(GenericSingerReader[bytes]):
    """Reads messages; of a RECORD message it decodes only what stands around the record."""

    @property
    def default_input(self) -> IO[bytes]:
        """The standard input."""
        return sys.stdin.buffer

    def deserialize_json(self, line: bytes | str) -> dict[str, Any]:
        """The message of a line. A RECORD message's `record` is its `RecordLine`.

        Args:
            line: Text where it comes from a file that `--input` names.

        Raises:
            ValueError: The line is no message.
        """
        message = taken_apart(line.encode() if isinstance(line, str) else line)
        if isinstance(message, RecordLine):
            return {"type": "RECORD", "stream": message.stream, "record": message}
        return message


class BulkTargetPostgres(TargetPostgres):
    """Loads Singer messages into PostgreSQL."""

    message_reader_class = LineReader
    default_sink_class = BulkSink

    def _process_record_message(self, message_dict: dict[str, Any]) -> None:
        """Take in one record."""
        line: RecordLine = message_dict["record"]
        if not self._passes_unread(line.stream):
            super()._process_record_message(decoded_record(line))
            return
        sink = cast("BulkSink", self.get_sink(line.stream))
        sink.take(line)
        if sink.is_full:
            self.drain_one(sink)
        self._handle_max_record_age()

    def _passes_unread(self, stream: str) -> bool:
        """Whether the records of a stream are loaded as they come.

        They are not where the user's stream maps change them, or where each is to be checked.
        """
        if self.config.get("validate_records", True):
            return False
        maps = self.mapper.stream_maps.get(stream, ())
        flattens = self.config.get("flattening_enabled", False)
        return len(maps) == 1 and type(maps[0]) is SameRecordTransform and not flattens
