"""A book: all that the marts say of one currency, in live or in test mode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from stripe_report import marts
from stripe_report.errors import ReportError
from stripe_report.money import Currency
from stripe_report.warehouse import Row, Warehouse

UNLISTED_EXPONENT = 2
"""Decimals of a currency that the marts' list of exceptions doesn't have."""


@dataclass(frozen=True)
class Book:
    """The rows of one currency and mode, by the name of their query; months in order."""

    livemode: bool
    currency: Currency
    as_of: datetime
    """The moment that the figures speak of, UTC without a zone."""
    rows: Mapping[str, Sequence[Row]]

    @property
    def name(self) -> str:
        """The book in an address or a file name, e.g. ``live-usd``."""
        return f"{self.mode}-{self.currency.code}"

    @property
    def mode(self) -> str:
        """Which of the account's two worlds it is: ``live`` or ``test``."""
        return "live" if self.livemode else "test"

    def closed(self, query: str) -> Sequence[Row]:
        """The rows of the months that are over."""
        return [row for row in self.rows[query] if not row["is_running_month"]]


@dataclass(frozen=True)
class Library:
    """What the report speaks of."""

    as_of: datetime | None
    """The moment that the figures speak of; None in an account without anything."""
    books: Sequence[Book]
    """Live before test, and the currency with the most charges first."""
    freshness: Sequence[Row]
    """The tables of the warehouse, by name."""


def read_library(warehouse: Warehouse, months: int) -> Library:
    """Read the marts.

    Args:
        warehouse: Where they are.
        months: How many months the report looks back, the running one included.
    """
    warehouse.require(set(marts.MARTS) | {"currencies"})
    exponents = {row["currency"]: row["exponent"] for row in warehouse.rows(marts.CURRENCIES)}
    freshness = warehouse.rows(marts.FRESHNESS)
    as_of = next((row["as_of"] for row in freshness), None)
    shelves: dict[tuple[bool, str], dict[str, list[Row]]] = defaultdict(
        lambda: {query: [] for query in marts.BOOKS}
    )
    for query, statement in marts.BOOKS.items():
        for row in warehouse.rows(statement):
            shelves[row["livemode"], row["currency"]][query].append(row)
    books = [
        Book(
            livemode,
            Currency(code, exponents.get(code, UNLISTED_EXPONENT)),
            as_of,
            {query: _recent(rows, as_of, months) for query, rows in shelf.items()},
        )
        for (livemode, code), shelf in shelves.items()
        if as_of is not None
    ]
    return Library(as_of, sorted(books, key=_importance), freshness)


def only(library: Library, currency: str) -> Library:
    """The books of one currency. Raises ReportError if there are none."""
    books = [book for book in library.books if book.currency.code == currency]
    if not books:
        names = ", ".join(sorted({book.currency.name for book in library.books}))
        raise ReportError(f"nothing in {currency.upper()}; there are {names}")
    return replace(library, books=books)


def _importance(book: Book) -> tuple[bool, int, str]:
    charges = sum(row["charges_count"] for row in book.rows["collected"])
    return not book.livemode, -charges, book.currency.code


def _recent(rows: Sequence[Row], as_of: datetime, months: int) -> Sequence[Row]:
    """Rows of the last months, in order; rows that have no month stay as they come."""
    if not rows or "month" not in rows[0]:
        return rows
    first = month_before(as_of.date().replace(day=1), months - 1)
    return sorted((row for row in rows if row["month"] >= first), key=lambda row: row["month"])


def month_before(month: date, months: int) -> date:
    """The first day of the month that is so many months earlier."""
    year, index = divmod(month.year * 12 + month.month - 1 - months, 12)
    return date(year, index + 1, 1)


def in_order(library: Library) -> Iterator[tuple[str, list[Book]]]:
    """The modes that there are, each with its books."""
    for mode in ("live", "test"):
        if books := [book for book in library.books if book.mode == mode]:
            yield mode, books
