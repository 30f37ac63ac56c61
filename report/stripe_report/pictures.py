"""Pictures for slides: each chart alone, with its title, its unit and its date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import vl_convert

from stripe_report.books import Book, Library
from stripe_report.draw.specification import VEGA_LITE, for_picture
from stripe_report.exhibits import SECTIONS
from stripe_report.exhibits.base import Exhibit, Shown

SHARPNESS = 2
"""Dots of the picture for each pixel of the drawing, one way."""


def write_pictures(library: Library, directory: Path) -> Iterator[Path]:
    """Write a PNG for each chart, in a directory for each book, and tell its path."""
    for book in library.books:
        for section in SECTIONS:
            for exhibit in section.exhibits:
                if shown := exhibit.show(book):
                    path = directory / book.name / f"{exhibit.name}.png"
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(_picture(book, exhibit, shown))
                    yield path


def _picture(book: Book, exhibit: Exhibit, shown: Shown) -> bytes:
    mode = "" if book.livemode else " · test data"
    moment = f"as of {book.as_of.day} {book.as_of:%B %Y}{mode}"
    unit = exhibit.unit.format(currency=book.currency.name)
    specification = for_picture(shown.chart, exhibit.title, [f"{unit} · {moment}"])
    png: bytes = vl_convert.vegalite_to_png(specification, vl_version=VEGA_LITE, scale=SHARPNESS)
    return png
