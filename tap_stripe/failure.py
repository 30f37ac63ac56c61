"""What ends a run of the command line."""

from __future__ import annotations


class SyncFailedError(Exception):
    """The run ended, but not well. One line says why; the state on the output is true."""
