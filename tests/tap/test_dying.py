"""Any moment is a safe moment to die: killed, stopped, or left without a reader."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.sync.run import STATE_AFTER_ROWS
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Message, Mirror, parse, sync
from tests.tap.process import command, start

TABLES = ("customers", "invoices", "invoice_line_items", "products")
KILLS = 30


@pytest.fixture
def business(account: Account) -> dict[str, int]:
    """A few thousand objects in four tables; how many there are of each."""
    for n in range(3000):
        account.create("customer", created=NOW - 700 * DAY + n * 20_000, silent=True)
    for n in range(1200):
        account.create(
            "invoice",
            created=NOW - 600 * DAY + n * 40_000,
            lines=[{"amount": line, "currency": "eur"} for line in range(12 if n % 50 == 0 else 2)],
            silent=True,
        )
    for n in range(250):
        account.create("product", created=NOW - 500 * DAY + n * DAY, silent=True)
    return {
        "customers": 3000,
        "invoices": 1200,
        "invoice_line_items": 1200 * 2 + 24 * 10,
        "products": 250,
    }


def keys(messages: list[Message]) -> Counter[tuple[str, str]]:
    return Counter((m["stream"], m["record"]["id"]) for m in messages if m["type"] == "RECORD")


def in_flight(messages: list[Message]) -> int:
    """How many records came after the last state."""
    last = max((n for n, m in enumerate(messages) if m["type"] == "STATE"), default=0)
    return sum(m["type"] == "RECORD" for m in messages[last:])


def test_killed_at_thirty_random_points_nothing_is_missing(
    account: Account, server: Server, business: dict[str, int], tmp_path: Path
) -> None:
    """Each life of the process is cut at a random request; the next goes on from its last STATE."""
    rng = random.Random(20261101)
    server.latency = 0.002
    state: dict[str, Any] = {}
    everything: list[Message] = []
    sent_twice_allowed = 0
    victim: list[subprocess.Popen[bytes]] = []
    countdown = [0]

    def kill_at_request(_: object) -> None:
        countdown[0] -= 1
        if countdown[0] == 0:
            victim[0].kill()

    server.on_request(kill_at_request)
    kills = 0
    while kills < KILLS:
        countdown[0] = rng.randint(2, 9)
        output = tmp_path / "out.jsonl"
        process = start(command(tmp_path, server, TABLES, state), output)
        victim[:] = [process]
        process.communicate()
        messages = parse(output.read_bytes())
        everything += messages
        states = [m["value"] for m in messages if m["type"] == "STATE"]
        state = states[-1] if states else state
        if process.returncode == 0:
            state = {}  # the load was done: begin another one
        else:
            assert process.returncode == -signal.SIGKILL
            kills += 1
            sent_twice_allowed += in_flight(messages)
    countdown[0] = -1
    everything += sync(server, *TABLES, state=state).messages
    mirror = Mirror().load(everything)
    assert {table: len(mirror.live(table)) for table in TABLES} == business
    twice = sum(times - 1 for times in keys(everything).values())
    assert in_flight(everything) <= STATE_AFTER_ROWS
    assert twice <= sent_twice_allowed


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_by_a_signal_the_state_is_out_within_two_seconds(
    server: Server, business: dict[str, int], tmp_path: Path, signal_number: int
) -> None:
    server.latency = 0.1
    output = tmp_path / "out.jsonl"
    process = start(command(tmp_path, server, TABLES, concurrency=2), output)
    while len(server.requests) < 12:
        time.sleep(0.01)
    began = time.monotonic()
    process.send_signal(signal_number)
    _, log = process.communicate()
    assert time.monotonic() - began < 2
    assert process.returncode == 128 + signal_number
    assert b"Traceback" not in log
    messages = parse(output.read_bytes())
    assert messages[-1]["type"] == "STATE"
    resumed = sync(server, *TABLES, state=messages[-1]["value"])
    mirror = Mirror().load(messages).load(resumed.messages)
    assert {table: len(mirror.live(table)) for table in TABLES} == business


def test_stopped_while_a_request_hangs_it_ends_within_two_seconds(
    account: Account, server: Server, tmp_path: Path
) -> None:
    server.faults.add(Fault(path="/v1/customers", kind="hang"))
    process = start(command(tmp_path, server, ("customers",)), tmp_path / "out.jsonl")
    while not any(r.path == "/v1/customers" for r in server.requests):
        time.sleep(0.01)
    began = time.monotonic()
    process.terminate()
    process.communicate()
    assert time.monotonic() - began < 2


def test_stopped_while_nobody_reads_it_ends_within_two_seconds(
    server: Server, business: dict[str, int], tmp_path: Path
) -> None:
    line = command(tmp_path, server, TABLES)
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        while not server.requests:
            time.sleep(0.01)
        time.sleep(1)  # the pipe is full by now
        began = time.monotonic()
        process.terminate()
        assert process.wait() == 128 + signal.SIGTERM
        assert time.monotonic() - began < 2


def test_a_target_that_closes_the_pipe_is_one_line_and_a_failure(
    server: Server, business: dict[str, int], tmp_path: Path
) -> None:
    line = command(tmp_path, server, TABLES)
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        log = process.stderr.read()
        assert process.wait() == 1
    assert b"closed the pipe" in log
    assert b"Traceback" not in log
