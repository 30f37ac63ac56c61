"""What is handed from the threads that read to the one that writes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tap_stripe.streams.silent import Mark
    from tap_stripe.sync.table import Table

NEW, CHANGED, DELETED = "new", "changed", "deleted"


@dataclass
class Batch:
    """Encoded records, and what may be said once they are written."""

    lines: list[bytes] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Records by table and kind (new, changed, deleted)."""
    marks: list[Mark] = field(default_factory=list)
    """Notes on objects that may change silently."""
    created_up_to: int | None = None
    """With this batch, everything created before this time is written."""
    changed_up_to: int | None = None
    """With this batch, every change before this time is written."""
    complete: bool = False
    """Whether this ends the source's work."""

    def add(self, table: Table, records: list[dict[str, Any]], kind: str) -> None:
        """Encode records of one table."""
        if records:
            self.lines.append(table.lines(records))
            self.counts[table.name, kind] += len(records)

    def merge(self, other: Batch) -> None:
        """Append what another batch brings; its statements about time are not taken over."""
        self.lines += other.lines
        self.counts += other.counts
        self.marks += other.marks

    @property
    def size(self) -> int:
        """How many records it has."""
        return sum(self.counts.values())
