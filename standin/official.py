"""What the official ``stripe`` package says about objects, list parameters, events and versions.

Read at run time from its type annotations, so that nothing is copied here that could go stale.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
import typing
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from types import ModuleType
from typing import Any

import stripe
import typing_extensions
from stripe._list_object import ListObject
from stripe._object_classes import OBJECT_CLASSES, V2_OBJECT_CLASSES
from stripe._request_options import RequestOptions
from stripe._stripe_object import StripeObject, UntypedStripeObject
from stripe.events._event_classes import _V2_EVENT_CLASS_LOOKUP

PRESENT_VERSION: str = stripe.api_version


class Int64(int):
    """A whole number that travels as a string."""


@dataclass(frozen=True)
class Shape:
    """The type of one field, in the terms that a server needs.

    ``scalar`` is one of str, int, float, bool, and Decimal and Int64, which travel as strings.
    ``fields`` is the inner class of a hash, ``objects`` the names of the Stripe objects that a
    field holds in full or (``expandable``) by id, ``item`` the shape of a list's members, ``page``
    true for a nested list object with pages of its own, ``mapping`` true for free keys such as
    metadata, and ``keyed`` the class of the hashes under those keys (such a field is absent
    rather than null).
    """

    nullable: bool = False
    scalar: type | None = None
    literals: tuple[str, ...] = ()
    fields: type | None = None
    objects: tuple[str, ...] = ()
    expandable: bool = False
    item: Shape | None = None
    page: bool = False
    mapping: bool = False
    keyed: type | None = None

    @property
    def embedded(self) -> bool:
        """Whether the field holds other objects in full, without being asked to."""
        return bool(self.objects) and not self.expandable


@dataclass(frozen=True)
class Parameter:
    """A parameter of a list: ``kind`` is one of str, int, bool, list, range, hash.

    ``literals`` are the values there are, for a list those of its members (empty: any).
    """

    kind: str
    literals: tuple[str, ...] = ()
    fields: Mapping[str, Parameter] | None = None
    required: bool = False


@cache
def object_class(name: str) -> type:
    """The class of a Stripe object, e.g. ``"charge"``. Raises KeyError for an unknown name."""
    module, attribute = (OBJECT_CLASSES if name in OBJECT_CLASSES else V2_OBJECT_CLASSES)[name]
    found: type = getattr(importlib.import_module(module), attribute)
    return found


@cache
def fields(cls: type) -> Mapping[str, Shape]:
    """The declared fields of an object or of a hash inside one, by their names on the wire."""
    names = _namespace(cls.__module__)
    wire: Mapping[str, str] = getattr(cls, "_field_remappings", {})
    encodings: Mapping[str, str] = getattr(cls, "_field_encodings", {})
    return {
        wire.get(name, name): _encoded(_shape(annotation, names), encodings.get(name))
        for name, annotation in inspect.get_annotations(cls).items()
        if not name.startswith("_") and name != "OBJECT_NAME"
    }


@cache
def list_parameters(class_name: str) -> Mapping[str, Parameter]:
    """The parameters of a list by the name of their class, e.g. ``"ChargeListParams"``.

    A dotted name (``"billing.MeterListParams"``) is looked up in that part of ``stripe.params``.
    """
    package, _, attribute = class_name.rpartition(".")
    module = importlib.import_module(f"stripe.params.{package}" if package else "stripe.params")
    cls: type = getattr(module, attribute)
    return _parameters(cls)


@cache
def event_types() -> frozenset[str]:
    """All snapshot event types."""
    return frozenset(fields(object_class("event"))["type"].literals)


@cache
def thin_event_types() -> frozenset[str]:
    """All types of the events that API v2 tells."""
    return frozenset(_V2_EVENT_CLASS_LOOKUP)


@cache
def api_versions() -> frozenset[str]:
    """All values that ``Stripe-Version`` may have."""
    module = importlib.import_module("stripe.params")
    return frozenset(_parameters(module.WebhookEndpointCreateParams)["api_version"].literals)


@cache
def _namespace(module_name: str) -> Mapping[str, Any]:
    """A module's names, with those that it imports for type checkers only."""
    module: ModuleType = sys.modules[module_name]
    names = dict(vars(module))
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for imported in node.body:
                if isinstance(imported, ast.ImportFrom) and imported.module:
                    source = importlib.import_module(imported.module)
                    for alias in imported.names:
                        names[alias.asname or alias.name] = getattr(source, alias.name)
    return names


