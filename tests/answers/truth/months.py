"""Months of the calendar in UTC, and rounding by the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def rounded(amount: Fraction) -> int:
    """The nearest whole number, halves away from zero."""
    whole = (abs(amount) + Fraction(1, 2)).__floor__()
    return whole if amount >= 0 else -whole


def rate(part: int, whole: int) -> Decimal | None:
    """A quotient with six decimals, rounded half up; None where the divisor is 0."""
    if whole == 0:
        return None
    return (Decimal(part) / whole).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def moment(at: int) -> datetime:
    """A moment as the marts show it: in UTC, without saying so."""
    return datetime.fromtimestamp(at, tz=timezone.utc).replace(tzinfo=None)


def seconds(at: datetime) -> int:
    """A moment of the marts as Unix seconds, without its fraction."""
    return int(at.replace(tzinfo=timezone.utc).timestamp())


def month_of(at: int) -> date:
    """The first day of a moment's month."""
    return moment(at).date().replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return add(month, 1)


def add(month: date, months: int) -> date:
    """The first day of the month some months later."""
    years, number = divmod(month.month - 1 + months, 12)
    return date(month.year + years, number + 1, 1)


def start_of(month: date) -> int:
    """The first second of a month."""
    return int(datetime(month.year, month.month, 1, tzinfo=timezone.utc).timestamp())


def months(first: date, last: date) -> Iterator[date]:
    """The months from one to another, both included."""
    while first <= last:
        yield first
        first = next_month(first)
