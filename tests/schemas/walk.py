"""Walks for the tests: over the fields of the stripe package and over the parts of a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from stripe._object_classes import OBJECT_CLASSES, V2_OBJECT_CLASSES

from scripts.generate_schemas.fieldtypes import (
    Array,
    Embedded,
    FieldType,
    Map,
    Page,
    read_type,
)
from scripts.generate_schemas.package import Field, StripeClass, object_class

# Containers, and an old second name of "file".
_NO_OBJECTS = {"list", "search_result", "v2.search_result", "file_upload"}

OBJECT_NAMES = sorted((OBJECT_CLASSES.keys() | V2_OBJECT_CLASSES.keys()) - _NO_OBJECTS)


def fields() -> Iterator[tuple[str, Field, StripeClass, FieldType]]:
    """Yield each field of the package's objects and their parts.

    Each comes as its path, which begins with the object's name, the field, its class and its
    type, or for lists and maps the type of what is in them. Objects embedded in others are walked
    on their own.
    """
    for name in OBJECT_NAMES:
        yield from _fields(object_class(name), name)


def _fields(owner: StripeClass, path: str) -> Iterator[tuple[str, Field, StripeClass, FieldType]]:
    for field in owner.fields():
        kind = read_type(field.annotation, owner)
        while isinstance(kind, (Array, Page, Map)):
            kind = kind.value if isinstance(kind, Map) else kind.item
        yield f"{path}.{field.name}", field, owner, kind
        for part in kind.classes if isinstance(kind, Embedded) else ():
            if part.object_name is None:
                yield from _fields(part, f"{path}.{field.name}")


def parts(schema: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield a schema and everything inside it, each with its path of property names."""
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from parts(inner, f"{path}.{name}" if path else name)
    for keyword in ("items", "additionalProperties"):
        if keyword in schema:
            yield from parts(schema[keyword], f"{path}[]")
