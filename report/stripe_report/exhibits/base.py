"""What an exhibit is: a chart, its figures and its definition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from stripe_report.books import Book
from stripe_report.columns import Column
from stripe_report.draw.monthly import Series, has_something, months_chart
from stripe_report.tables import Table, month_name, table_of
from stripe_report.warehouse import Row


@dataclass(frozen=True)
class Shown:
    """An exhibit of a book that has something to show."""

    chart: dict[str, Any]
    """In Vega-Lite, without size and style."""
    legend: Sequence[tuple[str, str, str]]
    """What is told apart by colour: label, the colour's name, and `bar` or `line`."""
    table: Table
    open_table: bool = False
    """Whether the figures are to be seen at once, because the chart has only some of them."""
    remark: str | None = None
    """What the definition doesn't say because it holds for this book alone."""


class Exhibit(Protocol):
    """A question that a chart answers."""

    @property
    def name(self) -> str:
        """In addresses and file names."""

    @property
    def title(self) -> str:
        """Above the chart."""

    @property
    def unit(self) -> str:
        """What is measured, with ``{currency}`` where amounts are."""

    @property
    def mart(self) -> str:
        """Where the figures are from."""

    @property
    def definition(self) -> str:
        """What the figures mean, beside the chart."""

    @property
    def empty(self) -> str:
        """What stands there if the account has none of it."""

    def show(self, book: Book) -> Shown | None:
        """Draw it; None if the book has none of it."""


@dataclass(frozen=True)
class Monthly:
    """An exhibit with a figure for each month, as bars, lines or both."""

    name: str
    title: str
    unit: str
    mart: str
    definition: str
    empty: str
    query: str
    """Key of `marts.BOOKS`."""
    columns: Sequence[Column]
    """What the table of figures has, and what is told of a month that is pointed at."""
    bars: Sequence[Series] = field(default=())
    lines: Sequence[Series] = field(default=())
    base: float = 0
    """The value that all others are seen against."""
    remark: Callable[[Book], str | None] = field(default=lambda _book: None)

    def show(self, book: Book) -> Shown | None:
        """Draw it; None if there are only zeros."""
        rows = book.rows[self.query]
        shown = show_months(book, rows, self.bars, self.lines, self.columns, self.base)
        return shown and replace(shown, remark=self.remark(book))


def show_months(
    book: Book,
    rows: Sequence[Row],
    bars: Sequence[Series],
    lines: Sequence[Series],
    columns: Sequence[Column],
    base: float = 0,
) -> Shown | None:
    """A chart over the months with its legend and its table; None if there are only zeros.

    A single series needs no legend: the title has its name.
    """
    if not has_something(rows, [*bars, *lines], book.currency):
        return None
    legend = [
        (series.column.label, series.colour, shape)
        for shape, drawn in (("bar", bars), ("line", lines))
        for series in drawn
    ]
    words: list[tuple[str, Callable[[Row], str]]] = [
        ("Month", lambda row: month_name(row["month"], running=row["is_running_month"]))
    ]
    return Shown(
        months_chart(rows, bars, lines, columns, book.currency, base),
        legend if legend[1:] else [],
        table_of(rows[::-1], words, columns, book.currency),
    )


@dataclass(frozen=True)
class Section:
    """Exhibits that belong together."""

    title: str
    question: str
    """What people ask, which the exhibits answer."""
    exhibits: Sequence[Exhibit]
