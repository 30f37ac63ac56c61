"""What can be declared about Stripe's objects and endpoints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from standin import official
from standin.store import Lookup


@dataclass(frozen=True, kw_only=True)
class Tie:
    """How a child is tied to its parent.

    A child that belongs to its parent keeps the parent's id in its shadow, under ``kept_as``, and
    shows it in its field ``link``, if it has one. A child that stands on its own points at the
    parent ``by`` a field.
    """

    link: str | None = None
    by: str | None = None
    kept_as: str = "parent"

    @cached_property
    def lookup(self) -> Lookup:
        """Where the child's row has the parent's id."""
        return Lookup((self.by,)) if self.by else Lookup((self.kept_as,), shadow=True)


@dataclass(frozen=True, kw_only=True)
class Nested(Tie):
    """A list inside an object, e.g. ``invoice.lines``, of one or several kinds of ``objects``.

    ``expand`` tells that it is only there when asked for. ``changed_event`` is the parent's event
    for a change of a member that has none, ``events`` the stem of the members' event names as long
    as they are in this list.
    """

    objects: tuple[str, ...]
    url: str
    expand: bool = False
    oldest_first: bool = False
    changed_event: str | None = None
    events: str | None = None


@dataclass(frozen=True, kw_only=True)
class Parent(Tie):
    """The kind of ``object`` whose children an endpoint lists.

    Its id is in the path, or in the query parameter ``param``, which is then required.
    """

    object: str
    param: str | None = None


@dataclass(frozen=True)
class Owner:
    """A kind of object that another kind can belong to: by a nested list, or only by a tie."""

    object: str
    tie: Nested | Parent


@dataclass(frozen=True)
class ObjectFacts:
    """What is known about one object.

    ``time`` is the field that lists sort by; ``local_ids`` are unique within a parent only;
    ``beside`` names the kind whose objects have one of these each, under the same id. ``deleted``
    is what references to a deleted one show (``gone``: its last state, ``stub``, ``flagged``) and
    ``retrievable`` whether it can still be retrieved as such. ``expand_only`` fields are sent when
    expanded (``retrieve_only`` ones not in lists), ``shadow`` values never.

    ``events`` is the stem of its event names (default: its name; empty: it has none).
    ``created_event`` is a template for the event of its creation, which is written only if fields
    have the values ``created_if``. ``turns`` has, by field and new value, the last part of the
    event that tells of this turn; ``*`` is any value, other values are written as in JSON.
    """

    name: str
    prefix: str
    id_length: int = 24
    local_ids: bool = False
    beside: str | None = None
    events: str | None = None
    created_event: str = ""
    created_if: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    turns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    time: str = "created"
    deletable: bool = True
    deleted: str = "gone"
    retrievable: bool = False
    expand_only: tuple[str, ...] = ()
    retrieve_only: tuple[str, ...] = ()
    shadow: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    nested: Mapping[str, Nested] = field(default_factory=dict)

    @property
    def stem(self) -> str:
        """What the names of its events begin with, unless a list that it is in says otherwise."""
        return self.name if self.events is None else self.events

    def event(self, kind: str, stem: str | None = None) -> str | None:
        """The event for ``created``, ``updated`` or ``deleted``, if Stripe has one."""
        name = f"{stem or self.stem}.{kind}"
        return name if name in official.event_types() else None

    def row_id(self, object_id: str, parent: str | None) -> str:
        """The id under which the store keeps it: with the parent's before it if it is local."""
        return f"{parent}/{object_id}" if self.local_ids else object_id


@dataclass(frozen=True)
class Filter:
    """How a list parameter selects: by equality on ``path``, unless said otherwise.

    ``values`` translates a value into several (null: no filter), ``shadow`` looks at a value that
    isn't in the object, ``child`` at the members of a nested list, ``missing`` at null or not.
    ``compare`` (gt, gte, lt, lte) bounds the field by the value. A parameter with ``modelled``
    values selects nothing: these are accepted, others refused.
    """

    path: tuple[str, ...]
    values: Mapping[str, list[Any] | None] = field(default_factory=dict)
    shadow: bool = False
    child: str | None = None
    wildcard: bool = False
    missing: bool = False
    compare: str | None = None
    modelled: tuple[str, ...] | None = None

    @property
    def lookup(self) -> Lookup:
        """Where it looks."""
        return Lookup(self.path, self.shadow)

    @property
    def plain(self) -> bool:
        """Whether it asks for equality, where its ``values`` don't translate."""
        special = self.child or self.wildcard or self.missing or self.compare
        return not special and self.modelled is None


