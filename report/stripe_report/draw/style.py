"""Colours and type, named once for the page and for pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1d2733",
    "muted": "#5f6b78",
    "rule": "#dfe3e8",
    "wash": "#f5f6f8",
    "blue": "#2b5c8a",
    "sky": "#8fb3d3",
    "teal": "#2f8573",
    "sand": "#d9a441",
    "rust": "#b5482f",
    "plum": "#7a5c8e",
    "slate": "#8b97a5",
    "hatch": "#c3cad2",
}
DARK = {
    "paper": "#14181d",
    "ink": "#e6eaef",
    "muted": "#9aa6b2",
    "rule": "#2c343d",
    "wash": "#1b2127",
    "blue": "#6ea3d8",
    "sky": "#35608c",
    "teal": "#58b39e",
    "sand": "#d8a94f",
    "rust": "#e07a5f",
    "plum": "#a98bc0",
    "slate": "#7d8996",
    "hatch": "#4a5560",
}
FONT = (
    "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', "
    "'Liberation Sans', Helvetica, Arial, sans-serif"
)
UNFINISHED = 0.45
"""Opacity of what belongs to the running month."""


def colour(name: str) -> str:
    """A colour as charts have it: a variable of CSS, so that the page's theme decides."""
    if name not in LIGHT:
        raise KeyError(f"no colour {name}")
    return f"var(--{name})"


def config() -> dict[str, Any]:
    """Vega-Lite's `config` for all charts."""
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "domain": False,
            "ticks": False,
            "grid": True,
            "gridColor": colour("rule"),
            "labelColor": colour("muted"),
            "labelFontSize": 11,
            "labelPadding": 6,
            "title": None,
        },
        "axisX": {"grid": False},
        "bar": {"cornerRadius": 1},
        "legend": {
            "orient": "top",
            "direction": "horizontal",
            "title": None,
            "labelColor": colour("ink"),
            "labelFontSize": 12,
            "symbolType": "square",
            "columnPadding": 16,
        },
        "title": {
            "anchor": "start",
            "color": colour("ink"),
            "fontSize": 18,
            "subtitleColor": colour("muted"),
            "subtitleFontSize": 12,
            "subtitlePadding": 6,
            "offset": 14,
        },
        "text": {"color": colour("ink"), "fontSize": 11},
    }


def on_paper(specification: str, palette: Mapping[str, str] = LIGHT) -> str:
    """A chart's JSON with colours in place of the variables, for what knows no CSS."""
    return re.sub(r"var\(--([a-z]+)\)", lambda found: palette[found[1]], specification)
