"""The schemas of objects and of streams."""

from __future__ import annotations

import json
from typing import Any

from tap_stripe.streams import StripeStream
from tap_stripe.streams.columns import DELETED_AT

from .describe import Place, Schema, compact, properties
from .fieldtypes import Array, Embedded, read_type
from .package import StripeClass, object_class
from .text import first_sentence

# Loaders choose the column's width by these bounds; without them some take 128 bits.
_INT64 = {"minimum": -(2**63), "maximum": 2**63 - 1}

_DELETED_AT: Schema = {
    "type": ["string", "null"],
    "format": "date-time",
    "description": "When the object was found to be deleted in Stripe; null while it exists.",
}


def object_schema(object_name: str, *, expanded: frozenset[str] = frozenset()) -> Schema:
    """Return the schema of a Stripe object.

    Args:
        object_name: The object's name on the wire, such as ``charge``; or with a field behind it
            that holds parts, such as ``balance_transaction.fee_details``, for one such part.
        expanded: The fields to keep of those that Stripe sends only when asked.

    Raises:
        LookupError: The package has no such object or field.
    """
    owner, doc = _find(object_name)
    place = Place(owner.object_name or object_name)
    columns = {}
    docs = {field.name: field.doc for field in owner.fields()}
    for name, column in properties(owner, place, expanded).items():
        # The tap says it with _sdc_deleted_at.
        if name != "deleted":
            columns[name] = _column(column, docs[name])
    return {
        "title": object_name,
        "description": first_sentence(doc),
        "type": "object",
        "properties": columns,
    }


def stream_schema(stream: type[StripeStream]) -> Schema:
    """Return the schema of a stream: the keys, the object's fields, the stream's own columns.

    Raises:
        LookupError: The package lacks the stream's object, or the schema one of its keys.
    """
    schema = object_schema(stream.stripe_object, expanded=frozenset(stream.expand))
    columns: dict[str, Schema] = schema["properties"]
    for column, added in stream.added.items():
        columns[column] = _column(added.schema)
    if stream.deletable:
        columns[DELETED_AT] = _DELETED_AT
    keys = {key: _never_null(columns[key]) for key in stream.primary_keys}
    # The SDK declares the name on instances only.
    name = stream.name  # type: ignore[misc]
    return {**schema, "title": name, "properties": {**keys, **columns, **keys}}


def render(schema: Schema) -> str:
    """Write a schema as the text of its file: one line per column."""
    head = {key: value for key, value in schema.items() if key != "properties"}
    lines = [f"  {json.dumps(key)}: {compact(value)}," for key, value in head.items()]
    columns = [
        f"    {json.dumps(name)}: {compact(column)}"
        for name, column in schema["properties"].items()
    ]
    return "\n".join(["{", *lines, '  "properties": {', ",\n".join(columns), "  }", "}", ""])


def _find(object_name: str) -> tuple[StripeClass, str]:
    """Return the class of an object or of a part of one, and the docstring of it."""
    try:
        owner = object_class(object_name)
    except LookupError:
        outer, _, part = object_name.rpartition(".")
        if not outer:
            raise
        return _part(object_class(outer), part)
    return owner, owner.doc


def _part(owner: StripeClass, name: str) -> tuple[StripeClass, str]:
    for field in owner.fields():
        if field.name == name:
            kind = read_type(field.annotation, owner)
            if isinstance(kind, Array) and isinstance(kind.item, Embedded):
                return kind.item.classes[0], field.doc
    raise LookupError(f"{owner.qualname} has no field {name} that holds parts")


def _column(schema: Schema, doc: str = "") -> Schema:
    column = dict(schema)
    if "integer" in column["type"]:
        column.update(_INT64)
    if doc:
        column["description"] = first_sentence(doc)
    return column


def _never_null(column: Schema) -> Schema:
    types: Any = column["type"]
    kept = [types] if isinstance(types, str) else [name for name in types if name != "null"]
    return {**column, "type": kept}
