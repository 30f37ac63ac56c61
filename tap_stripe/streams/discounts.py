"""The cut for discounts, which stand on objects of several kinds in several shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from tap_stripe.streams.cuts import Object, id_of


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
    costs_requests: ClassVar[bool] = False

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
