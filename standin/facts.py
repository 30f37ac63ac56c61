"""The facts about Stripe's objects and endpoints, read from ``facts.json``.

A new endpoint is a new entry there; types, defaults, fields and allowed parameters come from the
official package (see ``official``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from standin import official


@dataclass(frozen=True)
class Nested:
    """A list inside an object, e.g. ``invoice.lines``.

    Its members belong to the parent (then ``link`` names the child's field with the parent's id,
    if it has one), or are objects of their own, found ``by`` their field. ``expand`` tells that it
    is only there when asked for.
    """

    object: str
    url: str
    link: str | None = None
    by: str | None = None
    expand: bool = False
    oldest_first: bool = False
    changed_event: str | None = None


@dataclass(frozen=True)
class ObjectFacts:
    """What is known about one object.

    ``events`` is the stem of its event names, ``time`` the field that lists sort by, ``deleted``
    what references to a deleted one show (``gone``: its last state, ``stub``, ``flagged``) and
    ``retrievable`` whether it can still be retrieved as such. ``expand_only`` fields are sent when
    expanded, ``shadow`` values never.
    """

    name: str
    prefix: str
    id_length: int = 24
    events: str = ""
    created_event: str = ""
    time: str = "created"
    deletable: bool = True
    deleted: str = "gone"
    retrievable: bool = False
    expand_only: tuple[str, ...] = ()
    shadow: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    nested: Mapping[str, Nested] = field(default_factory=dict)

    def event(self, kind: str) -> str | None:
        """The default event for ``created``, ``updated`` or ``deleted``, if Stripe has one."""
        name = f"{self.events or self.name}.{kind}"
        return name if name in official.event_types() else None


@dataclass(frozen=True)
class Filter:
    """How a list parameter selects: by equality on ``path``, unless said otherwise.

    ``values`` translates a value into several (null: no filter), ``shadow`` looks at a value that
    isn't in the object, ``child`` at the members of a nested list, ``missing`` at null or not.
    """

    path: tuple[str, ...]
    values: Mapping[str, list[Any] | None] = field(default_factory=dict)
    shadow: bool = False
    child: str | None = None
    wildcard: bool = False
    missing: bool = False


@dataclass(frozen=True)
class Hide:
    """Records that a list leaves out, unless one of the parameters ``unless`` is given."""

    path: str
    values: tuple[Any, ...]
    keep: bool
    unless: tuple[str, ...] = ()
    shadow: bool = False


@dataclass(frozen=True)
class Endpoint:
    """A list endpoint and the endpoint that retrieves one of its objects (either may be missing).

    ``parent_param`` is the query parameter with the parent's id; without it the id is in the path.
    """

    object: str
    path: str | None
    retrieve: str | None
    alias: str | None
    stream: str | None
    permission: str | None
    params: Mapping[str, official.Parameter]
    filters: Mapping[str, Filter]
    hide: tuple[Hide, ...]
    parent: str | None
    parent_param: str | None
    oldest_first: bool
    exclusive: tuple[str, ...]
    max_items: Mapping[str, int]


@dataclass(frozen=True)
class Facts:
    """Everything in ``facts.json``."""

    permissions: Mapping[str, str]
    objects: Mapping[str, ObjectFacts]
    endpoints: tuple[Endpoint, ...]
    holders: Mapping[str, tuple[tuple[str, Nested], ...]]

    def object(self, name: str) -> ObjectFacts:
        """Facts of an object; plain defaults for those without an entry (KeyError if unknown)."""
        official.object_class(name)
        return self.objects.get(name) or ObjectFacts(name, prefix=f"{name.rpartition('.')[2]}_")

    def holders_of(self, object_name: str) -> tuple[tuple[str, Nested], ...]:
        """The objects that show this one in a nested list, each with that list."""
        return self.holders.get(object_name, ())

    def permission_of(self, object_name: str) -> str | None:
        """The permission that reading an object takes, if known."""
        for endpoint in self.endpoints:
            if endpoint.object == object_name:
                return endpoint.permission
        return None


PAGING = ("limit", "starting_after", "ending_before", "expand")


@cache
def load() -> Facts:
    """Read ``facts.json``. Raises ValueError when a list parameter can't be understood."""
    raw = json.loads(resources.files("standin").joinpath("facts.json").read_text("utf-8"))
    objects = {name: _object(name, entry) for name, entry in raw["objects"].items()}
    endpoints = tuple(endpoint(entry, objects) for entry in raw["endpoints"])
    holders: dict[str, tuple[tuple[str, Nested], ...]] = {}
    for owner, facts in objects.items():
        for nested in facts.nested.values():
            holders[nested.object] = (*holders.get(nested.object, ()), (owner, nested))
    return Facts(raw["permissions"], objects, endpoints, holders)


def _object(name: str, entry: dict[str, Any]) -> ObjectFacts:
    nested = {key: Nested(**value) for key, value in entry.pop("nested", {}).items()}
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return ObjectFacts(name=name, nested=nested, **{**entry, **lists})


def endpoint(entry: dict[str, Any], objects: Mapping[str, ObjectFacts]) -> Endpoint:
    """An endpoint from its entry. Raises ValueError for a list parameter without a rule."""
    params = official.list_parameters(entry["params"]) if "params" in entry else {}
    parent = entry.get("parent", {})
    return Endpoint(
        object=entry["object"],
        path=entry.get("path"),
        retrieve=entry.get("retrieve"),
        alias=entry.get("self"),
        stream=entry.get("stream"),
        permission=entry.get("permission"),
        params=params,
        filters=_filters(entry, params, objects[entry["object"]], parent.get("param")),
        hide=tuple(rule for hide in entry.get("hide", []) for rule in _hide(hide)),
        parent=parent.get("object"),
        parent_param=parent.get("param"),
        oldest_first=entry.get("oldest_first", False),
        exclusive=tuple(entry.get("exclusive", [])),
        max_items=entry.get("max_items", {}),
    )


def _filters(
    entry: dict[str, Any],
    params: Mapping[str, official.Parameter],
    facts: ObjectFacts,
    parent_param: str | None,
) -> dict[str, Filter]:
    fields = official.fields(official.object_class(facts.name))
    filters = {}
    for name in params:
        if name in (*PAGING, "created", parent_param):
            continue
        spec = dict(entry.get("filters", {}).get(name, {}))
        path = tuple(spec.pop("path", name).split("."))
        known = path[0] in fields or spec.get("shadow") or spec.get("child")
        if not known:
            raise ValueError(f"{entry['path']}: no rule for the parameter {name!r}")
        filters[name] = Filter(path, **spec)
    return filters


def _hide(entry: dict[str, Any]) -> list[Hide]:
    return [
        Hide(
            path,
            tuple(values),
            keep="keep" in entry,
            unless=tuple(entry.get("unless", [])),
            shadow=entry.get("shadow", False),
        )
        for path, values in (entry.get("keep") or entry["drop"]).items()
    ]
