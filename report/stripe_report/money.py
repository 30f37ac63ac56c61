"""Amounts as text: always with their currency and its number of decimals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Currency:
    """A currency as Stripe counts it."""

    code: str
    """Three letters, in lower case as in the marts."""
    exponent: int
    """Decimals: 10 ** exponent of the smallest unit are one of the currency."""

    @property
    def name(self) -> str:
        """The code as people write it, e.g. ``USD``."""
        return self.code.upper()

    def amount(self, minor: int) -> Decimal:
        """So many smallest units, in the currency's own."""
        return Decimal(minor).scaleb(-self.exponent)

    def figure(self, minor: int) -> str:
        """The amount alone, e.g. ``1,234.50``, for a table whose heading has the currency."""
        return signed(f"{self.amount(abs(minor)):,.{self.exponent}f}", negative=minor < 0)

    def text(self, minor: int) -> str:
        """The amount with its currency, e.g. ``USD 1,234.50``."""
        return f"{self.name} {self.figure(minor)}"


def signed(text: str, *, negative: bool) -> str:
    """Put a true minus sign before a figure that is below zero."""
    return MINUS + text if negative else text


def count(number: int) -> str:
    """A whole number with its thousands, e.g. ``12,345``."""
    return signed(f"{abs(number):,}", negative=number < 0)


def percent(fraction: float | Decimal) -> str:
    """A fraction as percent with one decimal, e.g. ``4.2 %``."""
    rounded = round(Decimal(fraction) * 100, 1)
    return signed(f"{abs(rounded):,.1f} %", negative=rounded < 0)
