"""The ways in which one object can change: it comes, is edited, moves on or goes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from standin import official
from standin.everything import values
from standin.everything.apis import Api, Apis
from standin.everything.changes import Move, State, Values, rule
from standin.everything.collections import Collection, Tie, collections, links
from standin.everything.making import Maker
from standin.everything.owners import owner_ids
from standin.everything.vocabulary import DAY
from standin.official import Shape
from standin.render import NESTED_LIMIT
from standin.store import Row

_MOST_EDITS = 3
_TRIES = 10  # owners that are looked at
_FIXED = frozenset({"deleted", "updated", "client_secret", "currency", "type", "status"})


@dataclass(frozen=True)
class Scene:
    """Where things happen: an account's objects at a time (unix seconds)."""

    apis: Apis
    maker: Maker
    rng: random.Random
    now: int


def create(scene: Scene, collection: Collection) -> str | None:
    """An object is made, for any of its possible parents, which may tell of it."""
    owners: dict[Tie, str] = {}
    for tie in collection.ties:
        owner = _owner(scene, tie, collection)
        if owner is None:
            return None
        owners[tie] = owner
    made = scene.maker.make(collection, scene.now, owners, silent=False)
    _tell(scene, made["object"], {tie: owners[tie] for tie in collection.parents})
    return f"create {made['object']} {made['id']}"


def edit(scene: Scene, collection: Collection) -> str | None:
    """Some plain fields of an object get other values."""
    row = _any(scene, collection)
    edits = rule(row.object).edits if row else None
    if row is None or edits is None or not _is(scene, row, edits.state):
        return None
    api = scene.apis.of(row.object)
    names = edits.fields or _plain_fields(row.object, api, collection)
    if not names or not (edits.silent or api.tells_edits(row.object)):
        return None
    chosen = scene.rng.sample(names, k=scene.rng.randint(1, min(_MOST_EDITS, len(names))))
    return _change(scene, row, {name: _another(scene, row, name) for name in chosen})


def move(scene: Scene, collection: Collection) -> str | None:
    """An object takes a step in its life."""
    row = _any(scene, collection)
    steps = list(_steps(scene, row)) if row else []
    if row is None or not steps:
        return None
    step = scene.rng.choice(steps)
    return _change(scene, row, step.to, step.event)


def delete(scene: Scene, collection: Collection) -> str | None:
    """An object is deleted, unless it has a nested list that events don't show whole."""
    row = _any(scene, collection)
    if row is None or _has_long_list(scene, row):
        return None
    api = scene.apis.of(row.object)
    if not api.deletable(row):
        return None
    api.delete(row)
    _tell(scene, row.object, {tie: tie.lookup.of(row) for tie in _possible_parents(row.object)})
    return f"delete {row.object} {row.id}"


def _tell(scene: Scene, kind: str, owners: Mapping[Tie, str | None]) -> None:
    """Let the owners tell of a member that came or went, where that is how it is told."""
    for tie, owner in owners.items():
        event = rule(kind).told_by.get(tie.owner)
        if event is not None and owner is not None:
            api = scene.apis.of(tie.owner)
            api.update(api.store.get(owner, tie.owner), {}, event)


def _owner(scene: Scene, tie: Tie, collection: Collection) -> str | None:
    """Any object that may have one more, with room for it in a list that events show whole."""
    ids = owner_ids(scene.apis, tie)
    for owner in scene.rng.sample(ids, k=min(_TRIES, len(ids))):
        if all(_takes_changes(scene, tie, kind, owner, 1) for kind in collection.kinds):
            return owner
    return None


