"""The tap in a process of its own, run after run, and what it still holds after each.

Apart from the stand-in and from the tables: Python hands the memory of a small dictionary on to the
next one and goes on to count it for whoever asked first, so what these keep looked like the tap's.
"""

from __future__ import annotations

import gc
import io
import multiprocessing
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, cast

from tap_stripe.times import to_iso
from tests.proof.at_work import AT_ONCE, tap_of

WARM = 10
"""Runs until everything that stays in memory is there."""


@dataclass
class Outcome:
    """What came of one run."""

    output: bytes
    failure: str | None
    held: int | None
    """Bytes that code of the tap has asked for since it was warm, and still holds."""


class TapApart:
    """A tap that runs in another process."""

    def __init__(self, connection: Connection) -> None:
        """Speak to it through this."""
        self._connection = connection

    def run(self, settings: Mapping[str, Any], state: Mapping[str, Any] | None) -> Outcome:
        """Sync once, from a state."""
        self._connection.send((settings, state))
        outcome: Outcome = self._connection.recv()
        return outcome


@contextmanager
def tap_apart(*tables: str) -> Iterator[TapApart]:
    """The tap with these tables selected, until it is no longer needed."""
    context = multiprocessing.get_context("forkserver")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, tables), daemon=True)
    process.start()
    there.close()
    with here:
        yield TapApart(here)
    process.join()
    assert process.exitcode == 0


def _work(connection: Connection, tables: tuple[str, ...]) -> None:
    tap, runs = tap_of(*tables), 0
    while True:
        try:
            settings, state = connection.recv()
        except EOFError:
            return
        output = io.BytesIO()
        failure, _ = tap.sync(settings, state, output=output, retry=AT_ONCE)
        cast("dict[str, Any]", tap.state).clear()  # it grows with what is open in the account
        runs += 1
        if runs == WARM:
            tracemalloc.start()
        held = held_by_the_tap() if runs > WARM else None
        connection.send(Outcome(output.getvalue(), failure, held))


def held_by_the_tap() -> int:
    """Bytes that code of the tap holds.

    Its memory of the latest 4,096 moments fills slowly and counts for nothing.
    """
    to_iso.cache_clear()
    gc.collect()
    snapshot = tracemalloc.take_snapshot()
    ours = snapshot.filter_traces([tracemalloc.Filter(True, "*/tap_stripe/*")])  # noqa: FBT003
    return sum(statistic.size for statistic in ours.statistics("filename"))
