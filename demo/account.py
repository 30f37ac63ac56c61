"""The demo account: the stand-in for Stripe in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

PROJECT = Path(__file__).resolve().parent.parent
START_TIMEOUT = 180
"""Seconds that the account's two years of history may take to come about, on a busy machine too."""


@dataclass(frozen=True)
class DemoAccount:
    """A running stand-in that serves the demo business at `url`."""

    url: str

    def stats(self) -> dict[str, Any]:
        """The account's id, API key and time, and the requests that it has answered."""
        return self._control("GET", "stats")

    def let_business_go_on(self, days: int) -> None:
        """Let so many days pass in the business: objects are created, changed and deleted."""
        self._control("POST", "business", days=days)

    def _control(self, method: str, order: str, **body: Any) -> dict[str, Any]:
        answer = requests.request(method, f"{self.url}/_standin/{order}", json=body, timeout=60)
        answer.raise_for_status()
        stats: dict[str, Any] = answer.json()
        return stats


@contextmanager
def running_account(seed: int, directory: Path) -> Iterator[DemoAccount]:
    """Start the demo account that follows from `seed`, and end it when the block is left.

    Its log goes to `directory`. Raises RuntimeError when it doesn't start.
    """
    port_file = directory / "port"
    command = [sys.executable, "-m", "standin", "--port", "0", "--port-file", str(port_file)]
    log_path = directory / "account.log"
    with (
        log_path.open("wb") as log,
        subprocess.Popen(
            [*command, "--demo", str(seed)], stdout=log, stderr=log, cwd=PROJECT
        ) as process,
    ):
        try:
            _wait_for(port_file, process, log_path)
            port = int(port_file.read_text(encoding="utf-8"))
            yield DemoAccount(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def _wait_for(port_file: Path, process: subprocess.Popen[bytes], log_path: Path) -> None:
    """Wait until the stand-in listens, which it tells by writing its port to a file."""
    deadline = time.monotonic() + START_TIMEOUT
    while not port_file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            log = log_path.read_text(encoding="utf-8")
            raise RuntimeError(f"the demo account did not start:\n{log}")
        time.sleep(0.05)
