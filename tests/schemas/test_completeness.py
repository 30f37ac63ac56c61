"""No field is forgotten: the schemas against the classes as Python itself sees them.

The generator reads the package's source text; these tests ask the imported classes, so that both
can't overlook the same thing.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from typing import Any

import pytest
from stripe._object_classes import OBJECT_CLASSES, get_object_class
from stripe._stripe_object import StripeObject

from scripts.generate_schemas.expansion import EXPAND_ONLY
from scripts.generate_schemas.schema import object_schema, stream_schema
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.columns import ACCOUNT_ID, DELETED_AT, MODE
from tests.schemas.walk import OBJECT_NAMES, fields

Schema = Mapping[str, Any]


def declared(cls: type[StripeObject]) -> set[str]:
    names = inspect.get_annotations(cls).keys() - {"OBJECT_NAME"}
    return {cls._field_remappings.get(name, name) for name in names if not name.startswith("_")}


def left_out(object_name: str, expanded: tuple[str, ...] = ()) -> set[str]:
    only = {path.rpartition(".") for path in EXPAND_ONLY}
    return {name for owner, _, name in only if owner == object_name} - set(expanded)


def class_of(object_name: str) -> type[StripeObject]:
    """The class of an object, or of a part of one: what its field's annotation names inside it."""
    names = object_name.split(".")
    for count in range(len(names), 0, -1):
        whole = ".".join(names[:count])
        cls = get_object_class("V2" if whole.startswith("v2.") else "V1", whole)
        if cls is not StripeObject:
            break
    for part in names[count:]:
        annotation = str(inspect.get_annotations(cls)[part])
        cls = getattr(cls, re.findall(r"\w+", annotation)[-1])
    return cls


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream.name)
def test_stream_has_every_field_and_no_other(stream: type[StripeStream]) -> None:
    names = set()
    for name in filter(None, stream.objects()):
        names |= declared(class_of(name)) - {"deleted"} - left_out(name, stream.expand)
    own = {ACCOUNT_ID, DELETED_AT} if stream.deletable else {ACCOUNT_ID}
    own |= {MODE} if stream.modeless else set()
    assert set(stream_schema(stream)["properties"]) == names | set(stream.added) | own


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: stream.name)
def test_the_mode_is_added_where_not_every_object_says_it(stream: type[StripeStream]) -> None:
    says = [MODE in declared(class_of(name)) for name in stream.objects() if name]
    assert stream.modeless is not (bool(says) and all(says))
    assert MODE in stream_schema(stream)["properties"]


@pytest.mark.parametrize("name", [name for name in OBJECT_NAMES if not name.startswith("v2.")])
def test_parts_of_objects_have_every_field(name: str) -> None:
    cls = get_object_class("V1", name)
    properties = object_schema(name)["properties"]
    assert properties.keys() == declared(cls) - {"deleted"} - left_out(name)
    compare_parts(properties, cls, name)


def compare_parts(properties: Schema, cls: type[StripeObject], path: str) -> None:
    for field, inner in cls._inner_class_types.items():
        below = f"{path}.{field}"
        part = properties.get(field, {"type": []})
        while inside := part.get("items") or part.get("additionalProperties"):
            part = inside
        if "object" not in part["type"]:
            # Left out, or a reference that only an expansion turns into its class.
            continue
        lists = {place.rpartition(".")[2] for place in EXPAND_ONLY if place.startswith(below)}
        known = part.get("properties", {})
        assert known.keys() == declared(inner) - lists, below
        compare_parts(known, inner, below)


def test_fields_that_need_expansion_are_fields() -> None:
    for path in EXPAND_ONLY:
        name = max((name for name in OBJECT_CLASSES if path.startswith(f"{name}.")), key=len)
        cls = get_object_class("V1", name)
        *parts, last = path.removeprefix(f"{name}.").split(".")
        for part in parts:
            cls = cls._inner_class_types[part]
        assert last in declared(cls), path


def test_lists_that_may_be_missing_need_expansion() -> None:
    optional = {
        path
        for path, field, _, _ in fields()
        if ast.unparse(field.annotation).startswith("Optional[ListObject[")
    }
    # Accounts of some types come with their bank accounts and cards.
    assert optional - EXPAND_ONLY == {"account.external_accounts"}


def test_stream_gets_what_it_expands() -> None:
    assert "tiers" not in object_schema("price")["properties"]
    asked = object_schema("price", expanded=frozenset({"tiers"}))["properties"]
    assert "up_to" in asked["tiers"]["items"]["properties"]
    assert "currency_options" not in asked
