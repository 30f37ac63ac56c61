"""What a field's annotation says about the JSON that Stripe sends for it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from .package import StripeClass

ScalarKind = Literal["string", "integer", "number", "boolean"]

_SCALARS: dict[str, ScalarKind] = {
    "str": "string",
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    # A JSON string: Stripe sends decimals as text, so that no digit is lost.
    "Decimal": "string",
}


@dataclass(frozen=True)
class Scalar:
    """A single JSON value."""

    kind: ScalarKind


@dataclass(frozen=True)
class Id:
    """The id of another object, which Stripe sends whole only to those who expand it."""


@dataclass(frozen=True)
class Embedded:
    """An object sent whole: of one class, or of one of several."""

    classes: tuple[StripeClass, ...]


@dataclass(frozen=True)
class Array:
    """A JSON array."""

    item: FieldType


@dataclass(frozen=True)
class Page:
    """A list object: the first items of a longer list, with the address of the rest."""

    item: FieldType


@dataclass(frozen=True)
class Map:
    """A JSON object with free keys."""

    value: FieldType


@dataclass(frozen=True)
class Anything:
    """A value of which the package says nothing."""


FieldType = Scalar | Id | Embedded | Array | Page | Map | Anything


def read_type(annotation: ast.expr, scope: StripeClass) -> FieldType:
    """Translate an annotation that stands in the class ``scope``.

    Raises:
        TypeError: an annotation of a shape that the package hasn't had so far.
        LookupError: it names a class that isn't there.
    """
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return read_type(ast.parse(annotation.value, mode="eval").body, scope)
    if isinstance(annotation, ast.Name):
        return _named(annotation.id, scope)
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        arguments = annotation.slice
        parts = arguments.elts if isinstance(arguments, ast.Tuple) else [arguments]
        return _generic(annotation.value.id, parts, scope)
    raise TypeError(f"{scope.module}.{scope.qualname}: unknown form {ast.unparse(annotation)}")


def _named(name: str, scope: StripeClass) -> FieldType:
    if name in _SCALARS:
        return Scalar(_SCALARS[name])
    if name in ("Any", "object"):
        return Anything()
    return Embedded((scope.named(name),))


def _generic(name: str, parts: list[ast.expr], scope: StripeClass) -> FieldType:
    if name == "Literal":
        return _literal(parts)
    if name == "ExpandableField":
        return Id()
    if name == "Optional":
        return read_type(parts[0], scope)
    if name == "Union":
        return _union([read_type(part, scope) for part in parts])
    if name == "List":
        return Array(read_type(parts[0], scope))
    if name == "ListObject":
        return Page(read_type(parts[0], scope))
    if name == "UntypedStripeObject":
        return Map(read_type(parts[0], scope))
    raise TypeError(f"{scope.module}.{scope.qualname}: unknown form {name}[...]")


def _literal(values: list[ast.expr]) -> Scalar:
    kinds = {_SCALARS[type(ast.literal_eval(value)).__name__] for value in values}
    if len(kinds) > 1:
        raise TypeError(f"literals of several kinds: {sorted(kinds)}")
    return Scalar(kinds.pop())


def _union(members: list[FieldType]) -> FieldType:
    if all(isinstance(member, Embedded) for member in members):
        classes = [c for member in members if isinstance(member, Embedded) for c in member.classes]
        return Embedded(tuple(classes))
    # Union[Literal[...], str]: an enum that may grow.
    if all(member == members[0] for member in members):
        return members[0]
    raise TypeError(f"unknown union {members}")
