"""Charts as JSON: for the page, whose CSS colours them, and for pictures, which know none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from stripe_report.draw.style import LIGHT, config, on_paper

VEGA_LITE = "6.4"
"""The version that the charts are written for."""
HEIGHT = 220
"""Of a chart over the months, in pixels."""
PICTURE = (880, 360)
"""Width and height of what is drawn in a picture, in pixels."""


def for_page(chart: dict[str, Any]) -> dict[str, Any]:
    """The chart as wide as its place on the page; legend and title are the page's."""
    specification = _complete(chart, HEIGHT) | {
        "width": "container",
        "padding": {"top": 16, "bottom": 2},
    }
    specification["config"]["legend"] = {"disable": True}
    return specification


def for_picture(chart: dict[str, Any], title: str, notes: Sequence[str]) -> str:
    """The chart as a picture that stands alone, on white.

    Args:
        chart: What is drawn.
        title: Above it.
        notes: Lines below the title: unit, currency, date.
    """
    width, height = PICTURE
    specification = _complete(chart, height) | {
        "width": width,
        "title": {"text": title, "subtitle": list(notes)},
        "padding": 28,
        "background": LIGHT["paper"],
    }
    return on_paper(json.dumps(specification))


def _complete(chart: dict[str, Any], height: int) -> dict[str, Any]:
    """The chart in the report's style; a chart that has no height of its own gets this one."""
    return {"height": height} | chart | {"config": config()}
