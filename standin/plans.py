"""Plans: the older view of recurring prices, under the same ids."""

from __future__ import annotations

from typing import Any


def from_price(price: dict[str, Any]) -> dict[str, Any] | None:
    """The plan's fields for a price, None for a one-time price."""
    recurring = price["recurring"]
    if recurring is None:
        return None
    shared = ("id", "active", "billing_scheme", "created", "currency", "metadata", "nickname",
              "product", "tiers_mode")  # fmt: skip
    return {
        **{name: price[name] for name in shared},
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "interval": recurring["interval"],
        "interval_count": recurring["interval_count"],
        "meter": recurring["meter"],
        "tiers": [_tier(tier) for tier in price.get("tiers") or []] or None,
        "transform_usage": price["transform_quantity"],
        "trial_period_days": recurring.get("trial_period_days"),
        "usage_type": recurring["usage_type"],
    }


def _tier(tier: dict[str, Any]) -> dict[str, Any]:
    names = ("flat_amount", "flat_amount_decimal", "unit_amount", "unit_amount_decimal", "up_to")
    return {name: tier.get(name) for name in names}
