"""Columns that a table has beyond the fields of Stripe's object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

DELETED_AT = "_sdc_deleted_at"
"""When a row's object was deleted in Stripe; null while it lives. On deletable tables only."""

ACCOUNT_ID = "account_id"
"""Whose object a row is: the key's own account, or a connected one. On every table; null where
the key may not tell its account."""

TEXT: Mapping[str, Any] = {"type": ["string", "null"]}
KEY_TEXT: Mapping[str, Any] = {"type": "string"}
KEY_NUMBER: Mapping[str, Any] = {"type": "integer"}
BOOLEAN: Mapping[str, Any] = {"type": ["boolean", "null"]}
OBJECT: Mapping[str, Any] = {"type": ["object", "null"]}
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


MODE = "livemode"
"""The column that every table has: whether a row is of live mode."""
MODE_OF_RUN = Column(BOOLEAN, "Whether the key that read it is of live mode.")
"""That column, where Stripe's objects don't say it themselves."""


def belonging(holder: str, what: str) -> dict[str, Column]:
    """The columns that entries with an id of their own lack: whose they are, and when it was.

    Args:
        holder: The column with the id of what holds them.
        what: What that is, in words.
    """
    return {
        holder: Column(TEXT, f"The ID of the {what}."),
        "created": Column(TIME, f"When the {what} was created."),
    }


def numbered(holder: str, what: str) -> dict[str, Column]:
    """The columns of entries that have no id: whose they are, their place there, and when it was.

    Args:
        holder: The column with the id of what holds them.
        what: What that is, in words.
    """
    return {
        holder: Column(KEY_TEXT, f"The ID of the {what}."),
        "position": Column(KEY_NUMBER, f"Position within the {what}, from 0."),
        "created": Column(TIME, f"When the {what} was created."),
    }


def linking(holder: str, other: str) -> dict[str, Column]:
    """The columns of a table that only links two kinds of objects.

    Args:
        holder: What has the references; also the column with its id.
        other: What it refers to; likewise.
    """
    return {
        holder: Column(KEY_TEXT, f"The ID of the {holder.replace('_', ' ')}."),
        other: Column(KEY_TEXT, f"The ID of the {other.replace('_', ' ')}."),
        "created": Column(TIME, f"When the {holder.replace('_', ' ')} was created."),
    }


def by_currency(holder: str) -> dict[str, Column]:
    """The columns of entries that a mapping holds by currency.

    Args:
        holder: What has the mapping; also the column with its id.
    """
    return {
        holder: Column(KEY_TEXT, f"The ID of the {holder}."),
        "currency": Column(KEY_TEXT, "Three-letter ISO currency code, in lowercase."),
        "created": Column(TIME, f"When the {holder} was created."),
    }


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
