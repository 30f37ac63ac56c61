"""Lying bars with their figures: the largest of something, or classes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stripe_report.draw.style import colour

ROW = 26
"""Height of a bar and the room around it, in pixels."""
LETTER = 7
"""Width of a letter, in pixels, generously."""


def ranks_chart(bars: Sequence[tuple[str, float, str]], shade: str) -> dict[str, Any]:
    """Bars from above to below in their order, in Vega-Lite.

    Args:
        bars: Label, length and the text at the end of each; labels differ.
        shade: The colour's name.
    """
    longest = max(length for _, length, _ in bars)
    # The text stands beside its bar, on a narrow screen too.
    room = LETTER * (2 + max(len(text) for *_, text in bars))
    values = [{"label": label, "value": value, "text": text} for label, value, text in bars]
    return {
        "data": {"values": values},
        "height": ROW * len(bars),
        "encoding": {
            "y": {
                "field": "label",
                "type": "nominal",
                "sort": None,
                "scale": {"paddingInner": 0.3, "paddingOuter": 0.15},
                "axis": {
                    "labelColor": colour("ink"),
                    "labelLimit": 150,
                    "labelFontSize": 12,
                    "grid": False,
                },
            },
            "x": {
                "field": "value",
                "type": "quantitative",
                "axis": None,
                "scale": {"domainMax": {"expr": f"{longest} * width / max(width - {room}, 1)"}},
            },
        },
        "layer": [
            {"mark": {"type": "bar", "color": colour(shade)}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12},
                "encoding": {"text": {"field": "text", "type": "nominal"}},
            },
        ],
    }
