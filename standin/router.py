"""From a path to the endpoint that it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from urllib.parse import unquote


class Paths(Protocol):
    """What an endpoint says of its paths, with ``{id}`` and ``{parent}`` in their places."""

    @property
    def path(self) -> str | None:
        """Where it lists."""

    @property
    def alias(self) -> str | None:
        """Where it answers with one object of its own choice."""

    @property
    def retrieve(self) -> str | None:
        """Where it answers with one object."""


E = TypeVar("E", bound=Paths)


@dataclass(frozen=True)
class Route(Generic[E]):
    """A path's meaning. ``operation`` is the path's pattern, the unit of Stripe's rate limits."""

    endpoint: E
    operation: str
    is_list: bool
    parent: str | None = None
    id: str | None = None


class Router(Generic[E]):
    """Finds routes by the patterns in the facts."""

    def __init__(self, endpoints: Iterable[E]) -> None:
        self._patterns: dict[int, list[tuple[tuple[str, ...], E, bool]]] = {}
        for endpoint in endpoints:
            self._add(endpoint.path, endpoint, is_list=True)
            self._add(endpoint.alias, endpoint, is_list=False)
            self._add(endpoint.retrieve, endpoint, is_list=False)

    def find(self, path: str) -> Route[E] | None:
        """The route of a path as it was sent, None if no endpoint has it."""
        parts = [unquote(part) for part in path.split("/")]
        for pattern, endpoint, is_list in self._patterns.get(len(parts), ()):
            found = _match(pattern, parts)
            if found is not None:
                return Route(
                    endpoint, "/".join(pattern), is_list, found.get("parent"), found.get("id")
                )
        return None

    def _add(self, pattern: str | None, endpoint: E, *, is_list: bool) -> None:
        if pattern is not None:
            parts = tuple(pattern.split("/"))
            self._patterns.setdefault(len(parts), []).append((parts, endpoint, is_list))


def _match(pattern: tuple[str, ...], parts: list[str]) -> dict[str, str] | None:
    found = {}
    for expected, part in zip(pattern, parts, strict=True):
        if expected.startswith("{"):
            if not part:
                return None
            found[expected[1:-1]] = part
        elif expected != part:
            return None
    return found
