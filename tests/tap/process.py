"""The tap as a process of its own, as Meltano runs it."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standin import Server
from tap_stripe.tap import TapStripe
from tests.tap.harness import config, selection

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

MODULE = ("-m", "tap_stripe")
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tap_stripe.tap"])


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
    line = [sys.executable, *MODULE]
    for name, content in files.items():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(content))
        line += [f"--{name}", str(path)]
    return line


def start(line: list[str], output: Path) -> subprocess.Popen[bytes]:
    """Start a run that writes its messages to a file."""
    with output.open("wb") as file:
        return subprocess.Popen(line, stdout=file, stderr=subprocess.PIPE)


def fork(line: list[str], output: Path, log: Path) -> ForkServerProcess:
    """Start a run like `start`, in a process that need not import everything first.

    For a test with dozens of processes: the imports take longer than what it looks at.
    """
    arguments = line[1 + len(MODULE) :]
    process = _FORKS.Process(target=_run, args=(arguments, output, log))
    process.start()
    return process


def _run(arguments: list[str], output: Path, log: Path) -> None:
    for number, path in ((1, output), (2, log)):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    TapStripe.cli(arguments)
