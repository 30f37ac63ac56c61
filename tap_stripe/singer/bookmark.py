"""What a stream's state says, and how it moves.

    {"replication_key": "created", "replication_key_value": "2026-10-28T09:00:00Z",
     "changes_since": "2026-10-28T09:00:00Z", "table_version": 1793178000, ...}

- Every object created before `replication_key_value` has been sent.
- Every change before `changes_since` is in what was sent.
- `table_version` marks the rows of one reading of the whole table; it goes up when the table is
  read anew, and `activate` stands there until that reading is complete. Also of the first one: a
  run whose state got lost may have left rows in the warehouse, of what has gone since.
- `start_date` is the setting that the table was last read with. Older objects may be missing, or be
  as they were when it was earlier.
- `refused` are the objects whose entries Stripe refuses and that have no rows. If it refuses those
  of others, `hides` stands there until the next reading, and no row is called off: theirs were not
  met again and yet may be true.
- `open` are the objects that may change without an event, see `tap_stripe.streams.silent`.

All times are ISO 8601 in UTC. A bookmark is only moved after the records before it were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tap_stripe.times import to_epoch, to_iso


class Bookmark:
    """One stream's state, or one part of it, within the dictionary that STATE messages carry.

    A table that is cut out of several others has a bookmark for each of them, in the form that
    the SDK calls partitions.
    """

    def __init__(
        self,
        state: dict[str, Any],
        stream: str,
        replication_key: str | None,
        parent: str | None = None,
    ) -> None:
        """Look at a stream's state, which stays as it is until something is written to it.

        Args:
            state: The tap's state.
            stream: Name of the stream.
            replication_key: The column that the bookmark counts by; None for a table that is
                read as a whole in each run.
            parent: The part of the stream that is cut out of this other stream.
        """
        self._tap_state = state
        self._stream = stream
        self._replication_key = replication_key
        self._context = None if parent is None else {"parent": parent}
        self._state = self._find() or {}
        self.existed = "changes_since" in self._state
        """Whether an earlier run has sent something of this table."""

    @property
    def created(self) -> int | None:
        """Every object created before this time has been sent; None: nothing yet."""
        return self._time("replication_key_value")

    @property
    def changes_since(self) -> int | None:
        """Every change before this time has been sent; None: nothing yet."""
        return self._time("changes_since")

    @property
    def version(self) -> int | None:
        """The table's version that all its records carry."""
        version = self._state.get("table_version")
        return None if version is None else int(version)

    @property
    def start_date(self) -> str | None:
        """The start date that the table was last read with."""
        start_date = self._state.get("start_date")
        return None if start_date is None else str(start_date)

    @property
    def must_activate(self) -> bool:
        """Whether rows of older versions are to go once the reading is complete."""
        return bool(self._state.get("activate"))

    @property
    def hides(self) -> bool:
        """Whether Stripe refused entries that may have rows."""
        return bool(self._state.get("hides"))

    @property
    def open(self) -> Any:
        """The note of `tap_stripe.streams.silent` about objects that change silently."""
        return self._state.get("open")

    def begin(self, version: int, changes_since: int) -> None:
        """Start reading the whole table, for the first time or anew.

        Args:
            version: The new version of the table.
            changes_since: Changes from this time on are not in what the reading brings.
        """
        self._state = self._find() or self._attach()
        for key in ("replication_key_value", "start_date", "open", "hides"):
            self._state.pop(key, None)
        if self._replication_key is not None:
            self._state["replication_key"] = self._replication_key
        self._state["changes_since"] = to_iso(changes_since)
        self._state["table_version"] = version
        self._state["activate"] = True

    def bounded_by(self, start_date: str | None) -> None:
        """Note the start date that the run reads the table with."""
        if start_date is not None:
            self._state["start_date"] = start_date

    def created_up_to(self, time: int) -> None:
        """All objects created before `time` were written. Never moves back."""
        if self._replication_key is None:
            return
        if self.created is None or time > self.created:
            self._state["replication_key_value"] = to_iso(time)

    def changed_up_to(self, time: int) -> None:
        """All changes before `time` were written. Never moves back."""
        if self.changes_since is None or time > self.changes_since:
            self._state["changes_since"] = to_iso(time)

    def note_open(self, note: Any) -> None:
        """Keep what is known about objects that change silently."""
        if note:
            self._state["open"] = note
        else:
            self._state.pop("open", None)

    def note_refused(self, parents: Iterable[str], new: Iterable[str]) -> None:
        """Keep of which objects the entries were refused in a reading that is complete.

        Args:
            parents: The objects.
            new: Those among them that were not there in the reading before.
        """
        refused = set(parents)
        seen = refused.difference(self._state.get("refused", refused), new)
        self._state["refused"] = sorted(refused - seen)
        if seen:
            self._state["hides"] = True

    def activated(self) -> None:
        """The reading is complete and rows of older versions were called off."""
        self._state.pop("activate", None)

    def _find(self) -> dict[str, Any] | None:
        bookmark: dict[str, Any] = self._tap_state.get("bookmarks", {}).get(self._stream, {})
        if self._context is None:
            return bookmark or None
        partitions = bookmark.get("partitions", [])
        return next((part for part in partitions if part["context"] == self._context), None)

    def _attach(self) -> dict[str, Any]:
        bookmark: dict[str, Any] = self._tap_state.setdefault("bookmarks", {}).setdefault(
            self._stream, {}
        )
        if self._context is None:
            return bookmark
        partition: dict[str, Any] = {"context": self._context}
        bookmark.setdefault("partitions", []).append(partition)
        return partition

    def _time(self, key: str) -> int | None:
        value = self._state.get(key)
        return None if value is None else to_epoch(value)


def versions(bookmark: Mapping[str, Any]) -> Iterator[int]:
    """The versions that a table's rows have, one for each part of it that was read."""
    for part in bookmark.get("partitions") or (bookmark,):
        if "table_version" in part:
            yield int(part["table_version"])


def complete_versions(bookmark: Mapping[str, Any]) -> Iterator[int]:
    """The versions of the parts' complete readings; 0 where the table is just read anew."""
    for part in bookmark.get("partitions") or (bookmark,):
        if "table_version" in part:
            yield 0 if part.get("activate") else int(part["table_version"])
