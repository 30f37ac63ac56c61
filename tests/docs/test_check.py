"""The catalogue of errors describes all that a check can say, and nothing else."""

from __future__ import annotations

import json
import re

from tap_stripe.check import Finding, Findings, Status, as_json, as_text
from tap_stripe.guard import Identity
from tests.docs.test_errors import PAGE

_SECTION = PAGE.split("## What a check says\n")[1].split("\n## ")[0]
_TABLES = [
    re.findall(r"^\| ([a-z][^|]*) \| `(\w+)` \| .+ \|$", part, re.MULTILINE)
    for part in _SECTION.split("Of the key itself")
]
STATUSES, OF_THE_KEY = _TABLES


def test_the_statuses_are_those_of_the_code() -> None:
    found = {status.value: Finding(status) for status in Status}
    entries = json.loads(as_json(Findings(tables=found)))["tables"]
    assert [(name, entry["status"]) for name, entry in entries.items()] == STATUSES
    *lines, _ = as_text(Findings(tables=found)).splitlines()
    for (name, _), line in zip(STATUSES, lines, strict=True):
        assert re.fullmatch(rf"{name} +{name}(:.*)?", line)


def test_what_is_said_of_the_key_is_what_the_code_says() -> None:
    lines = as_text(Findings(Identity(None, None))).splitlines()
    told = [line.split(": ", 1)[1] for line in lines]
    assert [text for text, _ in OF_THE_KEY] == told
