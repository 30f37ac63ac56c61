"""Checks and completes an object's fields by the official types, so that the data stays honest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from standin import official
from standin.official import Int64, Shape

# Numbers that travel as strings.
_TEXT = {Decimal: re.compile(r"-?\d+(\.\d+)?"), Int64: re.compile(r"-?\d+")}


def complete(object_name: str, given: Mapping[str, Any], absent: frozenset[str]) -> dict[str, Any]:
    """All fields of a new object: the given ones, and null or empty ones for the rest.

    ``absent`` are fields that stay out unless given (those sent only when expanded). Raises
    ValueError for a field that the object doesn't have, a value of the wrong type, or a missing
    reference that Stripe always has.
    """
    shapes = official.fields(official.object_class(object_name))
    checked = check(object_name, given)
    filled: dict[str, Any] = {name: checked[name] for name in ("id", "object") if name in checked}
    for name, shape in shapes.items():
        if name in checked:
            filled[name] = checked[name]
        elif not shape.page and not shape.keyed and name not in absent and name != "deleted":
            # Null in the types, but an object without metadata has an empty hash on the wire.
            empty = {} if name == "metadata" else _empty(f"{object_name}.{name}", shape)
            filled[name] = empty
    return filled


def check(object_name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the given fields, after checking names and types. Raises ValueError."""
    shapes = official.fields(official.object_class(object_name))
    copy: dict[str, Any] = orjson.loads(orjson.dumps(dict(given)))
    for name, value in copy.items():
        if name not in shapes:
            raise ValueError(f"{object_name} has no field {name!r}")
        copy[name] = _checked(f"{object_name}.{name}", value, shapes[name])
    return copy


def _checked(path: str, value: Any, shape: Shape) -> Any:
    if value is None and shape.nullable:
        return None
    if not _fits(value, shape):
        raise ValueError(f"{path} must be {_kind(shape)}, not {value!r}")
    if shape.item is not None:
        return [_checked(f"{path}[]", item, shape.item) for item in value]
    if shape.fields is not None:
        return _checked_hash(path, value, shape.fields)
    return value


def _checked_hash(path: str, value: Mapping[str, Any], cls: type) -> dict[str, Any]:
    shapes = official.fields(cls)
    filled = {}
    for name, inner in value.items():
        if name not in shapes:
            raise ValueError(f"{path} has no field {name!r}")
        filled[name] = _checked(f"{path}.{name}", inner, shapes[name])
    for name, shape in shapes.items():
        # A hash with a `type` holds one of several alternatives: the others are absent.
        absent = shape.page or (shape.nullable and (shape.keyed or "type" in shapes))
        if name not in filled and not absent:
            filled[name] = _empty(f"{path}.{name}", shape)
    return filled


def _fits(value: Any, shape: Shape) -> bool:
    if shape.scalar is not None:
        return _fits_scalar(value, shape.scalar)
    if shape.item is not None:
        return isinstance(value, list)
    return isinstance(value, (str, dict) if shape.objects else dict)


def _fits_scalar(value: Any, scalar: type) -> bool:
    if scalar in _TEXT:
        return isinstance(value, str) and _TEXT[scalar].fullmatch(value) is not None
    if isinstance(value, bool):
        return scalar is bool
    return isinstance(value, (int, float) if scalar is float else scalar)


def _kind(shape: Shape) -> str:
    if shape.scalar is not None:
        return f"of type {shape.scalar.__name__}"
    if shape.item is not None:
        return "a list"
    return "an id" if shape.objects else "a hash"


def _empty(path: str, shape: Shape) -> Any:
    if shape.nullable:
        return None
    if shape.objects:
        raise ValueError(f"{path} must be given: Stripe never sends it empty")
    if shape.fields is not None:
        return {
            name: _empty(f"{path}.{name}", inner)
            for name, inner in official.fields(shape.fields).items()
            if not inner.page and not (inner.nullable and inner.keyed)
        }
    if shape.item is not None or shape.mapping:
        return {} if shape.mapping else []
    if shape.scalar in _TEXT:
        return "0"
    return shape.literals[0] if shape.literals else (shape.scalar or str)()
