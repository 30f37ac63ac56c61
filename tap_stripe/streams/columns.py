"""Columns that a table has beyond the fields of Stripe's object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

DELETED_AT = "_sdc_deleted_at"
"""When a row's object was deleted in Stripe; null while it lives. On deletable tables only."""

TEXT: Mapping[str, Any] = {"type": ["string", "null"]}
KEY_TEXT: Mapping[str, Any] = {"type": "string"}
KEY_NUMBER: Mapping[str, Any] = {"type": "integer"}
TIME: Mapping[str, Any] = {"type": ["string", "null"], "format": "date-time"}


@dataclass(frozen=True)
class Column:
    """An added column: its type, what it says, and where its value comes from."""

    type: Mapping[str, Any]
    """JSON Schema of the values."""
    description: str
    value: Callable[[Mapping[str, Any]], Any] | None = None
    """Takes the value from Stripe's object as it came (times still in seconds); None where the
    cut that makes the table's entries supplies it."""

    @property
    def schema(self) -> dict[str, Any]:
        """The column's property in the stream's schema."""
        return {**self.type, "description": self.description}


def field(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """The value of another field."""
    return lambda stripe_object: stripe_object.get(name)


def of_item_ending_first(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """A field of the subscription item whose billing period ends first.

    All items of a subscription usually share one period; where intervals are mixed, this is the
    period after which the subscription is billed next.
    """

    def value(subscription: Mapping[str, Any]) -> Any:
        items = (subscription.get("items") or {}).get("data") or []
        periods = [item for item in items if item.get("current_period_end") is not None]
        if not periods:  # an object in an older API version carries it itself
            return subscription.get(name)
        return min(periods, key=lambda item: int(item["current_period_end"])).get(name)

    return value
