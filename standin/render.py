"""From a stored row to the JSON that Stripe sends: embedded objects, nested lists, expansions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import orjson

from standin import official
from standin.facts import Facts, Nested, ObjectFacts
from standin.official import Shape
from standin.store import Row, Store, dig

NESTED_LIMIT = 10

Expand = Mapping[str, "Expand"]
NOTHING: Expand = {}
Name = tuple[str, str]


class Renderer:
    """Renders rows in the present API version, and remembers the bytes until they go stale.

    An object that is embedded elsewhere (the price in a subscription item) is shown there in its
    present state, so a change of it makes the bytes around it stale too.
    """

    def __init__(self, store: Store, facts: Facts) -> None:
        self._store = store
        self._facts = facts
        self._bytes: dict[Name, dict[str, bytes]] = {}
        self._shown_in: dict[Name, set[Name]] = {}

    def json(self, row: Row, expand: Expand = NOTHING, signature: str = "") -> bytes:
        """The object as JSON. ``signature`` names the expansion for the cache."""
        name = (row.object, row.id)
        known = self._bytes.setdefault(name, {})
        if signature not in known:
            seen: set[Name] = set()
            # orjson leaves its bytes in a buffer four times their size: keep a copy.
            known[signature] = bytes(memoryview(orjson.dumps(self._object(row, expand, seen))))
            for part in seen - {name}:
                self._shown_in.setdefault(part, set()).add(name)
        return known[signature]

    def render(self, row: Row, expand: Expand = NOTHING) -> dict[str, Any]:
        """The object as a dict; parts of it may be shared with the store: don't change it."""
        return self._object(row, expand, set())

    def forget(self, row: Row) -> None:
        """The row changed: drop what was remembered of it and of what shows it."""
        names = [(row.object, row.id), *self._lists_with(row)]
        done: set[Name] = set()
        while names:
            name = names.pop()
            if name not in done:
                done.add(name)
                self._bytes.pop(name, None)
                names.extend(self._shown_in.pop(name, ()))

    def members(self, nested: Nested, parent_id: str) -> list[Row]:
        """The rows of a nested list in the order in which it shows them."""
        collection = self._store.collection(nested.objects)
        rows = [collection.rows[key.id] for key in collection.order(nested.lookup, parent_id)]
        return rows if nested.oldest_first else rows[::-1]

    def _lists_with(self, row: Row) -> list[Name]:
        """The objects whose nested lists hold this row."""
        holders = self._facts.holders_of(row.object)
        found = [(holder, nested.lookup.of(row)) for holder, nested in holders]
        return [(holder, parent_id) for holder, parent_id in found if parent_id is not None]

    def _object(self, row: Row, expand: Expand, seen: set[Name]) -> dict[str, Any]:
        seen.add((row.object, row.id))
        facts = self._facts.object(row.object)
        shapes = official.fields(official.object_class(row.object))
        shown = dict(row.data)
        for path in facts.expand_only:
            _hide(shown, path.split("."), expand)
        for field in _fields_to_walk(row.object):
            if shown.get(field) is not None:
                shown[field] = self._value(shown[field], shapes[field], expand.get(field), seen)
        for field, inner in expand.items():
            if field not in facts.nested and shown.get(field) is not None:
                shown[field] = self._value(shown[field], shapes[field], inner, seen)
        self._nested_lists(row, facts, expand, seen, shown)
        return shown

    def _nested_lists(
        self,
        row: Row,
        facts: ObjectFacts,
        expand: Expand,
        seen: set[Name],
        shown: dict[str, Any],
    ) -> None:
        for path, nested in facts.nested.items():
            *way, field = path.split(".")
            asked = expand
            for name in way:
                asked = asked.get(name, NOTHING)
            # A hash on the way is a copy already, as something in it was asked for.
            place = dig(shown, way)
            if place is None or (nested.expand and field not in asked):
                continue
            inner = asked.get(field, NOTHING).get("data", NOTHING)
            rows = self.members(nested, row.id)
            place[field] = {
                "object": "list",
                "data": [self._object(r, inner, seen) for r in rows[:NESTED_LIMIT]],
                "has_more": len(rows) > NESTED_LIMIT,
                "url": nested.url.format(id=row.id),
            }

    def _value(self, value: Any, shape: Shape, expand: Expand | None, seen: set[Name]) -> Any:
        if value is None:
            return None
        if shape.item is not None:
            return [self._value(v, shape.item, expand, seen) for v in value]
        if shape.objects:
            wanted = shape.embedded or expand is not None
            if isinstance(value, str) and wanted:
                return self._referenced(value, shape, expand or NOTHING, seen)
            return value
        if shape.fields is not None:
            inner = official.fields(shape.fields)
            shown = dict(value)
            for field in {*_hash_fields_to_walk(shape.fields), *(expand or NOTHING)}:
                if shown.get(field) is not None:
                    deeper = (expand or NOTHING).get(field)
                    shown[field] = self._value(shown[field], inner[field], deeper, seen)
            return shown
        return value

    def _referenced(self, row_id: str, shape: Shape, expand: Expand, seen: set[Name]) -> Any:
        seen.update((kind, row_id) for kind in shape.objects)
        for kind in shape.objects:
            table = self._store.table(kind)
            if row_id in table.rows:
                return self._object(table.rows[row_id], expand, seen)
            if row_id in table.deleted:
                return self.gone(table.deleted[row_id])
        # An object that nobody created stays an id.
        return row_id

    def gone(self, row: Row) -> dict[str, Any]:
        """How a deleted object shows where others point at it."""
        policy = self._facts.object(row.object).deleted
        if policy == "stub":
            return {"id": row.id, "object": row.object, "deleted": True}
        shown = self.render(row)
        return {**shown, "deleted": True} if policy == "flagged" else shown


def _hide(shown: dict[str, Any], path: Sequence[str], expand: Expand) -> None:
    """Take out what is only sent when expanded, unless it is."""
    first, *rest = path
    if not rest and first not in expand:
        shown.pop(first, None)
    elif rest and shown.get(first) is not None:
        shown[first] = dict(shown[first])
        _hide(shown[first], rest, expand.get(first, NOTHING))


@cache
def _fields_to_walk(object_name: str) -> tuple[str, ...]:
    return _hash_fields_to_walk(official.object_class(object_name))


@cache
def _hash_fields_to_walk(cls: type) -> tuple[str, ...]:
    """The fields that hold other objects in full, at any depth of the hash."""
    shapes = official.fields(cls).items()
    return tuple(name for name, shape in shapes if not shape.page and _embeds(shape))


def _embeds(shape: Shape) -> bool:
    if shape.item is not None:
        return _embeds(shape.item)
    return shape.embedded or (shape.fields is not None and bool(_hash_fields_to_walk(shape.fields)))
