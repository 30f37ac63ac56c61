"""A table of texts: what a page shows of the figures, once they are put into words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from stripe_report.columns import Column
from stripe_report.money import Currency
from stripe_report.warehouse import Row

TO_DATE = "to date"


@dataclass(frozen=True)
class Table:
    """Rows of texts below their headings."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1
    """So many columns at the left are words; the others are figures."""


def month_name(month: date, *, running: bool = False) -> str:
    """A month in a table or a tooltip, e.g. ``Nov 2026, to date``."""
    return f"{month:%b %Y}" + (f", {TO_DATE}" if running else "")


def table_of(
    rows: Sequence[Row],
    words: Sequence[tuple[str, Callable[[Row], str]]],
    columns: Sequence[Column],
    currency: Currency,
) -> Table:
    """A table with columns of words, then columns of figures.

    Args:
        rows: The rows of a mart.
        words: Headings, and how to put a row into words.
        columns: The figures.
        currency: Of the amounts.
    """
    return Table(
        [heading for heading, _ in words] + [column.heading(currency) for column in columns],
        [
            [tell(row) for _, tell in words] + [column.figure(row, currency) for column in columns]
            for row in rows
        ],
        len(words),
    )
