"""The tap with a few of its tables, because Meltano works for seconds through a full catalog.

`make demo` has a test that takes the full one.
"""

from __future__ import annotations

from singer_sdk import Stream

from tap_stripe.sync.log import SyncLog
from tap_stripe.tap import TapStripe

TABLES = (
    "accounts",
    "customers",
    "events",
    "invoice_line_items",
    "invoices",
    "products",
    "v2_core_events",
)
"""Without those of the events no run can do."""


class FewTables(TapStripe):
    """A tap that knows of few tables. The sync is that of all the others."""

    def discover_streams(self) -> list[Stream]:
        """The few tables, and `sync_log`."""
        kept = {*TABLES, SyncLog.name}
        return [stream for stream in super().discover_streams() if stream.name in kept]
