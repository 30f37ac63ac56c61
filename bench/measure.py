"""One run of a program, and what it took by the operating system's own account."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bench.cores import MEASURED, pinned
from bench.service import PROJECT

Program = subprocess.Popen[bytes]
Watch = Callable[[Program], None]
_LOG_TAIL = 2_000
_STOP_SECONDS = 10
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class BenchError(Exception):
    """A program did not do what was to be measured."""


@dataclass(frozen=True)
class Usage:
    """What one run took, from its start to its end."""

    seconds: float
    cpu: float
    """User and system seconds."""
    peak: int
    """Most memory held at once, in bytes."""
    ended: float
    """When, by `time.monotonic`."""


def measure(
    command: Sequence[str],
    folder: Path,
    *,
    output: Path | None = None,
    watch: Watch | None = None,
    env: Mapping[str, str] | None = None,
    alone: bool = True,
) -> Usage:
    """Run a program.

    Args:
        command: What to run.
        folder: Where its log goes.
        output: Where its output goes; None: nowhere.
        watch: Called with the running program instead of just waiting for it. It gets the output
            as a pipe, and may end the program.
        env: Its environment; None: the one of this process.
        alone: Whether it gets one core, which it has for itself; otherwise it may use all.

    Raises:
        BenchError: It failed, though nobody ended it.
    """
    log = folder / "log"
    with log.open("wb") as errors, (output or Path(os.devnull)).open("wb") as file:
        stdout: int | IO[bytes] = subprocess.PIPE if watch else file
        started = time.monotonic()
        with pinned(MEASURED) if alone else nullcontext():
            program = subprocess.Popen(command, stdout=stdout, stderr=errors, cwd=PROJECT, env=env)
        if watch is not None:
            watch(program)
        _, status, used = os.wait4(program.pid, 0)
        ended = time.monotonic()
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.stdout is not None:
        program.stdout.close()
    if program.returncode != 0 and watch is None:
        text = log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL:]
        raise BenchError(f"{command} ended with {program.returncode}:\n{text}")
    cpu = used.ru_utime + used.ru_stime
    return Usage(ended - started, cpu, used.ru_maxrss * _MAXRSS_UNIT, ended)


def until_first_record(program: Program) -> None:
    """Let a tap run until its first record is out."""
    if program.stdout is not None:
        for line in program.stdout:
            if b'"type":"RECORD"' in line:
                break
    program.kill()


def for_seconds(seconds: float, bytes_per_second: float = float("inf")) -> Watch:
    """Let a program run for some time at most, and take its output no faster than that."""

    def watch(program: Program) -> None:
        if program.stdout is None:
            return
        started = time.monotonic()
        taken = 0
        while time.monotonic() - started < seconds:
            data = os.read(program.stdout.fileno(), 1 << 16)
            if not data:
                return
            taken += len(data)
            ahead = taken / bytes_per_second - (time.monotonic() - started)
            if ahead > 0:
                time.sleep(ahead)
        program.kill()

    return watch
