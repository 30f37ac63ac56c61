"""The commands and queries of a page of the documentation, section by section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from tests.project import ROOT

_PART = re.compile(
    r"^#+ (?P<heading>[^\n]+)$|^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A block of code."""

    heading: str
    """The heading that it stands below."""
    language: str
    text: str

    @property
    def commands(self) -> list[str]:
        """The lines of a shell's block, or the one query of another."""
        return self.text.splitlines() if self.language == "sh" else [self.text]


def blocks(name: str) -> Iterator[Block]:
    """The blocks of code in a page, in its order.

    Args:
        name: The page's path below the project's top level.
    """
    heading = ""
    for part in _PART.finditer(_text(name)):
        heading = part["heading"] or heading
        if part["language"]:
            yield Block(heading, part["language"], part["text"])


def address_rules() -> list[str]:
    """The rules of docs/operate.md that keep e-mail addresses out of the warehouse."""
    [block] = [block for block in blocks("docs/operate.md") if block.language == "yaml"]
    rules: list[str] = yaml.safe_load(block.text)
    return rules


def headings(name: str, level: int) -> list[str]:
    """The headings of one level in a page, in its order."""
    return re.findall(rf"^{'#' * level} (.+)$", _text(name), re.MULTILINE)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
