"""The schemas of objects and of streams."""

from __future__ import annotations

import inspect
import json
from typing import Any

from tap_stripe.streams import StripeStream
from tap_stripe.streams.columns import ACCOUNT_ID, DELETED_AT, MODE, MODE_OF_RUN, TEXT

from .describe import Place, Schema, compact, embedded, properties
from .fieldtypes import Array, Embedded, Map, read_type
from .package import StripeClass, object_class
from .text import first_sentence

# Loaders choose the column's width by these bounds; without them some take 128 bits.
_INT64 = {"minimum": -(2**63), "maximum": 2**63 - 1}

_ACCOUNT_ID: Schema = {
    **TEXT,
    "description": "The ID of the account that has the object: the key's own or a connected one.",
}
_DELETED_AT: Schema = {
    "type": ["string", "null"],
    "format": "date-time",
    "description": "When the object was found to be deleted in Stripe; null while it exists.",
}


def object_schema(object_name: str, *, expanded: frozenset[str] = frozenset()) -> Schema:
    """Return the schema of a Stripe object.

    Args:
        object_name: The object's name on the wire, such as `charge`; or with fields behind it
            that hold parts, such as `balance_transaction.fee_details`, for one such part.
        expanded: The fields to keep of those that Stripe sends only when asked.

    Raises:
        LookupError: The package has no such object or field.
    """
    owner, doc = find(object_name)
    place = Place(owner.object_name or object_name)
    docs = {field.name: field.doc for field in owner.fields()}
    return _schema(object_name, doc, properties(owner, place, expanded), docs)


def mixed_schema(object_names: tuple[str, ...]) -> Schema:
    """Return the schema of a list that holds objects of several kinds: the fields of all.

    Raises:
        LookupError: The package lacks one of them.
        TypeError: They have a field with different types.
    """
    kinds = tuple(object_class(name) for name in object_names)
    docs = {field.name: field.doc for kind in reversed(kinds) for field in kind.fields()}
    columns = embedded(Embedded(kinds), Place("/".join(object_names)))["properties"]
    return _schema(", ".join(object_names), kinds[0].doc, columns, docs)


def stream_schema(stream: type[StripeStream]) -> Schema:
    """Return the schema of a stream: the keys, the object's fields, the stream's own columns.

    Raises:
        LookupError: The package lacks the stream's object, or the schema one of its keys.
    """
    schema = _objects_schema(stream)
    columns: dict[str, Schema] = schema["properties"]
    for column, added in stream.added.items():
        columns[column] = _column(added.schema)
    if stream.modeless:  # of a list with objects of several kinds, some may say it
        columns.setdefault(MODE, _column(MODE_OF_RUN.schema))
    columns[ACCOUNT_ID] = _ACCOUNT_ID
    if stream.deletable:
        columns[DELETED_AT] = _DELETED_AT
    keys = {key: _never_null(columns[key]) for key in stream.primary_keys}
    description = schema["description"] or first_sentence(inspect.cleandoc(stream.__doc__ or ""))
    head = {"title": stream.table(), "description": description}
    return {**schema, **head, "properties": {**keys, **columns, **keys}}


def render(schema: Schema) -> str:
    """Write a schema as the text of its file: one line per column."""
    head = {key: value for key, value in schema.items() if key != "properties"}
    lines = [f"  {json.dumps(key)}: {compact(value)}," for key, value in head.items()]
    columns = [
        f"    {json.dumps(name)}: {compact(column)}"
        for name, column in schema["properties"].items()
    ]
    return "\n".join(["{", *lines, '  "properties": {', ",\n".join(columns), "  }", "}", ""])


def _objects_schema(stream: type[StripeStream]) -> Schema:
    """What a stream has of Stripe's fields."""
    names = stream.objects()
    if len(names) > 1:
        return mixed_schema(names)
    if not names[0]:
        return _schema("", "", {}, {})
    return object_schema(names[0], expanded=frozenset(stream.expand))


def _schema(title: str, doc: str, columns: dict[str, Schema], docs: dict[str, str]) -> Schema:
    return {
        "title": title,
        "description": first_sentence(doc),
        "type": "object",
        # What says that an object is gone: the tap says it with _sdc_deleted_at.
        "properties": {
            name: _column(column, docs[name])
            for name, column in columns.items()
            if name != "deleted"
        },
    }


def find(object_name: str) -> tuple[StripeClass, str]:
    """Return the class of an object or of a part of one, and the docstring of it.

    Raises:
        LookupError: The package has no such object or part.
    """
    names = object_name.split(".")
    for count in range(len(names), 0, -1):
        try:
            owner = object_class(".".join(names[:count]))
        except LookupError:
            continue
        doc = owner.doc
        for part in names[count:]:
            owner, doc = _part(owner, part)
        return owner, doc
    raise LookupError(f"the stripe package has no object named {object_name!r}")


def _part(owner: StripeClass, name: str) -> tuple[StripeClass, str]:
    for field in owner.fields():
        if field.name == name:
            kind = read_type(field.annotation, owner)
            held = kind.item if isinstance(kind, Array) else kind
            held = held.value if isinstance(held, Map) else held
            if isinstance(held, Embedded):
                return held.classes[0], field.doc
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
