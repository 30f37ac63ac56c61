"""The facts about the objects of API v2, read from ``facts.json``.

A new object is a new entry there; types, parameters, what ``include`` reveals and the names of thin
events come from the official package (see ``standin.official``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any

from standin import official
from standin.official import Parameter

EVENT = "v2.core.event"
Path = tuple[str, ...]


@dataclass(frozen=True)
class Filter:
    """How a list parameter selects: ``test`` is a name of ``filters.TESTS``.

    ``default`` is the value of a parameter that is not given (null: no filter).
    """

    path: Path
    test: str
    default: Any = None


@dataclass(frozen=True)
class Watch:
    """A thin event for a change of the value at ``path``: always ``type``, or by the new value."""

    path: Path
    type: str | None = None
    types: Mapping[str, str] = field(default_factory=dict)

    def of(self, value: Any) -> str | None:
        """The event that tells of the new value, if there is one."""
        return self.type or self.types.get(str(value))


@dataclass(frozen=True)
class Endpoint:
    """An object with the endpoints that list it and retrieve one.

    ``link`` is the field with the parent's id, ``times`` are fields that begin as ``created``,
    ``hidden`` the paths that are null unless included, ``event_data`` the fields that events copy,
    under their names there, and ``delayed`` objects become visible late.
    """

    stream: str
    object: str
    path: str
    retrieve: str
    prefix: str
    params: Mapping[str, Parameter]
    retrieve_params: Mapping[str, Parameter]
    events: str
    id_length: int = 24
    permission: str | None = None
    parent: str | None = None
    link: str | None = None
    deletable: bool = False
    delayed: bool = False
    times: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    max_items: Mapping[str, int] = field(default_factory=dict)
    watch: tuple[Watch, ...] = ()
    event_data: Mapping[str, str] = field(default_factory=dict)
    alias: str | None = None

    def event(self, kind: str) -> str | None:
        """The thin event for ``created``, ``updated`` or ``deleted``, if Stripe has one."""
        name = f"{self.events}.{kind}"
        return name if name in official.thin_event_types() else None

    def url(self, data: Mapping[str, Any]) -> str:
        """Where an object can be retrieved."""
        return self.retrieve.format(id=data["id"], parent=data.get(self.link or ""))


@dataclass(frozen=True)
class Facts:
    """Everything in ``facts.json``."""

    permissions: Mapping[str, str]
    endpoints: tuple[Endpoint, ...]

    def object(self, name: str) -> Endpoint:
        """The endpoint of an object. Raises KeyError."""
        for endpoint in self.endpoints:
            if endpoint.object == name:
                return endpoint
        raise KeyError(f"API v2 lists no {name}")


@cache
def load() -> Facts:
    """Read ``facts.json``. Raises ValueError when a list parameter can't be understood."""
    raw = json.loads(resources.files("standin.v2").joinpath("facts.json").read_text("utf-8"))
    return Facts(raw["permissions"], tuple(endpoint(entry) for entry in raw["endpoints"]))


def endpoint(entry: dict[str, Any]) -> Endpoint:
    """An endpoint from its entry. Raises ValueError for a list parameter without a rule."""
    parent = entry.pop("parent", {})
    events = entry.pop("events", entry["object"])
    params = _parameters(entry.pop("params"))
    retrieve_params = _parameters(entry.pop("retrieve_params", None))
    return Endpoint(
        retrieve=entry["path"] + "/{id}",
        params=params,
        retrieve_params=retrieve_params,
        events=events,
        parent=parent.get("object"),
        link=parent.get("link"),
        times=tuple(entry.pop("times", ())),
        hidden=retrieve_params["include"].literals if "include" in retrieve_params else (),
        filters=_filters(entry["object"], entry.pop("filters", {}), params),
        watch=tuple(_watch(events, *item) for item in entry.pop("watch", {}).items()),
        **entry,
    )


def _parameters(name: str | None) -> dict[str, Parameter]:
    """Parameters by their class; a range of times has no short form, as one of seconds has."""
    found = official.list_parameters(f"v2.{name}") if name else {}
    return {
        key: replace(parameter, kind="hash") if parameter.kind == "range" else parameter
        for key, parameter in found.items()
    }


def _filters(
    object_name: str, entries: Mapping[str, Any], params: Mapping[str, Parameter]
) -> dict[str, Filter]:
    fields = official.fields(official.object_class(object_name))
    found = {}
    for name, parameter in params.items():
        if name in ("include", "limit") or name.startswith("created"):
            continue
        spec = dict(entries.get(name, {}))
        path = tuple(spec.pop("path", name).split("."))
        if path[0] not in fields and object_name != EVENT:
            raise ValueError(f"{object_name}: no rule for the parameter {name!r}")
        test = spec.pop("test", "one_of" if parameter.kind == "list" else "equals")
        found[name] = Filter(path, test, **spec)
    return found


def _watch(stem: str, path: str, told: str | dict[str, str]) -> Watch:
    names = tuple(path.split("."))
    if isinstance(told, str):
        return Watch(names, type=stem + told)
    return Watch(names, types={value: stem + suffix for value, suffix in told.items()})
