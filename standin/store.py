"""Tables of objects, kept in the order of time, with an index for each field that is asked for."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Key(NamedTuple):
    """A row's place in its table: by time, then by the order of insertion."""

    time: int
    sequence: int
    id: str


@dataclass(frozen=True)
class Row:
    """One object: its fields as sent, and ``shadow`` values that Stripe knows but doesn't send."""

    object: str
    data: dict[str, Any]
    key: Key
    shadow: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The object's id."""
        return self.key.id


class Lookup(NamedTuple):
    """A value of a row, by the path of its keys."""

    path: tuple[str, ...]
    shadow: bool = False

    def of(self, row: Row) -> Any:
        """The value in this row, None when the path ends early."""
        return dig(row.shadow if self.shadow else row.data, self.path)


def dig(value: Any, path: Sequence[str]) -> Any:
    """The value at the end of a path of keys, None when the path ends early."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


class Table:
    """The objects of one kind. ``deleted`` keeps the last state of those that went."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.deleted: dict[str, Row] = {}
        self._order: list[Key] = []
        self._indices: dict[Lookup, dict[Any, list[Key]]] = {}

    def put(self, row: Row) -> None:
        """Add a row, or replace the one with the same id."""
        old = self.rows.get(row.id)
        if old is None or old.key != row.key:
            if old is not None:
                _take_out(self._order, old.key)
            insort(self._order, row.key)
        for lookup, index in self._indices.items():
            if old is not None:
                _take_out(index[lookup.of(old)], old.key)
            insort(index.setdefault(lookup.of(row), []), row.key)
        self.rows[row.id] = row

    def remove(self, row_id: str) -> Row:
        """Take a row out; it stays in ``deleted``."""
        row = self.rows.pop(row_id)
        _take_out(self._order, row.key)
        for lookup, index in self._indices.items():
            _take_out(index[lookup.of(row)], row.key)
        self.deleted[row_id] = row
        return row

    def order(self, lookup: Lookup | None = None, value: Any = None) -> list[Key]:
        """All keys, oldest first; with a lookup only those of rows with this value."""
        if lookup is None:
            return self._order
        if lookup not in self._indices:
            index: dict[Any, list[Key]] = {}
            for key in self._order:
                index.setdefault(lookup.of(self.rows[key.id]), []).append(key)
            self._indices[lookup] = index
        return self._indices[lookup].get(value, [])

    def find(self, lookup: Lookup, value: Any) -> list[Row]:
        """The rows with this value, oldest first."""
        return [self.rows[key.id] for key in self.order(lookup, value)]


def _take_out(keys: list[Key], key: Key) -> None:
    del keys[bisect_left(keys, key)]


class Collection:
    """The rows of one or several kinds of objects, as one list shows them.

    ``rows`` are the live ones, ``deleted`` has the last state of those that went.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self.rows: Mapping[str, Row] = _chained([table.rows for table in tables])
        self.deleted: Mapping[str, Row] = _chained([table.deleted for table in tables])

    def order(self, lookup: Lookup | None = None, value: Any = None) -> list[Key]:
        """All keys, oldest first; with a lookup only those of rows with this value."""
        if len(self._tables) == 1:
            return self._tables[0].order(lookup, value)
        return sorted(key for table in self._tables for key in table.order(lookup, value))


def _chained(rows: list[dict[str, Row]]) -> Mapping[str, Row]:
    return rows[0] if len(rows) == 1 else ChainMap(*rows)


@dataclass(frozen=True)
class Span:
    """A stretch of time in unix seconds, both ends included; None is open."""

    start: int | None = None
    end: int | None = None

    def narrowed(self, start: int | None, end: int | None) -> Span:
        """What this span and another have in common."""
        starts = [s for s in (self.start, start) if s is not None]
        ends = [e for e in (self.end, end) if e is not None]
        return Span(max(starts, default=None), min(ends, default=None))

    def slice(self, keys: list[Key]) -> tuple[int, int]:
        """Where this span begins and ends in a list of keys."""
        first = 0 if self.start is None else bisect_left(keys, (self.start,))
        last = len(keys) if self.end is None else bisect_left(keys, (self.end + 1,))
        return first, max(first, last)


def walk(
    keys: list[Key], first: int, last: int, *, backwards: bool, wanted: Callable[[Key], bool]
) -> Iterator[Key]:
    """The wanted keys of ``keys[first:last]``, one way or the other."""
    positions = range(last - 1, first - 1, -1) if backwards else range(first, last)
    for position in positions:
        if wanted(keys[position]):
            yield keys[position]


class Store:
    """All tables of an account."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self._kinds: dict[str, list[str]] = {}
        self._sequence = 0

    def table(self, object_name: str) -> Table:
        """The table of this kind of object."""
        if object_name not in self.tables:
            self.tables[object_name] = Table()
        return self.tables[object_name]

    def collection(self, object_names: Sequence[str]) -> Collection:
        """The rows of these kinds."""
        return Collection([self.table(name) for name in object_names])

    def next_key(self, time: int, row_id: str) -> Key:
        """A key for a new row."""
        self._sequence += 1
        return Key(time, self._sequence, row_id)

    def put(self, row: Row) -> None:
        """Add or replace a row."""
        kinds = self._kinds.setdefault(row.id, [])
        if row.object not in kinds:
            kinds.append(row.object)
        self.table(row.object).put(row)

    def get(self, row_id: str, object_name: str | None = None) -> Row:
        """A live row by its id; a price wins over the plan with the same id. KeyError if none."""
        kinds = [object_name] if object_name else self._kinds.get(row_id, [])
        for kind in kinds:
            if row_id in self.table(kind).rows:
                return self.table(kind).rows[row_id]
        raise KeyError(f"no such object: {row_id}")
