"""Price arithmetic in minor units: tiers, proportional shares, conversion to a line's amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from standin.demo.desk import Obj


@dataclass(frozen=True)
class Piece:
    """Part of an amount as an invoice shows it: one tier, or all of a plain price."""

    amount: int
    quantity: int
    unit_amount_decimal: str
    label: str


def rounded(amount: Decimal) -> int:
    """The nearest whole minor unit, halves away from zero."""
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def prorated(amount: int, part: int, whole: int) -> int:
    """The share ``part / whole`` of an amount."""
    return rounded(Decimal(amount) * part / whole)


def in_currency(price: Obj, currency: str) -> Obj:
    """The amount fields of a price in a currency: its own, or one of its currency options."""
    if price["currency"] == currency:
        return price
    options: dict[str, Any] = price["currency_options"]
    return {**price, **options[currency]}


def pieces(price: Obj, quantity: int, currency: str) -> list[Piece]:
    """What a quantity costs, split as Stripe's invoices split it: by tier and flat fee."""
    money = in_currency(price, currency)
    if price["billing_scheme"] == "per_unit":
        return [_piece(money["unit_amount_decimal"], quantity, "")]
    if price["tiers_mode"] == "volume":
        return _volume(money["tiers"], quantity)
    return _graduated(money["tiers"], quantity)


def total(price: Obj, quantity: int, currency: str) -> int:
    """What a quantity costs in minor units."""
    return sum(piece.amount for piece in pieces(price, quantity, currency))


def allocated(amount: int, weights: Sequence[int]) -> list[int]:
    """An amount split by weights into whole units that sum to it exactly.

    Each share is what the running total gains, so rounding never drifts.
    """
    whole, running, given = sum(weights), 0, 0
    shares = []
    for weight in weights:
        running += weight
        upto = prorated(amount, running, whole) if whole else 0
        shares.append(upto - given)
        given = upto
    return shares


def _piece(unit: str, quantity: int, label: str) -> Piece:
    return Piece(rounded(Decimal(unit) * quantity), quantity, unit, label)


def _volume(tiers: Sequence[Obj], quantity: int) -> list[Piece]:
    tier = next(t for t in tiers if t["up_to"] is None or quantity <= t["up_to"])
    found = [_piece(tier["unit_amount_decimal"], quantity, "")]
    return found + _flat(tier, "")


def _graduated(tiers: Sequence[Obj], quantity: int) -> list[Piece]:
    found: list[Piece] = []
    below = 0
    for number, tier in enumerate(tiers, 1):
        upper = quantity if tier["up_to"] is None else min(quantity, tier["up_to"])
        if upper <= below and number > 1:
            break
        label = f"Tier {number}"
        found.append(_piece(tier["unit_amount_decimal"], upper - below, label))
        found += _flat(tier, label)
        below = upper
    return found


def _flat(tier: Obj, label: str) -> list[Piece]:
    flat = tier["flat_amount_decimal"]
    return [_piece(flat, 1, f"{label} flat fee".strip())] if flat else []
