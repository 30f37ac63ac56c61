"""The part of the README that counts the tables and links the product areas."""

from __future__ import annotations

from tap_stripe.streams import STREAMS

from .areas import areas, selected
from .markdown import link
from .parts import MARKDOWN


def with_areas(readme: str) -> str:
    """The README with its generated part as it should be.

    Raises:
        ValueError: The README lacks the comments that the part stands between.
    """
    return MARKDOWN.fill(readme, _part())


def _part() -> str:
    links = [
        f"{link(area.name, 'docs/streams.md', area.heading)} ({len(area.streams)})"
        for area in areas()
    ]
    counts = f"**{len(STREAMS)} tables, {selected(STREAMS)} of them selected by default:**"
    return f"{counts}\n" + ",\n".join(links) + "."
