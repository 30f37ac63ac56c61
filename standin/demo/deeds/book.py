"""The ledger of the business: a list of deeds, which is only added to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Deed:
    """Something that was done. Amounts are minor units, moments Unix seconds."""


class Entry(NamedTuple):
    """A line of the ledger: a moment in Unix seconds and what was done then."""

    at: int
    deed: Deed


Book = list[Entry]
"""The ledger, in the order in which things were done."""
