"""Which core a program runs on: what is measured has one to itself, where the system allows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

MEASURED, SERVER = -1, 0
"""Places in the row of the cores that this process may use."""


@contextmanager
def pinned(place: int) -> Iterator[None]:
    """Let what is started within the block run on one core only.

    Nothing changes where there is one core only, or the system can't do it.
    """
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) == 1:
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(allowed)[place]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
