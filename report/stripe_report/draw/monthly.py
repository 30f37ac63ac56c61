"""What happened month by month: bars, lines over them, and all figures of a month on touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from stripe_report.columns import Column
from stripe_report.draw.axes import month_axis, value_axis
from stripe_report.draw.style import UNFINISHED, colour
from stripe_report.money import Currency
from stripe_report.tables import TO_DATE, month_name
from stripe_report.warehouse import Row

Spec = dict[str, Any]
"""A chart, or a layer of one, in Vega-Lite."""


@dataclass(frozen=True)
class Series:
    """A column as it is drawn."""

    column: Column
    colour: str
    down: bool = False
    """Whether it is drawn below zero, though the mart counts it up."""


def months_chart(
    rows: Sequence[Row],
    bars: Sequence[Series],
    lines: Sequence[Series],
    columns: Sequence[Column],
    currency: Currency,
    base: float,
) -> Spec:
    """Stacked bars and lines over the months.

    Args:
        rows: A row for each month, in order; the running one is drawn pale.
        bars: Stacked in this order from zero, up and down.
        lines: Drawn over the bars, of the same kind as they.
        columns: What is told of a month that is pointed at.
        currency: Of the amounts.
        base: The value that all others are seen against, where a rule is drawn.
    """
    drawn = [*bars, *lines]
    months = [_key(row) for row in rows]
    x: Spec = {
        "field": "month",
        "type": "ordinal",
        "axis": month_axis(months),
        "scale": {"domain": months, "paddingInner": 0.28, "paddingOuter": 0.14},
    }
    y: Spec = {
        "field": "value",
        "type": "quantitative",
        "axis": value_axis(drawn[0].column.kind),
        "scale": {"zero": base == 0},
    }
    shade: Spec = {
        "field": "series",
        "type": "nominal",
        "scale": {
            "domain": [series.column.label for series in drawn],
            "range": [colour(series.colour) for series in drawn],
        },
    }
    where = {"x": x, "y": y, "color": shade}
    return {
        "layer": [
            *([_bars(_values(rows, bars, currency), where)] if bars else []),
            *(_lines(_values(rows, lines, currency), where) if lines else []),
            _rule(base),
            _to_date(rows, x),
            _touched(rows, columns, currency, x),
        ]
    }


def has_something(rows: Iterable[Row], series: Iterable[Series], currency: Currency) -> bool:
    """Whether there is anything to draw but zeros."""
    shown = list(series)
    return any(one.column.number(row, currency) for row in rows for one in shown)


def _bars(values: list[Spec], where: Spec) -> Spec:
    return {
        "data": {"values": values},
        "mark": "bar",
        "encoding": where
        | {
            "order": {"field": "rank", "type": "quantitative"},
            "opacity": _if_running(UNFINISHED, {"value": 1}),
        },
    }


def _lines(values: list[Spec], where: Spec) -> list[Spec]:
    """Lines; to a month that still runs they are dashed, and its point is open."""
    known = [value for value in values if value["value"] is not None]
    over = [value for value in values if not value["running"]]
    last = max((value["month"] for value in over), default="")
    way = [value for value in values if value["running"] or value["month"] == last]
    return [
        _line(over, where),
        _line(way, where, strokeDash=[3, 3]),
        {
            "data": {"values": known},
            "mark": {"type": "point", "size": 26, "strokeWidth": 1.5, "opacity": 1},
            "encoding": where | {"fill": _if_running(colour("paper"), where["color"])},
        },
    ]


def _line(values: list[Spec], where: Spec, **style: Any) -> Spec:
    return {
        "data": {"values": values},
        "mark": {"type": "line", "strokeWidth": 2, **style},
        "encoding": where,
    }


def _if_running(value: Any, otherwise: Spec) -> Spec:
    return {"condition": {"test": "datum.running", "value": value}} | otherwise


def _rule(base: float) -> Spec:
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "color": colour("slate")},
        "encoding": {"y": {"datum": base}},
    }


def _to_date(rows: Sequence[Row], x: Spec) -> Spec:
    """The word above the running month."""
    return {
        "data": {"values": [{"month": _key(row)} for row in rows if row["is_running_month"]]},
        "mark": {
            "type": "text",
            "align": "right",
            "baseline": "bottom",
            "dx": 14,
            "dy": -5,
            "fontSize": 10.5,
            "color": colour("muted"),
        },
        "encoding": {"x": x, "y": {"value": 0}, "text": {"value": TO_DATE}},
    }


def _touched(rows: Sequence[Row], columns: Sequence[Column], currency: Currency, x: Spec) -> Spec:
    """A band over each month, seen only where the pointer is, that tells the month's figures."""
    values = [
        {"month": _key(row), "title": month_name(row["month"], running=row["is_running_month"])}
        | {f"figure{i}": column.text(row, currency) for i, column in enumerate(columns)}
        for row in rows
    ]
    told = [("title", "title"), *((f"figure{i}", c.label) for i, c in enumerate(columns))]
    return {
        "data": {"values": values},
        "params": [
            {
                "name": "pointed",
                "select": {"type": "point", "on": "pointerover", "clear": "pointerout"},
            }
        ],
        "mark": {"type": "bar", "color": colour("ink"), "cornerRadius": 0},
        "encoding": {
            "x": x,
            "y": {"value": 0},
            "y2": {"value": "height"},
            "opacity": {
                "condition": {"param": "pointed", "empty": False, "value": 0.08},
                "value": 0,
            },
            "tooltip": [
                {"field": field, "type": "nominal", "title": title} for field, title in told
            ],
        },
    }


def _values(rows: Sequence[Row], series: Iterable[Series], currency: Currency) -> list[Spec]:
    """A datum for each series and month."""
    return [
        {
            "month": _key(row),
            "series": one.column.label,
            "rank": rank,
            "value": _drawn(one, row, currency),
            "running": row["is_running_month"],
        }
        for rank, one in enumerate(series)
        for row in rows
    ]


def _drawn(series: Series, row: Row, currency: Currency) -> float | None:
    value = series.column.number(row, currency)
    return -value if value and series.down else value


def _key(row: Row) -> str:
    return f"{row['month']:%Y-%m}"
