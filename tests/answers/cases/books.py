"""Rows as the tap sends them, gathered for all cases, so that they are loaded at once."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from typing import Any

from tap_stripe.streams import STREAMS
from tests.project import ROOT
from tests.warehouse.messages import lines, record, schema

Row = dict[str, Any]

NOW = "2026-11-22T12:00:00Z"
FIRST_SEEN = "2026-10-01T00:00:00Z"
"""The oldest event: months up to September 2026 are as billed, October is known from events."""


class Books:
    """The rows of every table, and ids that nobody has used yet."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._numbers = itertools.count(1)
        self.put("events", id=self.id("evt"), type="customer.created", created=FIRST_SEEN, data={})

    def id(self, prefix: str) -> str:
        """An id of its own."""
        return f"{prefix}_{next(self._numbers):06d}"

    def put(self, table: str, **values: Any) -> Row:
        """Add a row; columns that are not named are null."""
        self._rows[table].append(values)
        return values

    def wipe(self, currency: str) -> None:
        """Flag everything that is in a currency by now as deleted."""
        for rows in self._rows.values():
            for row in rows:
                if row.get("currency") == currency:
                    row["_sdc_deleted_at"] = NOW

    def messages(self) -> bytes:
        """All rows as Singer messages, with the tap's own schemas."""
        keys = {stream.table(): stream.primary_keys for stream in STREAMS}
        return b"".join(
            lines(
                schema(table, _columns(table), keys[table]),
                *(record(table, **row) for row in rows),
            )
            for table, rows in self._rows.items()
        )


def _columns(table: str) -> Row:
    path = ROOT / "schemas" / f"{table}.json"
    columns: Row = json.loads(path.read_text(encoding="utf-8"))["properties"]
    return columns
