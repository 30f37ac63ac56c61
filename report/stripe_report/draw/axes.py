"""Axes: amounts, counts and rates with short labels; months by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stripe_report.columns import Kind

_VALUE = "replace(format({0}, ',.3~f'), '-', '\N{MINUS SIGN}')"
_LABELS = {
    # Millions and thousands are only shortened where nothing but zeros is left out.
    Kind.MONEY: (
        f"abs(datum.value) >= 1e6 ? {_VALUE.format('datum.value / 1e6')} + 'm' : "
        f"abs(datum.value) >= 1e4 ? {_VALUE.format('datum.value / 1e3')} + 'k' : "
        f"{_VALUE.format('datum.value')}"
    ),
    Kind.COUNT: _VALUE.format("datum.value"),
    Kind.RATE: f"{_VALUE.format('datum.value * 100')} + ' %'",
}
_MONTH = "utcFormat(utc(+slice(datum.value, 0, 4), +slice(datum.value, 5) - 1, 1), '%b')"
_YEAR = f"datum.index == 0 || {_MONTH} == 'Jan' ? slice(datum.value, 0, 4) : ''"
_QUARTERS = ("01", "04", "07", "10")
ALL_NAMED = 13
"""With more months than this only those that begin a quarter are named."""


def value_axis(kind: Kind) -> dict[str, Any]:
    """The axis of what is measured. Its unit is told beside the chart."""
    least = {"tickMinStep": 1} if kind is Kind.COUNT else {}
    return {"labelExpr": _LABELS[kind], "tickCount": 5, **least}


def month_axis(months: Sequence[str]) -> dict[str, Any]:
    """The axis of months like ``2026-11``; the first and each January have the year below."""
    named = [month for month in months if len(months) <= ALL_NAMED or month[5:] in _QUARTERS]
    return {
        "values": named,
        "labelExpr": f"[{_MONTH}, {_YEAR}]",
        "labelAngle": 0,
        "labelOverlap": "parity",
    }
