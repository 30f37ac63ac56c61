"""Other connectors for Stripe and their tables, as `peers.json` tells them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("peers.json")


@dataclass(frozen=True)
class Peer:
    """A connector."""

    name: str
    source: str
    """What its tables were taken from: a version or a publication."""
    tables: Mapping[str, str | None]
    """By the name of a table: the table of ours with the same, or a column of one, after a dot;
    None where there is neither."""

    def counterparts(self, ours: str) -> list[str]:
        """Names of the tables that have what a table of ours has."""
        return [theirs for theirs, counterpart in self.tables.items() if counterpart == ours]

    def columns(self) -> Iterator[tuple[str, str]]:
        """Tables that are columns of ours, with the column behind its table."""
        for theirs, counterpart in self.tables.items():
            if counterpart and "." in counterpart:
                yield theirs, counterpart

    @property
    def missing(self) -> frozenset[str]:
        """Tables of which we have nothing."""
        return frozenset(theirs for theirs, ours in self.tables.items() if ours is None)


@dataclass(frozen=True)
class Reason:
    """Why some tables of others are not ours."""

    tables: tuple[str, ...]
    reason: str


@cache
def peers() -> tuple[Peer, ...]:
    """The connectors, in the order of the comparison."""
    return tuple(Peer(**entry) for entry in _read()["peers"])


def reasons() -> tuple[Reason, ...]:
    """Why we lack what some connector has."""
    return _reasons("missing")


def only_in_sigma() -> tuple[Reason, ...]:
    """Tables that Stripe has in Sigma, its own warehouse, and that its API does not list."""
    return _reasons("beyond")


def _reasons(kind: str) -> tuple[Reason, ...]:
    return tuple(Reason(tuple(entry["tables"]), entry["reason"]) for entry in _read()[kind])


def _read() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return content
