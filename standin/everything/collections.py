"""The collections that the facts know, in an order in which each can refer to those before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from standin import facts as v1
from standin import official
from standin.official import Shape
from standin.store import Lookup, Row
from standin.v2 import facts as v2

# Credits of a customer come from grants to the customer.
_THROUGH: Mapping[str, tuple[str, str]] = {
    "billing.credit_balance_transaction": ("billing.credit_grant", "customer")
}


@dataclass(frozen=True)
class Tie:
    """What ties objects to one that they belong or point to.

    ``field`` shows its id, in those that have such a field; ``kept_as`` is its name where it is
    given for those that belong without showing it. ``through`` is a kind of object that an owner
    must have, too, and the field by which these point at it.
    """

    owner: str
    lookup: Lookup
    field: str | None
    kept_as: str | None = None
    through: tuple[str, str] | None = None

    def given_as(self, kind: str) -> str:
        """The name under which the id is given for a new object."""
        shown = self.field in official.fields(official.object_class(kind))
        return str(self.field if shown or self.kept_as is None else self.kept_as)


@dataclass(frozen=True)
class Collection:
    """What one list endpoint shows: objects of some kinds, all of them or those of each parent.

    ``parents`` are what an object belongs to: it is listed only as long as they are there.
    ``hidden`` are the rules by which objects are left out of a list of all.
    """

    stream: str
    kinds: tuple[str, ...]
    parents: tuple[Tie, ...] = ()
    hidden: tuple[v1.Hide, ...] = ()

    @property
    def ties(self) -> tuple[Tie, ...]:
        """All that its objects belong or point to."""
        pointing = {tie.lookup: tie for kind in self.kinds for tie in shown_in(kind)}
        return tuple({**pointing, **{tie.lookup: tie for tie in self.parents}}.values())

    def shows(self, row: Row) -> bool:
        """Whether the list can be made to show a row."""
        return all((hide.lookup.of(row) in hide.values) == hide.keep for hide in self.hidden)

    def allowed(self, kind: str) -> dict[str, tuple[Any, ...]]:
        """The values of fields with which the list shows objects."""
        shapes = official.fields(official.object_class(kind))
        found = {}
        for hide in self.hidden:
            name, *deeper = hide.lookup.path
            if not deeper and not hide.lookup.shadow:
                others = [value for value in shapes[name].literals if value not in hide.values]
                found[name] = hide.values if hide.keep else tuple(others)
        return found


@cache
def collections() -> tuple[Collection, ...]:
    """All collections of both APIs: parents before children, the embedded before what embeds it."""
    known = [*_of_v1(), *_of_v2()]
    parents: dict[str, list[str]] = {}
    for collection in known:
        for kind in collection.kinds:
            owners = [tie.owner for tie in shown_in(kind)]
            owners += [tie.owner for tie in collection.parents]
            owners += [tie.through[0] for tie in collection.parents if tie.through]
            parents.setdefault(kind, []).extend(owners)
    ordered: dict[str, None] = {}
    for kind in parents:
        _place(kind, parents, ordered, ())
    rank = {kind: place for place, kind in enumerate(ordered)}
    return tuple(sorted(known, key=lambda c: max(rank[kind] for kind in c.kinds)))


@cache
def shown_in(kind: str) -> tuple[Tie, ...]:
    """The objects that show this kind in a nested list, by a field that these point with."""
    holders = v1.load().holders_of(kind)
    return tuple(Tie(owner, nested.lookup, nested.by) for owner, nested in holders if nested.by)


@cache
def links(kind: str) -> frozenset[str]:
    """The fields by which objects of a kind can show what they belong to."""
    owners = v1.load().owners_of(kind)
    return frozenset(owner.tie.link for owner in owners if owner.tie.link)


def _of_v1() -> Iterator[Collection]:
    for endpoint in v1.load().endpoints:
        if endpoint.path and endpoint.stream:
            parents = tuple(_parents(endpoint))
            hidden = tuple(hide for hide in endpoint.hide if not _liftable(hide, endpoint))
            yield Collection(endpoint.stream, endpoint.objects, parents, hidden)


def _parents(endpoint: v1.Endpoint) -> Iterator[Tie]:
    """The parent, and objects by which the list must be filtered without showing them."""
    parent = endpoint.parent
    if parent is not None:
        owners = v1.load().owners_of(endpoint.object)
        shown = [o.tie.link for o in owners if (o.object, o.tie.kept_as) == _name(parent)]
        field, kept_as = (parent.by, None) if parent.by else (shown[0], parent.kept_as)
        through = _THROUGH.get(endpoint.object)
        yield Tie(parent.object, parent.lookup, field, kept_as, through)
    for name in endpoint.required:
        rule = endpoint.filters.get(name)
        if rule is not None and rule.shadow and name in v1.load().objects:
            yield Tie(name, Lookup(rule.path, shadow=True), None, name)


def _name(parent: v1.Parent) -> tuple[str, str]:
    return parent.object, parent.kept_as


def _liftable(hide: v1.Hide, endpoint: v1.Endpoint) -> bool:
    """Whether a few requests can show what is hidden.

    A parameter with a choice of values can; one that takes an id (a test clock's) can't.
    """
    known = [endpoint.params[name] for name in hide.unless]
    return any(parameter.kind == "bool" or parameter.literals for parameter in known)


def _of_v2() -> Iterator[Collection]:
    for endpoint in v2.load().endpoints:
        parents: tuple[Tie, ...] = ()
        if endpoint.parent and endpoint.link:
            parents = (Tie(endpoint.parent, Lookup((endpoint.link,)), endpoint.link),)
        yield Collection(endpoint.stream, (endpoint.object,), parents)


def _place(
    kind: str, parents: Mapping[str, Iterable[str]], ordered: dict[str, None], path: tuple[str, ...]
) -> None:
    if kind in ordered or kind in path:
        return
    embedded = _embedded(official.object_class(kind))
    # A child that its parent shows in full (an account's person) can only come after it.
    before = [needed for needed in embedded if kind not in parents.get(needed, ())]
    for needed in (*parents.get(kind, ()), *before):
        _place(needed, parents, ordered, (*path, kind))
    ordered[kind] = None


def _embedded(cls: type) -> Iterator[str]:
    """The kinds of objects that a hash shows in full, at any depth."""
    for shape in official.fields(cls).values():
        yield from _embedded_in(shape)


def _embedded_in(shape: Shape) -> Iterator[str]:
    if shape.page:
        return
    if shape.item is not None:
        yield from _embedded_in(shape.item)
    elif shape.embedded:
        yield from shape.objects
    elif shape.fields is not None:
        yield from _embedded(shape.fields)