@dataclass(frozen=True)
class Hide:
    """Records that a list leaves out, unless one of the parameters ``unless`` is given."""

    lookup: Lookup
    values: tuple[Any, ...]
    keep: bool
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Aligned:
    """Times that must be multiples of a number of seconds, which depends on a parameter."""

    params: tuple[str, ...]
    by: str
    seconds: Mapping[str, int]  # by that parameter's value; "" if it isn't given


@dataclass(frozen=True)
class Endpoint:
    """A list endpoint and the endpoint that retrieves one of its objects (either may be missing).

    Lists of several kinds of ``objects`` are named in errors after the first. A list whose
    ``params`` have no ``limit`` comes whole. ``test_only`` ones refuse live keys.
    """

    objects: tuple[str, ...]
    path: str | None
    retrieve: str | None
    alias: str | None
    stream: str | None
    permission: str | None
    params: Mapping[str, official.Parameter]
    filters: Mapping[str, Filter]
    hide: tuple[Hide, ...]
    parent: Parent | None
    oldest_first: bool
    exclusive: tuple[str, ...]
    max_items: Mapping[str, int]
    default_limit: int
    max_limit: int
    aligned: Aligned | None
    test_only: bool

    @property
    def object(self) -> str:
        """The only or first kind of object."""
        return self.objects[0]

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters without which the list is refused."""
        typed = [name for name, parameter in self.params.items() if parameter.required]
        parent = self.parent.param if self.parent else None
        return (*typed, parent) if parent and parent not in typed else tuple(typed)


@dataclass(frozen=True)
class Facts:
    """Everything that is declared. ``holders`` and ``owners`` are by the child's name."""

    permissions: Mapping[str, str]
    objects: Mapping[str, ObjectFacts]
    endpoints: tuple[Endpoint, ...]
    holders: Mapping[str, tuple[tuple[str, Nested], ...]]
    owners: Mapping[str, tuple[Owner, ...]]

    def object(self, name: str) -> ObjectFacts:
        """Facts of an object; plain defaults for those without an entry (KeyError if unknown)."""
        official.object_class(name)
        return self.objects.get(name) or ObjectFacts(name, prefix=f"{name.rpartition('.')[2]}_")

    def holders_of(self, object_name: str) -> tuple[tuple[str, Nested], ...]:
        """The objects that show this one in a nested list, each with that list."""
        return self.holders.get(object_name, ())

    def owners_of(self, object_name: str) -> tuple[Owner, ...]:
        """The objects that this one can belong to."""
        return self.owners.get(object_name, ())

    def belongings_of(self, object_name: str) -> list[tuple[str, Lookup]]:
        """The kinds of objects that can belong to this one, and where they keep its id."""
        return [
            (child, owner.tie.lookup)
            for child, owners in self.owners.items()
            for owner in owners
            if owner.object == object_name
        ]

    def permission_of(self, object_name: str) -> str | None:
        """The permission that reading an object takes, if there is one for it alone."""
        known = [e for e in self.endpoints if object_name in e.objects]
        names = {e.permission for e in known if e.parent is None} or {e.permission for e in known}
        return names.pop() if len(names) == 1 else None

    def permissions_of_list(
        self, owner: str, field: str, members: Iterable[str]
    ) -> list[str | None]:
        """The permissions that reading a nested list takes: its own endpoint's, if it has one."""
        nested = self.object(owner).nested.get(field)
        if nested is not None:
            path = nested.url.replace("{id}", "{parent}")
            own = [endpoint.permission for endpoint in self.endpoints if endpoint.path == path]
            if own:
                return own
        return [self.permission_of(name) for name in members]
