"""Tables cut out of other objects: where their entries stand in the parent's JSON.

A cut also finds the entries of an object as it was before a change, from the object in an event;
what was there then and is no more has been removed. Objects in events have the account's own API
version and unexpanded references, so a cut takes ids for objects.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from tap_stripe.api import Paging

Object = Mapping[str, Any]


class Cut(Protocol):
    """How a table's entries are found in an object of its parent stream."""

    @property
    def parent(self) -> str:
        """Name of the parent stream."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The parent's fields that hold entries; dots lead into inner objects."""

    @property
    def expand(self) -> tuple[str, ...]:
        """What must be expanded in the parent."""

    @property
    def costs_requests(self) -> bool:
        """Whether each object of the parent takes requests of its own."""

    def entries(self, parent: Object) -> Iterator[dict[str, Any]]:
        """The table's entries in one object of the parent, with their added columns."""

    def parent_of(self, entry: Object) -> str | None:
        """Id of the parent that an entry belongs to, as an event shows the entry alone."""

    def alone(self, entry: Object) -> dict[str, Any] | None:
        """The table's entry made from the object alone, as the event of its deletion shows it."""


@dataclass(frozen=True)
class _In(ABC):
    """The entries of one field of the parent, or of the entries that another cut finds there."""

    parent: str
    field: str
    """The field that holds the entries; dots lead into inner objects."""
    parent_column: str
    """The column with the id of what holds them (its position, where it has no id)."""
    expanded: bool = False
    """Whether Stripe sends the field only when asked to expand it."""
    expanded_at: str = ""
    """What to ask for then; default the field."""
    within: Cut | None = None
    """What holds the entries, where it is not the parent itself."""
    inherited: tuple[str, ...] = ()
    """Further columns, taken over from what holds the entries."""
    costs_requests: ClassVar[bool] = False

    @property
    def fields(self) -> tuple[str, ...]:
        """See `Cut.fields`."""
        return self.within.fields if self.within else (self.field,)

    @property
    def expand(self) -> tuple[str, ...]:
        """See `Cut.expand`."""
        own = (self.expanded_at or self.field,) if self.expanded else ()
        return self.within.expand if self.within else own

    def entries(self, parent: Object) -> Iterator[dict[str, Any]]:
        """See `Cut.entries`."""
        for holder in self.within.entries(parent) if self.within else (parent,):
            columns = {
                self.parent_column: holder.get("id", holder.get("position")),
                **{column: holder.get(column) for column in self.inherited},
            }
            for entry in self._held(value_at(holder, self.field)):
                created = entry.get("created", holder.get("created"))
                yield {**entry, **columns, "created": created}

    def parent_of(self, entry: Object) -> str | None:
        """See `Cut.parent_of`."""
        return id_of(entry.get(self.parent_column))

    def alone(self, entry: Object) -> dict[str, Any] | None:  # noqa: ARG002
        """See `Cut.alone`: such entries have no events."""
        return None

    @abstractmethod
    def _held(self, value: Any) -> Iterator[dict[str, Any]]:
        """The entries in the field's value."""


@dataclass(frozen=True)
class ListedIn(_In):
    """The entries of a list object inside the parent, such as an invoice's lines."""

    def alone(self, entry: Object) -> dict[str, Any] | None:
        """See `Cut.alone`."""
        return dict(entry)

    def _held(self, value: Any) -> Iterator[dict[str, Any]]:
        yield from (value or {}).get("data") or ()


@dataclass(frozen=True)
class PositionIn(_In):
    """The entries of a plain array inside the parent, which have no id but their position."""

    def _held(self, value: Any) -> Iterator[dict[str, Any]]:
        for position, entry in enumerate(value or ()):
            yield {**entry, "position": position}


@dataclass(frozen=True)
class KeyedIn(_In):
    """The entries of a mapping inside the parent, such as a price's amounts by currency."""

    key_column: str = ""
    """The column with the mapping's key."""

    def _held(self, value: Any) -> Iterator[dict[str, Any]]:
        for key, entry in (value or {}).items():
            yield {**entry, self.key_column: key}


@dataclass(frozen=True)
class ReferencesIn(_In):
    """The ids in an array inside the parent, which link it with other objects."""

    column: str = ""
    """The column with the other object's id."""

    def _held(self, value: Any) -> Iterator[dict[str, Any]]:
        for reference in value or ():
            yield {self.column: id_of(reference)}


Asks = Callable[[Object, int], Iterable[Mapping[str, Any]]]
"""From an object of the parent and the run's time: the values of each request to be made."""


def once(parent: Object, _now: int) -> Iterator[Mapping[str, Any]]:
    """One request, by the parent's id."""
    yield {"id": parent["id"]}


@dataclass(frozen=True)
class AskedFor:
    """Entries that Stripe lists for one object of the parent at a time: a request for each.

    What the requests bring is laid into the parent's object under a name of its own, where the
    cut then finds it; see `Completer.complete`.
    """

    parent: str
    path: str
    """The list's endpoint; names in braces stand for the values of `asks`."""
    columns: tuple[tuple[str, str], ...]
    """The columns that the entries lack, and the value of `asks` that each takes."""
    params: tuple[tuple[str, str], ...] = ()
    """Parameters of the endpoint; braces likewise."""
    asks: Asks = once
    paging: Paging = Paging.CURSOR
    expand: tuple[str, ...] = ()
    """See `Cut.expand`: what `asks` needs to see of the parent."""
    parent_field: str = ""
    """Where an entry alone holds the parent's id; default: the first of the columns."""
    shown_at: str = ""
    """Where an object that the stream follows lists all entries of the parent, if it does."""

    fields: ClassVar[tuple[str, ...]] = ()
    costs_requests: ClassVar[bool] = True

    @property
    def place(self) -> str:
        """The name under which the entries lie in the parent's object."""
        return f"{self.path} {self.params}"

    def entries(self, parent: Object) -> Iterator[dict[str, Any]]:
        """See `Cut.entries`."""
        for entry in parent.get(self.place, ()):
            yield {"created": parent.get("created"), **entry}

    def shown(self, followed: Object, parent_id: str) -> Iterator[dict[str, Any]]:
        """The entries of one parent as an object shows them that the stream follows."""
        columns = {column: parent_id for column, _ in self.columns}
        for entry in value_at(followed, self.shown_at) or ():
            yield {**entry, **columns}

    def parent_of(self, entry: Object) -> str | None:
        """See `Cut.parent_of`."""
        return id_of(entry.get(self.parent_field or self.columns[0][0]))

    def alone(self, entry: Object) -> dict[str, Any] | None:
        """See `Cut.alone`."""
        return dict(entry)


def value_at(stripe_object: Object, path: str) -> Any:
    """The value at a path of names with dots between; None where it ends early."""
    value: Any = stripe_object
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def id_of(reference: Any) -> str | None:
    """The id of a reference, expanded or not."""
    if isinstance(reference, dict):
        reference = reference.get("id")
    return reference if isinstance(reference, str) else None
