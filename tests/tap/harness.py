"""Running the tap against the stand-in, and a warehouse in a dictionary that takes its messages."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from standin import Server
from tap_stripe.failure import SyncFailedError
from tap_stripe.streams.columns import DELETED_AT
from tap_stripe.tap import TapStripe

Message = dict[str, Any]
Row = dict[str, Any]


@dataclass
class Sync:
    """What one run of the tap wrote and said."""

    messages: list[Message]
    failure: str | None
    log: str

    @property
    def state(self) -> dict[str, Any]:
        """The last state written."""
        state: dict[str, Any] = self.states[-1]
        return state

    @property
    def states(self) -> list[dict[str, Any]]:
        """All states written."""
        return [message["value"] for message in self.messages if message["type"] == "STATE"]

    def bookmark(self, stream: str) -> dict[str, Any]:
        """The stream's part of the last state."""
        bookmark: dict[str, Any] = self.state["bookmarks"][stream]
        return bookmark

    def records(self, stream: str | None = None) -> list[Row]:
        """The records of one stream, or of all."""
        return [
            message["record"]
            for message in self.messages
            if message["type"] == "RECORD" and stream in (None, message["stream"])
        ]

    def ids(self, stream: str) -> list[str]:
        """The ids of a stream's records, in the order written."""
        return [record["id"] for record in self.records(stream)]


def config(server: Server, **settings: Any) -> dict[str, Any]:
    """Settings for the stand-in, without waiting for Stripe's usual rate."""
    return {
        "api_key": server.account.secret_key,
        "api_url": server.url,
        "requests_per_second": 20_000,
        **settings,
    }


@functools.cache
def _catalog_entries() -> dict[str, str]:
    """The discovered catalog, an entry's JSON by stream."""
    catalog = TapStripe(config={}, validate_config=False, setup_mapper=False).catalog_dict
    return {entry["stream"]: json.dumps(entry) for entry in catalog["streams"]}


def selection(streams: Iterable[str], columns_off: Iterable[tuple[str, str]] = ()) -> Message:
    """A catalog in which only these streams are selected, without some of their columns."""
    entries = [json.loads(_catalog_entries()[stream]) for stream in streams]
    off = set(columns_off)
    for entry in entries:
        for metadata in entry["metadata"]:
            crumb = metadata["breadcrumb"]
            metadata["metadata"]["selected"] = (
                entry["stream"],
                crumb[-1] if crumb else "",
            ) not in off
    return {"streams": entries}


def sync(
    server: Server,
    *streams: str,
    state: Mapping[str, Any] | None = None,
    catalog: Message | None = None,
    **settings: Any,
) -> Sync:
    """Run the tap in this process, with the streams named (default: all)."""
    if streams:
        catalog = selection(streams)
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    failure = None
    with contextlib.redirect_stdout(output), captured_log() as log:
        tap = TapStripe(
            config=config(server, **settings),
            catalog=catalog,
            state=json.loads(json.dumps(state)) if state else None,
        )
        try:
            tap.sync_all()
        except SyncFailedError as error:
            failure = str(error)
    assert isinstance(output.buffer, io.BytesIO)
    return Sync(parse(output.buffer.getvalue()), failure, log.getvalue())


def parse(output: bytes) -> list[Message]:
    """The messages in what a tap wrote; a last line that was cut off is left out, as targets do."""
    whole = output[: output.rfind(b"\n") + 1]
    return [_message(line) for line in whole.splitlines()]


def _message(line: bytes) -> Message:
    try:
        message: Message = orjson.loads(line)
    except orjson.JSONDecodeError:  # which the standard library may still read
        message = json.loads(line)
    return message


@contextlib.contextmanager
def captured_log() -> Iterator[io.StringIO]:
    """What the tap logs meanwhile."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("tap-stripe")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield text
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


@dataclass
class Mirror:
    """A warehouse with the semantics of Singer: upsert by key, soft delete by version."""

    keys: dict[str, list[str]] = field(default_factory=dict)
    tables: dict[str, dict[tuple[Any, ...], Row]] = field(default_factory=lambda: defaultdict(dict))
    versions: dict[tuple[str, tuple[Any, ...]], int] = field(default_factory=dict)

    def load(self, messages: Iterable[Message]) -> Mirror:
        """Apply messages in order."""
        for message in messages:
            if message["type"] == "SCHEMA":
                self.keys[message["stream"]] = message["key_properties"]
            elif message["type"] == "RECORD":
                stream, row = message["stream"], message["record"]
                key = tuple(row[column] for column in self.keys[stream])
                self.tables[stream][key] = row
                self.versions[stream, key] = message["version"]
            elif message["type"] == "ACTIVATE_VERSION":
                stream = message["stream"]
                for key, row in list(self.tables[stream].items()):
                    if self.versions[stream, key] < message["version"]:
                        self.tables[stream][key] = {**row, DELETED_AT: "superseded"}
        return self

    def live(self, stream: str) -> dict[tuple[Any, ...], Row]:
        """The rows of a table that are not flagged as deleted."""
        return {key: row for key, row in self.tables[stream].items() if row.get(DELETED_AT) is None}

    def flagged(self, stream: str) -> dict[tuple[Any, ...], Row]:
        """The rows of a table that are."""
        return {
            key: row for key, row in self.tables[stream].items() if row.get(DELETED_AT) is not None
        }
