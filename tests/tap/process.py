"""The tap as a process of its own, as Meltano runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standin import Server
from tests.tap.harness import config, selection


def command(
    folder: Path,
    server: Server,
    streams: tuple[str, ...] = (),
    state: Mapping[str, Any] | None = None,
    **settings: Any,
) -> list[str]:
    """The command line of a run, with its files written to a folder."""
    files: dict[str, Any] = {"config": config(server, **settings)}
    if streams:
        files["catalog"] = selection(streams)
    if state is not None:
        files["state"] = state
    line = [sys.executable, "-m", "tap_stripe"]
    for name, content in files.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(content))
        line += [f"--{name}", str(path)]
    return line


def start(line: list[str], output: Path) -> subprocess.Popen[bytes]:
    """Start a run that writes its messages to a file."""
    with output.open("wb") as file:
        return subprocess.Popen(line, stdout=file, stderr=subprocess.PIPE)
