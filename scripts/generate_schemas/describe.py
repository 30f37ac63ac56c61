"""JSON Schema (draft-07) of the package's types, as far as every Singer target understands it.

Each property has a ``type`` that is a string or a list of strings; there is no ``$ref``, no
``anyOf`` and no ``enum``, since Stripe may send new values at any time.

How deep it goes: everything is typed to the last leaf, with two exceptions. An API object that
is embedded whole in another one (the payment method in a failed payment's error, say) is
described by its direct fields only, its parts left open, if its full description takes more than
``EMBEDDED_LIMIT`` bytes or if it is already being described further up. Times in an open part
stay the numbers that Stripe sends.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from .expansion import EXPAND_ONLY, KEPT_AS_IDS
from .fieldtypes import (
    Anything,
    Array,
    Embedded,
    FieldType,
    Id,
    Map,
    Page,
    Scalar,
    read_type,
)
from .package import Field, StripeClass
from .timestamps import is_time_text, is_unix_time

Schema = dict[str, Any]

EMBEDDED_LIMIT = 20_000
"""Bytes of compact JSON that the schema of an embedded API object may take."""

_OPEN_OBJECT: Schema = {"type": ["object", "null"]}


@dataclass(frozen=True)
class Place:
    """Where in an object a description stands."""

    path: str
    """From the object's name to here: ``charge.outcome.rule``."""
    above: tuple[StripeClass, ...] = ()
    """The classes around it, outermost first."""
    shallow: bool = False
    """Whether the parts of the class described here are left open."""


def properties(
    owner: StripeClass, place: Place, expanded: frozenset[str] = frozenset()
) -> dict[str, Schema]:
    """Describe the fields of a class.

    Args:
        owner: The class.
        place: The path that leads to the class, and the classes around it.
        expanded: Names of the fields that are there because they are asked for.

    Returns:
        The schemas of the fields by their names on the wire, in the order of declaration.
    """
    inside = replace(place, above=(*place.above, owner))
    described = {}
    for field in owner.fields():
        path = f"{place.path}.{field.name}"
        if path not in EXPAND_ONLY or field.name in expanded:
            kind = read_type(field.annotation, owner)
            described[field.name] = _describe(kind, field, owner, replace(inside, path=path))
    return described


def embedded(kind: Embedded, place: Place) -> Schema:
    """Describe an object that stands whole inside another one.

    Raises:
        TypeError: It may be of several classes, and they have a field with different types.
    """
    merged: dict[str, Schema] = {}
    for member in kind.classes:
        _merge(merged, _member(member, place), place)
    return {"type": ["object", "null"], "properties": merged} if merged else _OPEN_OBJECT


def compact(schema: Schema) -> str:
    """Write a schema as JSON without blanks."""
    return json.dumps(schema, separators=(",", ":"), ensure_ascii=False)


def _describe(kind: FieldType, field: Field, owner: StripeClass, place: Place) -> Schema:
    if isinstance(kind, Scalar):
        return _scalar(kind, field, owner)
    if isinstance(kind, Id):
        return {"type": ["string", "null"]}
    if isinstance(kind, Array):
        return {
            "type": ["array", "null"],
            "items": _describe(kind.item, field, owner, place),
        }
    if isinstance(kind, Page):
        if place.shallow:
            return _OPEN_OBJECT
        return _page(_describe(Array(kind.item), field, owner, place))
    if isinstance(kind, Map):
        if isinstance(kind.value, Anything):
            return _OPEN_OBJECT
        values = _describe(kind.value, field, owner, place)
        return {"type": ["object", "null"], "additionalProperties": values}
    if isinstance(kind, Embedded):
        if all(member.object_name in KEPT_AS_IDS for member in kind.classes):
            return {"type": ["string", "null"]}
        return _OPEN_OBJECT if place.shallow else embedded(kind, place)
    raise TypeError(f"{place.path} may hold anything")


def _scalar(kind: Scalar, field: Field, owner: StripeClass) -> Schema:
    if kind.kind == "integer" and field.encoding == "int64_string":
        return {"type": ["string", "null"]}
    if kind.kind == "integer" and is_unix_time(field.name, field.doc):
        return {"type": ["string", "null"], "format": "date-time"}
    if kind.kind == "string" and owner.is_v2 and is_time_text(field.name, field.doc):
        return {"type": ["string", "null"], "format": "date-time"}
    return {"type": [kind.kind, "null"]}


def _page(data: Schema) -> Schema:
    return {
        "type": ["object", "null"],
        "properties": {
            "object": {"type": ["string", "null"]},
            "data": data,
            "has_more": {"type": ["boolean", "null"]},
            "url": {"type": ["string", "null"]},
        },
    }


def _member(member: StripeClass, place: Place) -> dict[str, Schema]:
    if member.object_name is None:
        return properties(member, place)
    whole = replace(place, path=member.object_name)
    if member not in place.above:
        described = properties(member, whole)
        if len(compact(described).encode()) <= EMBEDDED_LIMIT:
            return described
    return properties(member, replace(whole, shallow=True))


def _merge(into: dict[str, Schema], more: dict[str, Schema], place: Place) -> None:
    """Add the fields of another class that may stand in the same place.

    Raises:
        TypeError: The classes have a field of the same name and different types.
    """
    for name, schema in more.items():
        known = into.setdefault(name, schema)
        if known["type"] != schema["type"]:
            raise TypeError(f"{place.path}.{name} is {known} in one class, {schema} in another")
        if known != schema:
            # Both hold objects, of different classes: what fits both is an open one.
            into[name] = {"type": known["type"]}
