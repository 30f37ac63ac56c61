"""Rows as the tap sends them, gathered for all cases, so that they are loaded at once."""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tap_stripe.streams import STREAMS
from tap_stripe.sync.log import SyncLog
from tests.project import ROOT
from tests.warehouse.messages import lines, record, schema

Row = dict[str, Any]

NOW = "2026-11-22T12:00:00Z"
FIRST_SEEN = "2026-10-01T00:00:00Z"
"""The oldest event: months up to September 2026 are as billed, October is known from events."""
ACCOUNT = "acct_own"
"""The key's own account, which the rows don't tell, but the log of the runs."""


class Books:
    """The rows of every table, and ids that nobody has used yet."""

    def __init__(self, account: str | None = None) -> None:
        self.account = account
        """Whose rows are put in; None where the key may not tell."""
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._numbers = itertools.count(1)
        self.put("events", id=self.id("evt"), type="customer.created", created=FIRST_SEEN, data={})

    def id(self, prefix: str) -> str:
        """An id of its own."""
        return f"{prefix}_{next(self._numbers):06d}"

    def put(self, table: str, **values: Any) -> Row:
        """Add a row; columns that are not named are null."""
        values.setdefault("account_id", self.account)
        self._rows[table].append(values)
        return values

    def ran(self, table: str, until: str, account: str | None) -> None:
        """What the tap says of a table at the end of a run with the key of an account."""
        self.put(
            SyncLog.name,
            run_id=self.id("run"),
            table_name=table,
            account_id=account,
            started_at=until,
            finished_at=until,
            outcome="ok",
            synced_until=until,
        )

    def wipe(self, currency: str) -> None:
        """Flag everything that is in a currency by now as deleted."""
        for rows in self._rows.values():
            for row in rows:
                if row.get("currency") == currency:
                    row["_sdc_deleted_at"] = NOW

    def messages(self) -> bytes:
        """All rows as Singer messages, with the tap's own schemas."""
        return b"".join(
            lines(
                schema(table, _columns(table), self._key(table)),
                *(record(table, **row) for row in rows),
            )
            for table, rows in self._rows.items()
        )

    def _key(self, table: str) -> Sequence[str]:
        if table == SyncLog.name:
            return SyncLog.primary_keys
        [stream] = [stream for stream in STREAMS if stream.table() == table]
        is_told = stream.ids_per_account and self.account
        return ("account_id", *stream.primary_keys) if is_told else stream.primary_keys


def _columns(table: str) -> Row:
    if table == SyncLog.name:
        declared: Row = SyncLog.schema["properties"]
        return declared
    path = ROOT / "schemas" / f"{table}.json"
    columns: Row = json.loads(path.read_text(encoding="utf-8"))["properties"]
    return columns
