"""The page, put together: every book's figures and charts, and the JavaScript that draws them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from stripe_report.books import Book, Library, in_order
from stripe_report.draw.specification import VEGA_LITE, for_page
from stripe_report.draw.style import DARK, FONT, LIGHT
from stripe_report.exhibits import SECTIONS
from stripe_report.exhibits.base import Exhibit, Shown
from stripe_report.freshness import freshness_table
from stripe_report.tiles import tiles

HERE = Path(__file__).parent


def html(library: Library, title: str) -> str:
    """The page as text, about a megabyte.

    Args:
        library: What is shown.
        title: Above everything.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = {book.name: _exhibits(book) for book in library.books}
    freshness = freshness_table(library.freshness)
    return environment.get_template("page.html.j2").render(
        title=title,
        as_of=library.as_of and f"{library.as_of.day} {library.as_of:%B %Y, %H:%M} UTC",
        running=library.as_of and f"{library.as_of:%B}",
        shelves=[
            (mode, [_told(book, shown[book.name]) for book in books])
            for mode, books in in_order(library)
        ],
        freshness=freshness,
        empty_tables=len(library.freshness) - len(freshness.rows),
        sparkline=sparkline,
        charts=_json(
            {
                f"{book}/{name}": for_page(exhibit.chart)
                for book, exhibits in shown.items()
                for name, exhibit in exhibits.items()
                if exhibit
            }
        ),
        colours=_colours(),
        style=(HERE / "page.css").read_text(encoding="utf-8"),
        script=_script(),
    )


def _exhibits(book: Book) -> dict[str, Shown | None]:
    return {
        exhibit.name: exhibit.show(book) for section in SECTIONS for exhibit in section.exhibits
    }


def _told(book: Book, shown: Mapping[str, Shown | None]) -> dict[str, Any]:
    """A book as the template knows it."""
    return {
        "name": book.name,
        "currency": book.currency.name,
        "tiles": tiles(book),
        "sections": [
            {
                "title": section.title,
                "question": section.question,
                "exhibits": [_exhibit(exhibit, book, shown) for exhibit in section.exhibits],
            }
            for section in SECTIONS
        ],
    }


def _exhibit(exhibit: Exhibit, book: Book, shown: Mapping[str, Shown | None]) -> dict[str, Any]:
    return {
        "name": exhibit.name,
        "title": exhibit.title,
        "unit": exhibit.unit.format(currency=book.currency.name),
        "mart": exhibit.mart,
        "definition": exhibit.definition,
        "empty": exhibit.empty,
        "shown": shown[exhibit.name],
    }


def _json(value: Any) -> str:
    """JSON that can't end the element it stands in, whatever a customer is called."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _colours() -> str:
    """The colours as variables of CSS; paper is always light."""
    light, dark = (
        "".join(f"--{name}: {colour}; " for name, colour in palette.items())
        for palette in (LIGHT, DARK)
    )
    return (
        f":root {{ --sans: {FONT}; {light}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark}}} }}"
    )


@cache
def _script() -> str:
    """Vega-Lite and what calls it, in one script. To put it together takes seconds."""
    call = (HERE / "page.js").read_text(encoding="utf-8")
    bundle: str = vl_convert.javascript_bundle(call, vl_version=VEGA_LITE)
    return bundle.replace("</script", "<\\/script")


def sparkline(values: Sequence[float]) -> str:
    """The last months as the path of a line without axes, in a box of 100 by 20."""
    low, high = min(values), max(values)
    span = (high - low) or 1
    return "M" + " ".join(
        f"{100 * place / (len(values) - 1):.1f},{20 - 20 * (value - low) / span:.1f}"
        for place, value in enumerate(values)
    )
