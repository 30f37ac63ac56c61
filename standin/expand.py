"""``expand[]``: which properties may be expanded, how deep, and with which permissions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from standin import errors, official
from standin.facts import Facts
from standin.official import Shape
from standin.render import NOTHING, Expand

MAX_LEVELS = 4


@dataclass(frozen=True)
class Expansion:
    """What to expand in each object, and a name of it for caches."""

    tree: Expand
    signature: str


NO_EXPANSION = Expansion(NOTHING, "")


class Expander:
    """Understands expansion paths by the official types of the objects."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def understand(
        self,
        object_names: Sequence[str],
        paths: Sequence[Any],
        *,
        in_list: bool,
        demand: Callable[[str | None], None],
    ) -> Expansion:
        """The expansion that the paths ask for, of an object of one of these kinds.

        ``demand`` is called with each permission that it takes. Raises ApiError for what can't be
        expanded.
        """
        if not paths:
            return NO_EXPANSION
        tree: dict[str, Any] = {}
        for path in paths:
            names = str(path).split(".")
            if len(names) > MAX_LEVELS:
                raise errors.expanded_too_deep(str(path))
            if in_list:
                if names[0] != "data" or len(names) == 1:
                    raise errors.not_expandable(str(path), in_list=names[0] != "data")
                names = names[1:]
            if in_list and any(self._only_retrieved(kind, names) for kind in object_names):
                raise errors.not_expandable(names[-1])
            for permission in self._permissions(object_names, names):
                demand(permission)
            branch = tree
            for name in names:
                branch = branch.setdefault(name, {})
        return Expansion(tree, ",".join(sorted(map(str, paths))))

    def _only_retrieved(self, object_name: str, names: Sequence[str]) -> bool:
        return ".".join(names) in self._facts.object(object_name).retrieve_only

    def _permissions(self, object_names: Sequence[str], names: Sequence[str]) -> list[str | None]:
        """What reading the objects takes that a path reveals.

        Raises ApiError when it can't be expanded.
        """
        owners = [_Place(kind, official.object_class(kind)) for kind in object_names]
        permissions: list[str | None] = []
        position = 0
        while position < len(names):
            name = names[position]
            owner = next((o for o in owners if name in official.fields(o.cls)), None)
            if owner is None:
                raise errors.not_expandable(name)
            shape = official.fields(owner.cls)[name]
            position += 1
            last = position == len(names)
            if shape.page and not last:
                if names[position] != "data" or position + 1 == len(names):
                    raise errors.not_expandable(names[position])
                position += 1
            if last and not self._may_expand(owner, name, shape):
                raise errors.not_expandable(name)
            inner = shape.item or shape
            if shape.page and last:
                field = owner.path + name
                permissions += self._facts.permissions_of_list(owner.object, field, inner.objects)
            elif inner.objects and inner.expandable:
                permissions += map(self._facts.permission_of, inner.objects)
            owners = owner.inside(name, inner)
        return permissions

    def _may_expand(self, place: _Place, name: str, shape: Shape) -> bool:
        hidden = place.path + name in self._facts.object(place.object).expand_only
        return shape.page or hidden or (shape.item or shape).expandable


@dataclass(frozen=True)
class _Place:
    """An object, or a hash inside it: ``path`` leads there and ends with a dot."""

    object: str
    cls: type
    path: str = ""

    def inside(self, name: str, shape: Shape) -> list[_Place]:
        """Where a field with this shape leads."""
        if shape.fields is not None:
            return [_Place(self.object, shape.fields, f"{self.path}{name}.")]
        return [_Place(kind, official.object_class(kind)) for kind in shape.objects]
