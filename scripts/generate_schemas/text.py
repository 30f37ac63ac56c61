"""Docstrings of the package made short enough for a schema."""

from __future__ import annotations

import re
import textwrap

LONGEST = 300
"""Characters of a description; some sentences list a hundred values."""

# The address may hold a pair of brackets of its own, or lack the last one.
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()]|\([^()]*\))*(?:\)|$)")
_SENTENCE_END = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!U\.S)[.!?](?=\s+[A-Z`\"*])")


def first_sentence(doc: str) -> str:
    """Return the first sentence of a docstring, without links and line breaks.

    It is cut at ``LONGEST`` characters. A docstring without a full stop gives its first
    paragraph, an empty one an empty string.
    """
    paragraph = doc.strip().split("\n\n", maxsplit=1)[0]
    plain = " ".join(_LINK.sub(r"\1", paragraph).split())
    end = _SENTENCE_END.search(plain)
    return textwrap.shorten(plain[: end.end()] if end else plain, LONGEST, placeholder=" …")
