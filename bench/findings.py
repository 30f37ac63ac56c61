"""What a scenario found out."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.contenders import Workshop

MIX = {
    "customers": 6_000,
    "charges": 6_000,
    "invoices": 3_000,
    "subscriptions": 2_000,
    "balance_transactions": 3_000,
}
"""Five tables with 20,000 objects."""


@dataclass(frozen=True)
class Finding:
    """One figure, and the figure that was wanted."""

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether it is as wanted; None where nothing was."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return None if self.at_most is None else self.value <= self.at_most


@dataclass
class Result:
    """All figures of a scenario."""

    scenario: str
    what: str
    """What was done, in a line."""
    findings: list[Finding] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    """What the figures were made from."""


@dataclass(frozen=True)
class Bench:
    """What every scenario needs."""

    workshop: Workshop
    runs: int
    """How often to repeat what is short."""
    full: bool
    """Whether to take the time that the largest accounts need."""

    @property
    def folder(self) -> Path:
        """Where files may be written."""
        return self.workshop.folder


def median(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(values)


def scaled(total: int) -> dict[str, int]:
    """The mix with so many objects altogether."""
    whole = sum(MIX.values())
    return {table: size * total // whole for table, size in MIX.items()}
