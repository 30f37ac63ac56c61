"""How a test says what it proves; docs/reliability.md is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pytest


class Promised(Protocol):
    """A case of a test with many."""

    @property
    def fault(self) -> str:
        """What goes wrong."""

    @property
    def outcome(self) -> str:
        """What becomes of it."""


def promise(fault: str, outcome: str) -> pytest.MarkDecorator:
    """Mark a test with what goes wrong, and what becomes of it.

    Args:
        fault: What goes wrong, in a few words.
        outcome: What the tap does then, so that no row is lost.
    """
    return pytest.mark.promise([(fault, outcome)])


def promise_each(cases: Iterable[Promised]) -> pytest.MarkDecorator:
    """Mark a test that proves each of several cases."""
    return pytest.mark.promise([(case.fault, case.outcome) for case in cases])
