"""When the state is written."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from singer_sdk.singerlib.encoding.simple import StateMessage

if TYPE_CHECKING:
    from tap_stripe.singer.messages import PageWriter
    from tap_stripe.singer.states import States

STATE_AFTER_ROWS = 1_000
STATE_AFTER_SECONDS = 1.0
STATE_BYTES_PER_SECOND = 250_000
"""So fast may the output grow by states alone: that of a thousand accounts has megabytes."""


class Checkpoints:
    """Writes the state after so many rows or some time, and more seldom where it is large."""

    def __init__(
        self, states: States, writer: PageWriter, *, after_rows: int = STATE_AFTER_ROWS
    ) -> None:
        """Begin with nothing written.

        Args:
            states: The accounts' states.
            writer: Where messages go.
            after_rows: How many records may be written before the state is written again.
        """
        self._after_rows = after_rows
        self._states = states
        self._writer = writer
        self._size = self._rows = self._bytes = 0
        self._has_moved = False
        self._last = time.monotonic()

    def count(self, rows: int = 0, size: int = 0) -> None:
        """Note that the state has moved.

        Args:
            rows: Records written.
            size: Bytes written.
        """
        self._has_moved = True
        self._rows += rows
        self._bytes += size

    def write_if_due(self) -> None:
        """Write the state if it has moved enough."""
        pause = max(STATE_AFTER_SECONDS, self._size / STATE_BYTES_PER_SECOND)
        is_time = self._has_moved and time.monotonic() - self._last >= pause
        # As many bytes of records as of state: what is written grows twofold at most.
        if is_time or (self._rows >= self._after_rows and self._bytes >= self._size):
            self.write()

    def write(self) -> None:
        """Write the state."""
        line = self._writer.format_message(StateMessage(value=self._states.value()))
        self._writer.write(line)
        self._size, self._rows, self._bytes = len(line), 0, 0
        self._has_moved = False
        self._last = time.monotonic()
