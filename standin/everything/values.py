"""Random values of the official types: for a field, a hash, or all fields of an object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from standin import facts as v1
from standin import official
from standin.everything import vocabulary
from standin.everything.draw import Draw
from standin.everything.vocabulary import Maker
from standin.official import Int64, Shape

_MOST_ITEMS = 3


def fields(
    object_name: str, draw: Draw, given: Mapping[str, Any], without: frozenset[str]
) -> dict[str, Any]:
    """The fields of an object: the given ones, and random ones for the rest.

    Left out are nested lists and the fields ``without``.
    """
    cls = official.object_class(object_name)
    known = {*given, *without}
    made = {name: make(draw) for name, make in _hash(cls).items() if name not in known}
    return {**_settled(cls, {**made, **given}, draw), **given}


def field(object_name: str, name: str, draw: Draw, *, full: bool = False) -> Any:
    """A value for one field of an object; ``full`` leaves nothing in it null."""
    cls = official.object_class(object_name)
    return _certain(cls)[name](replace(draw, fullness=1.0)) if full else _hash(cls)[name](draw)


@cache
def _hash(cls: type) -> Mapping[str, Maker]:
    """A maker for each field; what may be null sometimes is."""
    shapes = official.fields(cls)
    return {
        name: _optional(make, shapes[name])
        if shapes[name].nullable and name != "metadata"
        else make
        for name, make in _certain(cls).items()
    }


@cache
def _certain(cls: type) -> Mapping[str, Maker]:
    """A maker for each field that makes no null; nested lists and ``deleted`` are left out."""
    return {
        name: _value(name, shape)
        for name, shape in official.fields(cls).items()
        if not shape.page and name != "deleted"
    }


def _optional(make: Maker, shape: Shape) -> Maker:
    # What embeds a whole object is rarer, or objects would contain half of the account.
    share = 0.3 if shape.embedded else 1.0
    return lambda draw: make(draw) if draw.rng.random() < share * draw.fullness else None


def _value(name: str, shape: Shape) -> Maker:
    if shape.item is not None:
        return _list(_value(name.removesuffix("s"), shape.item))
    if shape.objects:
        return _embedded(shape) if shape.embedded else _reference(shape)
    if shape.fields is not None:
        return _inner_hash(shape.fields)
    if shape.mapping:
        return _keyed(shape.keyed) if shape.keyed else vocabulary.free_keys(name)
    return _scalar(name, shape)


def object_named(name: str) -> str | None:
    """The kind of object whose id a text field of this name holds, such as ``default_price``."""
    known = _kinds_by_name()
    ends = (name[place + 1 :] for place, letter in enumerate(name) if letter == "_")
    plain = (end for end in ends if known.get(end) == end)
    return known.get(name) or next(plain, None)


@cache
def _kinds_by_name() -> Mapping[str, str]:
    """Kinds by their last name: ``financial_account`` of ``treasury.financial_account``."""
    kinds = sorted(v1.load().objects, key=lambda kind: kind.count("."), reverse=True)
    return {kind.rpartition(".")[2]: kind for kind in kinds}


def _scalar(name: str, shape: Shape) -> Maker:
    if shape.literals:
        literals = shape.literals
        return lambda draw: draw.rng.choice(literals)
    kind = object_named(name) if shape.scalar is str else None
    if kind is not None:
        return _reference(Shape(objects=(kind,)))
    plain: Mapping[type | None, Maker] = {
        bool: vocabulary.flag,
        float: vocabulary.fraction,
        Decimal: vocabulary.decimal,
        int: vocabulary.integer(name),
        Int64: vocabulary.integer_text(name),
    }
    return plain.get(shape.scalar) or vocabulary.text(name)


def _list(make: Maker) -> Maker:
    def some(draw: Draw) -> list[Any]:
        made = [make(draw) for _ in range(draw.rng.randint(0, _MOST_ITEMS))]
        return [item for item in made if item is not None]

    return some


def _reference(shape: Shape) -> Maker:
    """The id of an object that exists; if there is none, one that could."""
    kinds = shape.objects

    def refer(draw: Draw) -> str:
        known = draw.references.part(kinds, draw) or draw.references.existing(draw.rng, kinds)
        return known or draw.references.made_up(draw.rng, kinds)

    return refer


def _embedded(shape: Shape) -> Maker:
    """An object that is shown in full: one that exists, or one that lives only here."""
    kinds = shape.objects

    def embed(draw: Draw) -> Any:
        if part := draw.references.part(kinds, draw):
            return part
        if draw.references.listed(kinds):
            return draw.references.existing(draw.rng, kinds)
        return _inner_hash(official.object_class(kinds[0]))(draw)

    return embed


def _inner_hash(cls: type) -> Callable[[Draw], dict[str, Any]]:
    def make(draw: Draw) -> dict[str, Any]:
        return _settled(cls, {name: maker(draw) for name, maker in _hash(cls).items()}, draw)

    return make


def _keyed(cls: type) -> Maker:
    """Hashes under the codes of currencies."""
    make = _inner_hash(cls)
    return lambda draw: {code: make(draw) for code in vocabulary.currencies(draw)}


def _settled(cls: type, made: dict[str, Any], draw: Draw) -> dict[str, Any]:
    """Keep the alternative that the hash's ``type`` names, and leave the others out."""
    alternatives = _alternatives(cls)
    if not alternatives:
        return made
    if made["type"] not in (official.fields(cls)["type"].literals or alternatives):
        made["type"] = draw.rng.choice(alternatives)
    chosen = made["type"]
    kept = {n: value for n, value in made.items() if n == chosen or n not in alternatives}
    if chosen in kept and kept[chosen] is None:
        kept[chosen] = _certain(cls)[chosen](draw)
    return kept


@cache
def _alternatives(cls: type) -> tuple[str, ...]:
    """The hashes of which one is there, by ``type``."""
    shapes = official.fields(cls)
    if "type" not in shapes:
        return ()
    kinds = shapes["type"].literals
    hashes = [name for name, s in shapes.items() if s.nullable and s.fields is not None]
    return tuple(name for name in hashes if name in kinds or not kinds)