def _resolve(annotation: Any, names: Mapping[str, Any]) -> Any:
    if isinstance(annotation, typing.ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        return eval(annotation, dict(names))  # noqa: S307 - the package's own annotations
    return annotation


def _members(annotation: Any, names: Mapping[str, Any]) -> tuple[list[Any], bool]:
    """The alternatives of a union, resolved, and whether None is one of them."""
    annotation = _resolve(annotation, names)
    if typing.get_origin(annotation) is typing.Union or type(annotation).__name__ == "UnionType":
        resolved = [_resolve(a, names) for a in typing.get_args(annotation)]
    else:
        resolved = [annotation]
    return [a for a in resolved if a is not type(None)], type(None) in resolved


def _literals(members: list[Any]) -> tuple[str, ...]:
    return tuple(
        value
        for member in members
        if typing_extensions.get_origin(member) is typing_extensions.Literal
        for value in typing_extensions.get_args(member)
    )


def _shape(annotation: Any, names: Mapping[str, Any]) -> Shape:
    members, nullable = _members(annotation, names)
    literals = _literals(members)
    if literals:
        scalar = type(literals[0])
        return Shape(nullable, scalar, literals if scalar is str else ())
    objects = tuple(m.OBJECT_NAME for m in members if "OBJECT_NAME" in getattr(m, "__dict__", {}))
    if objects:
        return Shape(nullable, objects=objects, expandable=str in members)
    return replace(_plain_shape(members[0], names), nullable=nullable)


def _encoded(shape: Shape, encoding: str | None) -> Shape:
    return replace(shape, scalar=Int64) if encoding == "int64_string" else shape


def _plain_shape(member: Any, names: Mapping[str, Any]) -> Shape:
    origin = typing.get_origin(member)
    if origin is list:
        return Shape(item=_shape(typing.get_args(member)[0], names))
    if origin is ListObject:
        return Shape(item=_shape(typing.get_args(member)[0], names), page=True)
    if origin in (dict, UntypedStripeObject):
        held = _resolve(typing.get_args(member)[-1], names) if typing.get_args(member) else None
        hashes = inspect.isclass(held) and issubclass(held, StripeObject)
        return Shape(mapping=True, keyed=held if hashes else None)
    if inspect.isclass(member) and issubclass(member, StripeObject):
        return Shape(fields=member)
    if member in (str, int, float, bool, Decimal):
        return Shape(scalar=member)
    return Shape(mapping=True)


def _parameters(cls: type) -> Mapping[str, Parameter]:
    names = _namespace(cls.__module__)
    options = inspect.get_annotations(RequestOptions)
    return {
        name: _parameter(annotation, names)
        for name, annotation in inspect.get_annotations(cls).items()
        if name not in options
    }


def _parameter(annotation: Any, names: Mapping[str, Any]) -> Parameter:
    annotation = _resolve(annotation, names)
    if typing_extensions.get_origin(annotation) is typing_extensions.NotRequired:
        return _required(typing_extensions.get_args(annotation)[0], names)
    return replace(_required(annotation, names), required=True)


def _required(annotation: Any, names: Mapping[str, Any]) -> Parameter:
    members, _ = _members(annotation, names)
    literals = _literals(members)
    hashes = [m for m in members if typing_extensions.is_typeddict(m)]
    if hashes:
        inner = _parameters(hashes[0])
        kind = "range" if "gte" in inner else "hash"
        return Parameter(kind, fields=inner)
    for member in members:
        if typing.get_origin(member) is list:
            return Parameter("list", _literals(_members(typing.get_args(member)[0], names)[0]))
    for scalar in (bool, int):
        if scalar in members:
            return Parameter(scalar.__name__)
    # An empty one stands for "none" beside ids that aren't listed.
    return Parameter("str", tuple(str(value) for value in literals if value))
