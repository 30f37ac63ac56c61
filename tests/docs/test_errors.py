"""The catalogue of errors and the code have the same messages."""

from __future__ import annotations

import re

from tests.docs.messages import messages
from tests.project import ROOT

PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
_PARTS = PAGE.split("## Stripe's refusals\n")
_ENTRIES = [frozenset[str](re.findall(r"^- `(.+)`$", part, re.MULTILINE)) for part in _PARTS]
OURS, STRIPES = _ENTRIES
"""The messages of tap-stripe itself, and those that it passes on."""


def test_every_message_in_the_code_is_in_the_catalogue() -> None:
    missing = {text: file for text, file in messages().items() if text not in OURS}
    # The frame of what is wrong with a setting is told in words.
    assert missing == {"Setting …: …": "problems.py"}


def test_every_message_in_the_catalogue_is_in_the_code() -> None:
    assert set(messages()) >= OURS
    assert STRIPES


def test_every_entry_is_explained() -> None:
    entries = re.findall(r"^- `.+`$(?:\n- `.+`$)*\n\n((?:  .+\n)+)", PAGE, re.MULTILINE)
    assert len(entries) > 30
    groups = re.findall(r"^- `.+`$(?:\n- `.+`$)*", PAGE, re.MULTILINE)
    assert len(entries) == len(groups)
