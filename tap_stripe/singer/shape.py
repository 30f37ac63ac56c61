"""Shaping Stripe's JSON into a record that fits its schema and the selection.

What has to be done is worked out once per stream; a record then costs only the fields that
change: unix times become ISO 8601, expanded references become ids again, what was not selected
or is not in the schema goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tap_stripe.times import to_epoch, to_iso

Json = Any
Shape = Callable[[Json], Json]
Selected = Callable[["tuple[str, ...]"], bool]
Unknown = Callable[[str], None]


def compile_shape(
    schema: Mapping[str, Any],
    *,
    selected: Selected = lambda _: True,
    expanded: frozenset[str] = frozenset(),
    unknown: Unknown = lambda _: None,
) -> Shape:
    """Make the function that shapes one object.

    Args:
        schema: JSON Schema of the record.
        selected: Whether the property at a breadcrumb, e.g. `("properties", "email")`, is wanted.
        expanded: Paths of references that come in full (`discounts`, `lines.data.discounts`)
            and become ids again; arrays of texts need not be named.
        unknown: Told the path of each field that the schema lacks, each time it is met.

    Returns:
        A function from Stripe's object to a dict that fits. The original is left as it was, and
        what needs no change is shared with it.
    """
    return _Compiler(selected, expanded, unknown).object(schema, (), "")


@dataclass(frozen=True)
class _Compiler:
    """Works out what is to be done at each place of a record; for the fields see above."""

    selected: Selected
    expanded: frozenset[str]
    unknown: Unknown

    def value(self, schema: Mapping[str, Any], crumb: tuple[str, ...], path: str) -> Shape | None:
        """The shape of a value; None where it stays as it is."""
        if schema.get("format") == "date-time":
            return _time
        if schema.get("properties"):
            return self.object(schema, crumb, path)
        if schema.get("items"):
            item = self.value(schema["items"], (*crumb, "items"), path)
            if item is None and "string" in schema["items"]["type"]:
                item = _reference
            return item and _array(item)
        return _reference if path in self.expanded else None

    def object(self, schema: Mapping[str, Any], crumb: tuple[str, ...], path: str) -> Shape:
        """The shape of an object with declared fields."""
        known = schema["properties"].keys()
        deselected, shapes = set(), {}

        def told(name: str) -> None:
            self.unknown(_join(path, name))

        for name, declared in schema["properties"].items():
            below = (*crumb, "properties", name)
            if not self.selected(below):
                deselected.add(name)
            elif shape := self.value(declared, below, _join(path, name)):
                shapes[name] = shape
        return _object(shapes, frozenset(known), frozenset(known - deselected), told)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _object(
    shapes: Mapping[str, Shape], known: frozenset[str], wanted: frozenset[str], unknown: Unknown
) -> Shape:
    """The shape of an object, from the shapes of those fields that may change."""
    are_wanted = wanted.issuperset
    times = tuple(name for name, shape in shapes.items() if shape is _time)
    others = {name: shape for name, shape in shapes.items() if shape is not _time}
    some, all_others = len(others), tuple(others.items())

    def only_wanted(value: dict[str, Json]) -> dict[str, Json]:
        _tell(value.keys() - known, unknown)
        return {name: field for name, field in value.items() if name in wanted}

    def shape_leaf(value: Json) -> Json:
        if not isinstance(value, dict) or are_wanted(value):
            return value
        return only_wanted(value)

    def shape_object(value: Json) -> Json:
        if not isinstance(value, dict):
            return value
        shaped = value if are_wanted(value) else only_wanted(value)
        value_of, changed = shaped.get, {}
        for name in times:
            if (field := value_of(name)) is not None:
                changed[name] = _time(field)
        for name, shape in all_others if some <= len(shaped) else _present(shaped, others):
            if (field := value_of(name)) and (new := shape(field)) is not field:
                changed[name] = new
        return {**shaped, **changed} if changed else shaped

    return shape_object if shapes else shape_leaf


def _present(value: dict[str, Json], shapes: Mapping[str, Shape]) -> Iterable[tuple[str, Shape]]:
    """The shapes of the fields that are there: of the many kinds that it may be of, it is one."""
    return [(name, shapes[name]) for name in value if name in shapes]


def _tell(names: Iterable[str], unknown: Unknown) -> None:
    for name in names:
        unknown(name)


def _array(item: Shape) -> Shape:
    def shape_array(value: Json) -> Json:
        if not isinstance(value, list):
            return value
        shaped = [item(entry) for entry in value]
        for new, old in zip(shaped, value):  # noqa: B905  (one of the hottest lines)
            if new is not old:
                return shaped
        return value

    return shape_array


def _time(value: Json) -> Json:
    try:
        return to_iso(value)
    except (ValueError, OverflowError, OSError, TypeError):
        return value if isinstance(value, str) and _is_time(value) else None


def _is_time(text: str) -> bool:
    """Whether a text is a time, as API v2 writes them; else no column of times could hold it."""
    try:
        to_epoch(text)
    except (ValueError, OverflowError):
        return False
    return True


def _reference(value: Json) -> Json:
    return value.get("id") if isinstance(value, dict) else value
