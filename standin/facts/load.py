"""Reads the facts from the JSON files, one per product area."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from standin import official
from standin.facts.model import (
    Aligned,
    Endpoint,
    Facts,
    Filter,
    Hide,
    Nested,
    ObjectFacts,
    Owner,
    Parent,
)
from standin.store import Lookup

PAGING = ("limit", "starting_after", "ending_before", "expand")
DEFAULT_LIMIT = 10
MAX_LIMIT = 100

Entry = dict[str, Any]


@cache
def load() -> Facts:
    """Read all files. Raises ValueError when a list parameter can't be understood."""
    files = [f for f in resources.files("standin.facts").iterdir() if f.name.endswith(".json")]
    areas = [json.loads(file.read_text("utf-8")) for file in sorted(files, key=lambda f: f.name)]
    permissions = {k: v for area in areas for k, v in area.get("permissions", {}).items()}
    objects = {
        name: _object(name, entry) for area in areas for name, entry in area["objects"].items()
    }
    endpoints = tuple(endpoint(entry, objects) for area in areas for entry in area["endpoints"])
    return Facts(permissions, objects, endpoints, _holders(objects), _owners(objects, endpoints))


def _object(name: str, entry: Entry) -> ObjectFacts:
    nested = {key: _nested(value) for key, value in entry.get("nested", {}).items()}
    conditions = {key: tuple(values) for key, values in entry.get("created_if", {}).items()}
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    made = {**entry, **lists, "nested": nested, "created_if": conditions}
    return ObjectFacts(name=name, **made)


def _nested(entry: Entry) -> Nested:
    rest = {key: value for key, value in entry.items() if key != "object"}
    return Nested(objects=_names(entry["object"]), **rest)


def _names(given: str | list[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _holders(objects: Mapping[str, ObjectFacts]) -> dict[str, tuple[tuple[str, Nested], ...]]:
    holders: dict[str, tuple[tuple[str, Nested], ...]] = {}
    for owner, facts in objects.items():
        for nested in facts.nested.values():
            for kind in nested.objects:
                holders[kind] = (*holders.get(kind, ()), (owner, nested))
    return holders


def _owners(
    objects: Mapping[str, ObjectFacts], endpoints: Iterable[Endpoint]
) -> dict[str, tuple[Owner, ...]]:
    """By a nested list where there is one: it says more than the endpoint of the same children."""
    found = [
        (kind, Owner(name, nested))
        for name, facts in objects.items()
        for nested in facts.nested.values()
        for kind in nested.objects
    ]
    for listed in endpoints:
        if listed.parent is not None:
            owner = Owner(listed.parent.object, listed.parent)
            found += [(kind, owner) for kind in listed.objects]
    owners: dict[str, tuple[Owner, ...]] = {}
    for kind, owner in found:
        known = owners.get(kind, ())
        new = all((o.object, o.tie.kept_as) != (owner.object, owner.tie.kept_as) for o in known)
        if new and not owner.tie.by:
            owners[kind] = (*known, owner)
    return owners


def endpoint(entry: Entry, objects: Mapping[str, ObjectFacts]) -> Endpoint:
    """An endpoint from its entry. Raises ValueError for a list parameter without a rule."""
    params = official.list_parameters(entry["params"]) if "params" in entry else {}
    parent = Parent(**entry["parent"]) if "parent" in entry else None
    kinds = _names(entry["object"])
    if missing := [kind for kind in kinds if kind not in objects]:
        raise ValueError(f"{entry.get('path')}: no facts of {', '.join(missing)}")
    return Endpoint(
        objects=kinds,
        path=entry.get("path"),
        retrieve=entry.get("retrieve"),
        alias=entry.get("self"),
        stream=entry.get("stream"),
        permission=entry.get("permission"),
        params=params,
        filters=_filters(entry, params, kinds, parent),
        hide=tuple(rule for hide in entry.get("hide", []) for rule in _hide(hide)),
        parent=parent,
        oldest_first=entry.get("oldest_first", False),
        exclusive=tuple(entry.get("exclusive", [])),
        max_items=entry.get("max_items", {}),
        default_limit=entry.get("default_limit", DEFAULT_LIMIT),
        max_limit=entry.get("max_limit", MAX_LIMIT),
        aligned=_aligned(entry),
        test_only=entry.get("test_only", False),
    )


def _filters(
    entry: Entry,
    params: Mapping[str, official.Parameter],
    kinds: Iterable[str],
    parent: Parent | None,
) -> dict[str, Filter]:
    fields = {f for kind in kinds for f in official.fields(official.object_class(kind))}
    filters = {}
    for name in params:
        if name in (*PAGING, "created", parent and parent.param):
            continue
        spec = dict(entry.get("filters", {}).get(name, {}))
        path = tuple(spec.pop("path", name).split("."))
        if "modelled" in spec:
            spec["modelled"] = tuple(spec["modelled"])
        elif path[0] not in fields and not spec.get("shadow") and not spec.get("child"):
            raise ValueError(f"{entry['path']}: no rule for the parameter {name!r}")
        filters[name] = Filter(path, **spec)
    return filters


def _hide(entry: Entry) -> list[Hide]:
    return [
        Hide(
            Lookup(tuple(path.split(".")), entry.get("shadow", False)),
            tuple(values),
            keep="keep" in entry,
            unless=tuple(entry.get("unless", [])),
        )
        for path, values in (entry.get("keep") or entry["drop"]).items()
    ]


def _aligned(entry: Entry) -> Aligned | None:
    rule = entry.get("aligned")
    return rule and Aligned(tuple(rule["params"]), rule["by"], rule["seconds"])
