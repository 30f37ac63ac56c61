"""Objects of realistic size, printed from a template: only ids and times differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

TEMPLATES = Path(__file__).parent / "templates"
"""Objects as the stand-in's demo business has them; `{n}` and `{created}` are what differs."""
_PLACES = re.compile(rb'(\{n\}|"\{created\}")')
_DIGITS = 18
_NOTE_LENGTH = 60


@dataclass(frozen=True)
class ObjectKind:
    """One of Stripe's objects."""

    name: str
    """The value of the field `object`."""
    id_prefix: str
    size: int
    """Bytes of JSON that each one has; 0: as many as its fields take."""

    def id(self, number: int) -> str:
        """The id of object `number`."""
        return f"{self.id_prefix}{number:0{_DIGITS}d}"

    def number(self, id_: str) -> int | None:
        """Which object an id names; None if it is not one of these."""
        digits = id_.removeprefix(self.id_prefix)
        return int(digits) if digits != id_ and digits.isdecimal() else None


class Printer:
    """Prints objects of one kind as JSON."""

    def __init__(self, kind: ObjectKind) -> None:
        """Take the kind's template, or a few fields where there is none."""
        path = TEMPLATES / f"{kind.name}.json"
        content: dict[str, Any] = (
            orjson.loads(path.read_bytes())
            if path.exists()
            else {
                "id": kind.id_prefix + "{n}",
                "object": kind.name,
                "created": "{created}",
                "date": "{created}",  # so it is called in invoice items
                "livemode": True,
                "metadata": {},
            }
        )
        _fill_up(content, kind.size)
        self._parts = _PLACES.split(orjson.dumps(content))
        self._numbers = [at for at, part in enumerate(self._parts) if part == b"{n}"]
        self._times = [at for at, part in enumerate(self._parts) if part == b'"{created}"']

    def parts(self, number: int, created: int) -> list[bytes]:
        """Object `number` as JSON in pieces, created at that time (seconds since the epoch).

        Pieces, because to join them more than once is what would take time.
        """
        parts = self._parts.copy()
        digits, time = b"%0*d" % (_DIGITS, number), b"%d" % created
        for at in self._numbers:
            parts[at] = digits
        for at in self._times:
            parts[at] = time
        return parts


def _fill_up(content: dict[str, Any], size: int) -> None:
    """Add notes, as users do, until an object has its size."""
    missing = size - len(orjson.dumps(content))
    if missing <= 0:
        return
    if "metadata" not in content:  # a transaction has a text only
        content["description"] += " " + "x" * (missing - 1)
        return
    for note in range(missing // (_NOTE_LENGTH + 20)):
        content["metadata"][f"note_{note:02d}"] = f"{note:02d}" + "x" * _NOTE_LENGTH
