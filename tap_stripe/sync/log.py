"""A table about the tables: how each of them fared in each run, and how fresh it is.

`sync_log` is the only table that comes from the tap itself and from no object of Stripe's. Its
rows are written at the end of a run, before the last state, so they are in the warehouse together
with what they speak of.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from singer_sdk import Stream
from singer_sdk import typing as th

from tap_stripe.singer.messages import RecordEncoder
from tap_stripe.singer.shape import compile_shape

if TYPE_CHECKING:
    from singer_sdk.helpers.types import Context

    from tap_stripe.sync.report import Report

_VERSION = 1
"""Of the table, which is never read anew: what runs have told stays."""


class SyncLog(Stream):
    """A row for each table and run."""

    name = "sync_log"
    primary_keys = ("run_id", "table_name")
    replication_key = "started_at"
    schema = th.PropertiesList(
        th.Property("run_id", th.StringType, required=True, description="The run."),
        th.Property("table_name", th.StringType, required=True, description="The table."),
        th.Property(
            "account_id", th.StringType, description="The ID of the key's own account, where known."
        ),
        th.Property("livemode", th.BooleanType, description="The key's mode, where it shows."),
        th.Property("started_at", th.DateTimeType, description="When the run began."),
        th.Property("finished_at", th.DateTimeType, description="When the run left the table."),
        th.Property(
            "outcome",
            th.StringType,
            description="`ok`; `skipped`, if the key may not read the table or its product is "
            "off; `unfinished`, if the run ended before; `failed`.",
        ),
        th.Property("error", th.StringType, description="Why it is not `ok`."),
        th.Property("new_rows", th.IntegerType, description="Records of new objects."),
        th.Property("changed_rows", th.IntegerType, description="Records of changed objects."),
        th.Property("deleted_rows", th.IntegerType, description="Records flagged as deleted."),
        th.Property(
            "requests",
            th.IntegerType,
            description="Requests sent. Those for a list that fills several tables are counted "
            "at one of them.",
        ),
        th.Property(
            "synced_until",
            th.DateTimeType,
            description="What was created, changed or deleted in Stripe before this time is in "
            "the table, of every account that is synced; null while that can't be said of any "
            "time.",
        ),
    ).to_dict()

    def lines(self, report: Report) -> bytes:
        """The run's rows as RECORD lines.

        Args:
            report: How the tables fared, of a run whose time is known.
        """
        started = report.started or 0
        shape = compile_shape(self.schema, selected=lambda crumb: self.mask[crumb])
        rows = self._rows(report, started)
        encoder = RecordEncoder(self.stream_maps, _VERSION, started)
        return encoder.lines(shape(row) for row in rows)

    def get_records(self, context: Context | None) -> Iterable[dict[str, Any]]:  # noqa: ARG002
        """No records: before a run there is nothing to tell of it."""
        return ()

    @staticmethod
    def _rows(report: Report, started: int) -> Iterator[dict[str, Any]]:
        for name, table in sorted(report.tables.items()):
            yield {
                "run_id": report.run_id,
                "table_name": name,
                "account_id": report.account,
                "livemode": report.livemode,
                "started_at": started,
                "finished_at": started + math.ceil(table.seconds),
                "outcome": table.outcome,
                "error": table.error,
                "new_rows": table.new,
                "changed_rows": table.changed,
                "deleted_rows": table.deleted,
                "requests": table.requests,
                "synced_until": report.synced_until(name),
            }
