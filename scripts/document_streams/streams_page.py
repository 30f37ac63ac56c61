"""The page of all tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tap_stripe.streams import STREAMS

from .areas import Area, areas, selected
from .changes import MEANING
from .entry import entry, overview
from .markdown import code, link, table

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class LeftOut:
    """Lists of Stripe's that are no tables."""

    paths: tuple[str, ...]
    reason: str


def left_out() -> tuple[LeftOut, ...]:
    """The lists of Stripe's that are no tables, with the reasons."""
    entries: list[Mapping[str, list[str]]] = json.loads(
        (_HERE / "left_out.json").read_text(encoding="utf-8")
    )
    return tuple(LeftOut(tuple(e["paths"]), " ".join(e["reason"])) for e in entries)


def streams_page() -> str:
    """The text of the page."""
    every = list(areas())
    beginning = Template((_HERE / "streams.md").read_text(encoding="utf-8")).substitute(
        tables=len(STREAMS),
        selected=selected(STREAMS),
        changes="\n".join(table(("Changes", "What that means"), MEANING.values())),
        areas="\n".join(_table_of(every)),
    )
    lines = [beginning]
    for area in every:
        lines += _chapter(area)
    lines += ["## Left out, and why", ""]
    lines += table(("List", "Why it is no table"), ([code(*e.paths), e.reason] for e in left_out()))
    return "\n".join([*lines, ""])


def _table_of(every: list[Area]) -> list[str]:
    rows: Iterator[list[str]] = (
        [
            link(area.heading, "", area.heading),
            str(len(area.streams)),
            str(selected(area.streams)),
        ]
        for area in every
    )
    return table(("Area", "Tables", "Selected by default"), rows)


def _chapter(area: Area) -> list[str]:
    lines = [f"## {area.heading}", ""]
    lines += [area.text, ""] if area.text else []
    heads = ("Table", "What it holds", "Changes", "Selected by default")
    lines += [*table(heads, map(overview, area.streams)), ""]
    for stream in area.streams:
        lines += entry(stream)
    return lines