def _any(scene: Scene, collection: Collection) -> Row | None:
    """Any object that can change; None if this one isn't listed, or its parents don't let it."""
    api = scene.apis.of(collection.kinds[0])
    tables = [api.store.table(kind) for kind in collection.kinds]
    filled = [table for table in tables if table.rows]
    if not filled:
        return None
    table = scene.rng.choice(filled)
    row = table.rows[scene.rng.choice(table.order()).id]
    owners = {tie: tie.lookup.of(row) for tie in _possible_parents(row.object)}
    orphan = any(owners[tie] is None for tie in collection.parents)
    if orphan or not collection.shows(row):
        return None
    owned = [(tie, owner) for tie, owner in owners.items() if owner is not None]
    free = all(_takes_changes(scene, tie, row.object, owner, 0) for tie, owner in owned)
    return row if free else None


def _possible_parents(kind: str) -> Iterator[Tie]:
    return (tie for c in collections() if kind in c.kinds for tie in c.parents)


def _takes_changes(scene: Scene, tie: Tie, kind: str, owner: Any, more: int) -> bool:
    """Whether members of an owner can change so that whoever hears of the owner sees it."""
    table = scene.apis.of(tie.owner).store.table(tie.owner)
    whole = _members(scene, tie, kind, owner) + more <= NESTED_LIMIT
    return whole and owner in table.rows and _is(scene, table.rows[owner], rule(kind).parent)


def _change(scene: Scene, row: Row, to: Mapping[str, Any], event: str | None = None) -> str | None:
    changes = {name: value for name, value in to.items() if row.data[name] != value}
    if not changes:
        return None
    scene.apis.of(row.object).update(row, changes, event)
    return f"update {row.object} {row.id} {', '.join(changes)}"


def _another(scene: Scene, row: Row, name: str, *, full: bool = False) -> Any:
    return values.field(row.object, name, scene.maker.draw(scene.now), full=full)


def _is(scene: Scene, row: Row, state: State) -> bool:
    young = state.days is None or row.key.time >= scene.now - state.days * DAY
    return young and _has(row, state.values)


def _has(row: Row, wanted: Mapping[str, Values]) -> bool:
    return all(row.data[name] in known for name, known in wanted.items())


def _steps(scene: Scene, row: Row) -> Iterator[Move]:
    """What the table declares, turns of which there is an event to tell, and told statuses."""
    declared = rule(row.object)
    yield from (step for step in declared.moves if _has(row, step.when))
    api = scene.apis.of(row.object)
    for name, known in api.turns(row.object).items():
        for value in known or (_another(scene, row, name, full=True),):
            yield Move({name: value})
    if declared.edits and not declared.edits.silent and api.tells_edits(row.object):
        own = {value for step in declared.moves for value in step.to.values()}
        yield from (Move({"status": value}) for value in _statuses(row.object) if value not in own)


def _statuses(kind: str) -> tuple[str, ...]:
    status = official.fields(official.object_class(kind)).get("status")
    return status.literals if status else ()


def _plain_fields(kind: str, api: Api, collection: Collection) -> list[str]:
    """The fields that a user could edit: texts, numbers, flags, metadata."""
    ties = {tie.field for tie in collection.ties} | links(kind)
    shown_alone = ties | api.set_by_stripe(kind) | api.unseen(kind)
    fixed = {*_FIXED, *shown_alone, *collection.allowed(kind), *api.turns(kind)}
    shapes = official.fields(official.object_class(kind))
    return [name for name, shape in shapes.items() if name not in fixed and _plain(name, shape)]


def _plain(name: str, shape: Shape) -> bool:
    free = shape.scalar is not None and not shape.literals and values.object_named(name) is None
    return name == "metadata" or free


def _has_long_list(scene: Scene, row: Row) -> bool:
    lists = ((tie, kind) for c in collections() for tie in c.parents for kind in c.kinds)
    own = ((tie, kind) for tie, kind in lists if tie.owner == row.object)
    return any(_members(scene, tie, kind, row.data["id"]) > NESTED_LIMIT for tie, kind in own)


def _members(scene: Scene, tie: Tie, kind: str, owner: Any) -> int:
    return len(scene.apis.of(kind).store.table(kind).find(tie.lookup, owner))
