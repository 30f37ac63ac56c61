"""The server of a scenario, in a process and on a core of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from bench.cores import SERVER, pinned

PROJECT = Path(__file__).resolve().parent.parent
LIVE = {"latency": 0.2, "rate_limit": 100, "endpoint_rate_limit": 25}
"""Stripe with a live key, seen from afar."""
SANDBOX = {"latency": 0.2, "rate_limit": 25, "endpoint_rate_limit": 25}


@dataclass(frozen=True)
class Service:
    """A running server."""

    url: str

    def stats(self) -> dict[str, Any]:
        """What it has counted, see `bench.server.stats`."""
        answer = requests.get(f"{self.url}/_bench/stats", timeout=60)
        answer.raise_for_status()
        stats: dict[str, Any] = answer.json()
        return stats


@contextmanager
def serving(**options: float | dict[str, int]) -> Iterator[Service]:
    """Start a server, and end it when the block is left.

    Args:
        options: Options of `python -m bench.server`, with underscores; `table` is a dictionary.

    Raises:
        RuntimeError: It did not start.
    """
    command = [sys.executable, "-m", "bench.server"]
    for name, value in options.items():
        texts = [f"{k}={v}" for k, v in value.items()] if isinstance(value, dict) else [str(value)]
        for text in texts:
            command += [f"--{name.replace('_', '-')}", text]
    with pinned(SERVER):
        server = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=PROJECT, text=True)
    with server as process:
        try:
            url = process.stdout.readline().strip() if process.stdout else ""
            if not url:
                raise RuntimeError("the server did not start")
            yield Service(url)
        finally:
            process.terminate()
