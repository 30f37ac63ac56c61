"""The headline: a handful of figures, each with what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from stripe_report.books import Book
from stripe_report.columns import NOTHING, Column, money, number
from stripe_report.money import count, percent, signed
from stripe_report.warehouse import Row

SPARK_MONTHS = 13


@dataclass(frozen=True)
class Tile:
    """One figure of the headline."""

    label: str
    figure: str
    note: str = ""
    """What else there is to say of it."""
    unit: str = ""
    """The currency, if it is an amount."""
    change: str = ""
    """Against the month before, e.g. ``+2.1 %``."""
    better: bool | None = None
    """Whether the change is to be welcomed; None: neither or no change."""
    spark: Sequence[float] = ()
    """The last months, the running one being the last; nothing where there is no history."""


MRR = money("mrr_minor", "MRR")
ARR = money("arr_minor", "ARR")
CUSTOMERS = number("active_customers", "Paying customers")
COLLECTED = money("net_collected_minor", "Collected")
FAILED = number("failed_count", "Failed charges")


def tiles(book: Book) -> list[Tile]:
    """The headline of a book."""
    return [
        _now(book, MRR, "mrr"),
        _now(book, ARR, "arr"),
        _now(book, CUSTOMERS, "mrr"),
        _retention(book),
        _last_month(book, COLLECTED, "collected"),
        _churn(book),
        _failed(book),
        _past_due(book),
    ]


def _now(book: Book, column: Column, query: str) -> Tile:
    """A figure that stands at any moment: as of now, against the end of the last month."""
    rows, closed = book.rows[query], book.closed(query)
    if not any(row[column.name] for row in rows):
        return Tile(column.label, NOTHING, "none in this currency")
    note = f"since the end of {closed[-1]['month']:%B}" if closed else "in its first month"
    return _compared(book, column, rows, [*closed[-1:], rows[-1]], note)


def _last_month(book: Book, column: Column, query: str) -> Tile:
    """A figure that adds up during a month: the last closed one, against the one before."""
    closed = book.closed(query)
    if not closed:
        return Tile(column.label, NOTHING, "no month is over yet")
    label = f"{column.label} in {closed[-1]['month']:%B}"
    note = f"against {closed[-2]['month']:%B}" if closed[1:] else "in its first month"
    return _compared(book, column, closed, closed[-2:], note, label)


def _compared(
    book: Book,
    column: Column,
    history: Sequence[Row],
    pair: Sequence[Row],
    note: str,
    label: str | None = None,
) -> Tile:
    before, after = pair[0][column.name], pair[-1][column.name]
    return Tile(
        label or column.label,
        column.figure(pair[-1], book.currency),
        note,
        book.currency.name if column.text(pair[-1], book.currency)[:1].isalpha() else "",
        _change(before, after) if pair[1:] else "",
        None if before == after else after > before,
        _spark(book, column, history),
    )


def _change(before: int, after: int) -> str:
    """A change in percent; of nothing there is none."""
    if before == after:
        return "unchanged"
    if before <= 0:
        return ""
    change = round(Decimal(after - before) / before * 100, 1)
    sign = "+" if change > 0 else ""
    return sign + signed(f"{abs(change):,.1f} %", negative=change < 0)


def _spark(book: Book, column: Column, rows: Sequence[Row]) -> list[float]:
    drawn = [column.number(row, book.currency) or 0.0 for row in rows[-SPARK_MONTHS:]]
    return drawn if drawn[1:] else []


def _retention(book: Book) -> Tile:
    closed = book.closed("retention")
    label = "Net retention, 12 months"
    if not closed or closed[-1]["nrr_12m"] is None:
        return Tile(label, NOTHING, "no year to look back on yet")
    last = closed[-1]
    note = f"gross {percent(last['grr_12m'])}, to the end of {last['month']:%B}"
    return Tile(label, percent(last["nrr_12m"]), note)


def _churn(book: Book) -> Tile:
    closed = book.closed("retention")
    if not closed or closed[-1]["logo_churn_rate"] is None:
        return Tile("Churn", NOTHING, "no customers to lose yet")
    last = closed[-1]
    return Tile(
        f"Churn in {last['month']:%B}",
        percent(last["logo_churn_rate"]),
        f"{count(last['churned_customers'])} of {count(last['starting_customers'])} customers, "
        f"{percent(last['gross_mrr_churn_rate'])} of MRR",
    )


def _failed(book: Book) -> Tile:
    closed = book.closed("charge_outcomes")
    if not closed or not closed[-1]["attempts"]:
        return Tile(FAILED.label, NOTHING, "nothing was charged last month")
    last = closed[-1]
    return Tile(
        f"Failed charges in {last['month']:%B}",
        count(last["failed_count"]),
        f"{book.currency.text(last['failed_minor'])}, {percent(last['failure_rate'])} of attempts",
        spark=_spark(book, FAILED, closed),
    )


def _past_due(book: Book) -> Tile:
    rows = book.rows["past_due"]
    owed = sum(row["amount_remaining_minor"] for row in rows)
    old = sum(row["ageing"] == "90+" for row in rows)
    invoices = f"{count(len(rows))} invoice{'' if len(rows) == 1 else 's'}"
    note = f"{invoices}, {count(old)} for more than 90 days" if rows else "nothing is"
    return Tile("Past due", book.currency.figure(owed), note, book.currency.name)
