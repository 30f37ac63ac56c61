"""Columns of a mart as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from stripe_report.money import Currency, count, percent
from stripe_report.warehouse import Row

NOTHING = "\N{EN DASH}"
"""What stands where a mart says nothing, e.g. a rate of none."""


class Kind(Enum):
    """What a column measures."""

    MONEY = "money"
    """Smallest units of the book's currency."""
    COUNT = "count"
    RATE = "rate"
    """A fraction; 0.05 is shown as 5.0 %."""


@dataclass(frozen=True)
class Column:
    """One column of a mart."""

    name: str
    label: str
    kind: Kind

    def number(self, row: Row, currency: Currency) -> float | None:
        """The value for drawing it, money in the currency's own unit; None: nothing is said."""
        value = row.get(self.name)
        if value is None:
            return None
        return float(currency.amount(value) if self.kind is Kind.MONEY else value)

    def text(self, row: Row, currency: Currency) -> str:
        """The value for reading it alone, money with its currency."""
        value = row.get(self.name)
        if value is not None and self.kind is Kind.MONEY:
            return currency.text(value)
        return self.figure(row, currency)

    def figure(self, row: Row, currency: Currency) -> str:
        """The value for a table whose heading tells the currency."""
        value = row.get(self.name)
        if value is None:
            return NOTHING
        if self.kind is Kind.MONEY:
            return currency.figure(value)
        return count(value) if self.kind is Kind.COUNT else percent(value)

    def heading(self, currency: Currency) -> str:
        """The label, with the currency if the column has amounts."""
        return f"{self.label}, {currency.name}" if self.kind is Kind.MONEY else self.label


def money(name: str, label: str) -> Column:
    """A column of amounts."""
    return Column(name, label, Kind.MONEY)


def number(name: str, label: str) -> Column:
    """A column of whole numbers."""
    return Column(name, label, Kind.COUNT)


def rate(name: str, label: str) -> Column:
    """A column of fractions."""
    return Column(name, label, Kind.RATE)
