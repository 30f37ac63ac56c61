"""Pieces of GitHub's Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def code(*words: str) -> str:
    """Words as code, with commas between."""
    return ", ".join(f"`{word}`" for word in words)


def link(text: str, page: str, heading: str = "") -> str:
    """A link to a heading of a page, or to the page; an empty page is the same one."""
    return f"[{text}]({page}{'#' if heading else ''}{anchor(heading)})"


def anchor(heading: str) -> str:
    """The name by which a heading can be linked to, if no other one is alike."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in lines]


def sentence(*parts: str) -> str:
    """Parts with semicolons between, empty ones left out."""
    return "; ".join(part for part in parts if part)
