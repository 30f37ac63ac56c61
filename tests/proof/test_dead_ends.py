"""Targets that are slow, gone or full: no hang, no traceback, and the state is true."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standin import Account, Clock, Server
from tests.proof.promise import promise
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, parse, sync
from tests.tap.process import command
from tests.warehouse.loaders import LoaderError, loader_process, run_loader
from tests.warehouse.warehouses import DuckDB

CUSTOMERS = 3000
FULL = ("sh", "-c", 'ulimit -f 1600; exec "$@"', "sh")
"""Before a command: no file may have more than 800 kB, as on a disk with no more room."""


@pytest.fixture
def server() -> Iterator[Server]:
    account = Account(clock=Clock(NOW), id="acct_test", seed=1)
    for n in range(CUSTOMERS):
        unlike = f"{hash((n, n))}" * 20
        account.create(
            "customer", created=NOW - 700 * DAY + n * 20_000, silent=True, metadata={"k": unlike}
        )
    with Server(account) as server:
        yield server


@promise(
    "The disk of the DuckDB file is full",
    "The loader ends in one line; the state that it printed is true, and a later run goes on",
)
def test_a_full_disk(server: Server, tmp_path: Path) -> None:
    warehouse = DuckDB(tmp_path / "warehouse.duckdb")
    settings = {"path": str(warehouse.path), "batch_size_rows": 250}
    run = sync(server, "customers")
    lines = b"".join(json.dumps(message).encode() + b"\n" for message in run.messages)
    with pytest.raises(LoaderError) as caught:
        run_loader("target-duckdb", lines, settings, before=FULL)
    said = [line for line in str(caught.value).splitlines() if "INFO" not in line]
    assert "Traceback" not in str(caught.value)
    assert "File too large" in said[-1]
    assert len(said) == 2
    state = caught.value.states[-1] if caught.value.states else None
    resumed = sync(server, "customers", state=state)
    warehouse.load(b"".join(json.dumps(m).encode() + b"\n" for m in resumed.messages))
    assert len(warehouse.read("customers")) == CUSTOMERS


@promise(
    "The loader dies in the middle of a pipeline",
    "The tap ends in one line within seconds; what it wrote so far is true",
)
def test_a_pipeline_whose_loader_is_full(server: Server, tmp_path: Path) -> None:
    settings = {"path": str(tmp_path / "warehouse.duckdb"), "batch_size_rows": 250}
    line = command(tmp_path, server, ("customers",))
    with loader_process("target-duckdb", settings, before=FULL) as loader:
        assert loader.stdin is not None
        with subprocess.Popen(line, stdout=loader.stdin, stderr=subprocess.PIPE) as tap:
            loader.stdin.close()
            _, log = tap.communicate(timeout=60)
        loader.wait(timeout=60)
    assert loader.returncode == 1
    if tap.returncode:  # it may have written all before the loader died
        assert b"The target closed the pipe" in log
    assert b"Traceback" not in log


@promise("The target is slow", "The reading waits; nothing is lost when it goes on")
def test_a_slow_target(tmp_path: Path) -> None:
    account = Account(clock=Clock(NOW), id="acct_test", seed=1, longest_page=10)
    for n in range(CUSTOMERS):
        account.create("customer", created=NOW - 700 * DAY + n * 20_000, silent=True)
    with (
        Server(account) as server,
        subprocess.Popen(
            command(tmp_path, server, ("customers",)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as tap,
    ):
        assert tap.stdout is not None
        output = tap.stdout.read(1000)
        asked = _until_quiet(server)
        assert asked < CUSTOMERS // 10 // 2
        output += tap.stdout.read()
        assert tap.wait(timeout=60) == 0
    assert len(Mirror().load(parse(output)).live("customers")) == CUSTOMERS


def _until_quiet(server: Server) -> int:
    """Wait until no request comes any more; how many came."""
    known = -1
    while known != len(server.requests):
        known = len(server.requests)
        time.sleep(1.5)
    return known
