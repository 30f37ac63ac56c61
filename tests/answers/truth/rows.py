"""What the marts are compared as: rows by the values of their key columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

Rows = dict[tuple[Any, ...], dict[str, Any]]
"""The rows of a mart by the values of its key columns."""

Months = Mapping[str, Sequence[date]]
"""The months that the marts of a currency show, without holes."""

TEST = False
"""``livemode`` of the demo account."""


class Sums:
    """Named sums for each currency and month, 0 where nothing was added."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, date], Counter[str]] = defaultdict(Counter)

    def add(self, currency: str, month: date, **amounts: int) -> None:
        """Add to the sums of these names."""
        self._sums[currency, month].update(amounts)

    def of(self, currency: str, month: date) -> Counter[str]:
        """All sums of a currency and month."""
        return self._sums[currency, month]


def every(months: Months) -> Iterable[tuple[str, date]]:
    """Each currency with each of its months."""
    return [(currency, month) for currency, found in months.items() for month in found]
