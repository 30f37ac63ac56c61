"""Moments, and items as an order names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from tests.answers.cases.books import Row


def moment(text: str) -> str:
    """A moment in full: `2026-10-05` is its midnight."""
    return text if "T" in text else f"{text}T00:00:00Z"


def epoch(text: str) -> int:
    """Seconds since 1970, as events have them."""
    read = datetime.fromisoformat(moment(text).replace("Z", "+00:00"))
    return int(read.astimezone(timezone.utc).timestamp())


@dataclass(eq=False)
class Item:
    """An item of a subscription, as an order names it."""

    price: Row
    quantity: int | None = 1
    discounts: Sequence[str] = ()
    tax_rates: Sequence[str] = ()
    trial_until: str | None = None
    id: str = ""

    def row(self, created: Any) -> Row:
        """As the API shows it."""
        return {
            "id": self.id,
            "object": "subscription_item",
            "created": created,
            "price": self.price,
            "quantity": self.quantity,
            "discounts": list(self.discounts),
            "tax_rates": list(self.tax_rates),
            "current_trial": {"end_date": moment(self.trial_until)} if self.trial_until else None,
        }
