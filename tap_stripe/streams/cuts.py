"""Tables cut out of other objects: where their entries stand in the parent's JSON.

A cut also finds the entries of an object as it was before a change, from the object in an event;
what was there then and is no more has been removed. Objects in events have the account's own API
version and unexpanded references, so a cut takes ids for objects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Object = Mapping[str, Any]


class Cut(Protocol):
    """How a table's entries are found in an object of its parent stream."""

    @property
    def parent(self) -> str:
        """Name of the parent stream."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The parent's fields that hold entries."""

    @property
    def expand(self) -> tuple[str, ...]:
        """What must be expanded in the parent."""

    def entries(self, parent: Object) -> Iterator[dict[str, Any]]:
        """The table's entries in one object of the parent, with their added columns."""

    def parent_of(self, entry: Object) -> str | None:
        """Id of the parent that an entry belongs to, as an event shows the entry alone."""

    def alone(self, entry: Object) -> dict[str, Any] | None:
        """The table's entry made from the object alone, as the event of its deletion shows it."""


@dataclass(frozen=True)
class ListedIn:
    """The entries of a list object inside the parent, such as an invoice's lines."""

    parent: str
    field: str
    """The parent's field with the list object."""
    parent_column: str
    """The column with the parent's id."""
    expanded: bool = False
    """Whether Stripe sends the list only when asked to expand it."""

    @property
    def fields(self) -> tuple[str, ...]:
        """See `Cut.fields`."""
        return (self.field,)

    @property
    def expand(self) -> tuple[str, ...]:
        """See `Cut.expand`."""
        return (self.field,) if self.expanded else ()

    def entries(self, parent: Object) -> Iterator[dict[str, Any]]:
        """See `Cut.entries`."""
        for entry in (parent.get(self.field) or {}).get("data") or []:
            created = entry.get("created", parent.get("created"))
            yield {**entry, self.parent_column: parent["id"], "created": created}

    def parent_of(self, entry: Object) -> str | None:
        """See `Cut.parent_of`."""
        return id_of(entry.get(self.parent_column))

    def alone(self, entry: Object) -> dict[str, Any] | None:
        """See `Cut.alone`."""
        return dict(entry)


@dataclass(frozen=True)
class PositionIn:
    """The entries of a plain array inside the parent, which have no id but their position."""

    parent: str
    field: str
    parent_column: str
    expand: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """See `Cut.fields`."""
        return (self.field,)

    def entries(self, parent: Object) -> Iterator[dict[str, Any]]:
        """See `Cut.entries`."""
        for position, entry in enumerate(parent.get(self.field) or []):
            yield {
                **entry,
                self.parent_column: parent["id"],
                "position": position,
                "created": parent.get("created"),
            }

    def parent_of(self, entry: Object) -> str | None:
        """See `Cut.parent_of`."""
        return id_of(entry.get(self.parent_column))

    def alone(self, entry: Object) -> dict[str, Any] | None:  # noqa: ARG002
        """See `Cut.alone`: such entries have no events."""
        return None


@dataclass(frozen=True)
class DiscountsIn:
    """The discounts on an object and on the entries of a list inside it."""

    parent: str
    owner: str
    """What the parent is, as `parent_type` says it."""
    single: bool = False
    """Whether the parent holds one discount (`discount`) instead of several (`discounts`)."""
    inner: tuple[str, str] | None = None
    """The parent's field with a list object whose entries have discounts too, and what those
    entries are."""

    @property
    def fields(self) -> tuple[str, ...]:
        """See `Cut.fields`."""
        inner = (self.inner[0],) if self.inner else ()
        return ("discount" if self.single else "discounts", *inner)

    @property
    def expand(self) -> tuple[str, ...]:
        """See `Cut.expand`."""
        own = () if self.single else ("discounts",)
        return (*own, f"{self.inner[0]}.data.discounts") if self.inner else own

    def entries(self, parent: Object) -> Iterator[dict[str, Any]]:
        """See `Cut.entries`."""
        yield from self._of(parent, self.owner)
        if self.inner:
            field, owner = self.inner
            for entry in (parent.get(field) or {}).get("data") or []:
                yield from self._of(entry, owner)

    def parent_of(self, entry: Object) -> str | None:
        """See `Cut.parent_of`."""
        return id_of(entry.get(self.owner))

    def alone(self, entry: Object) -> dict[str, Any] | None:
        """See `Cut.alone`: the innermost object that the discount was on is its parent."""
        owners = [self.owner, *((self.inner[1],) if self.inner else ())]
        innermost = next(
            (
                owner
                for owner in ("subscription_item", "invoice_item", "subscription", "invoice")
                if entry.get(owner)
            ),
            "customer",
        )
        owner_id = id_of(entry.get(innermost))
        if innermost not in owners or owner_id is None:
            return None
        return _discount(entry, innermost, owner_id)

    def _of(self, holder: Object, owner: str) -> Iterator[dict[str, Any]]:
        found = [holder.get("discount"), *(holder.get("discounts") or [])]
        for discount in found:
            if isinstance(discount, str):
                yield _discount({"id": discount, "object": "discount"}, owner, holder["id"])
            elif discount:
                yield _discount(discount, owner, holder["id"])


def _discount(discount: Object, owner: str, owner_id: str) -> dict[str, Any]:
    source = discount.get("source") or {"coupon": discount.get("coupon")}  # before 2025-09-30
    return {
        **discount,
        "parent_type": owner,
        "parent_id": owner_id,
        "coupon": id_of(source.get("coupon")),
        "created": discount.get("start"),
    }


def id_of(reference: Any) -> str | None:
    """The id of a reference, expanded or not."""
    if isinstance(reference, dict):
        reference = reference.get("id")
    return reference if isinstance(reference, str) else None
