"""Any moment is a safe moment to die: killed, stopped, or left without a reader."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from standin import Account, Clock, Fault, Server
from tap_stripe.sync.checkpoints import STATE_AFTER_ROWS
from tests.proof.promise import promise
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Message, Mirror, parse, sync
from tests.tap.process import command, fork, start

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

TABLES = ("customers", "invoices", "invoice_line_items", "products")
KILLS = 30


@pytest.fixture(scope="module")
def account() -> Account:
    """A few thousand objects in four tables, which no test changes."""
    account = Account(clock=Clock(NOW), id="acct_test", seed=1)
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
    return account


BUSINESS = {
    "customers": 3000,
    "invoices": 1200,
    "invoice_line_items": 1200 * 2 + 24 * 10,
    "products": 250,
}
"""How many rows there are to be."""


def in_flight(messages: list[Message]) -> int:
    """How many records came after the last state."""
    last = max((n for n, m in enumerate(messages) if m["type"] == "STATE"), default=0)
    return sum(m["type"] == "RECORD" for m in messages[last:])


class FirstLoad:
    """All lives of the process that together make one first load."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {}
        self.messages: list[Message] = []
        self.in_flight_at_kills = 0

    def add(self, messages: list[Message], *, killed: bool) -> None:
        """Take in what one life wrote."""
        self.messages += messages
        states = [m["value"] for m in messages if m["type"] == "STATE"]
        self.state = states[-1] if states else self.state
        if killed:  # the objects of a bookmark's own second may come again, too: one a table here
            self.in_flight_at_kills += in_flight(messages) + len(TABLES)

    def check(self, expected: dict[str, int]) -> None:
        """Nothing is missing, and only what was in flight was sent twice."""
        mirror = Mirror().load(self.messages)
        assert {table: len(mirror.live(table)) for table in TABLES} == expected
        sent = Counter((m["stream"], m["record"]["id"]) for m in self.messages if "record" in m)
        assert sum(times - 1 for times in sent.values()) <= self.in_flight_at_kills


@promise(
    "A process killed (`kill -9`) at thirty random requests",
    "Goes on from its last state; only what was in flight comes twice",
)
def test_killed_at_thirty_random_points_nothing_is_missing(server: Server, tmp_path: Path) -> None:
    """Each life of the process is cut at a random request; the next goes on from its last STATE.

    A load that gets done before thirty kills is checked, and another one begins.
    """
    rng = random.Random(20261101)
    server.latency = 0.002
    victims: list[ForkServerProcess] = []
    requests_left = [0]

    def kill_at_request(_: object) -> None:
        requests_left[0] -= 1
        if requests_left[0] == 0:
            victims[-1].kill()

    server.on_request(kill_at_request)
    load, kills, in_the_middle = FirstLoad(), 0, 0
    while kills < KILLS:
        requests_left[0] = rng.randint(2, 60)
        output, log = tmp_path / "out.jsonl", tmp_path / "log.txt"
        victims.append(fork(command(tmp_path, server, TABLES, load.state), output, log))
        victims[-1].join()
        killed = victims[-1].exitcode == -signal.SIGKILL
        assert killed or victims[-1].exitcode == 0, log.read_text()
        kills += killed
        messages = parse(output.read_bytes())
        assert in_flight(messages) <= STATE_AFTER_ROWS + 100 * len(TABLES)
        load.add(messages, killed=killed)
        in_the_middle += killed and any(m["type"] == "RECORD" for m in messages)
        if not killed:
            load.check(BUSINESS)
            load = FirstLoad()
    requests_left[0] = -1
    load.add(sync(server, *TABLES, state=load.state).messages, killed=False)
    load.check(BUSINESS)
    assert in_the_middle >= KILLS // 3, "most kills came before the first record"


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_by_a_signal_the_state_is_out_within_two_seconds(
    server: Server, tmp_path: Path, signal_number: int
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
    server.latency = 0
    resumed = sync(server, *TABLES, state=messages[-1]["value"])
    mirror = Mirror().load(messages).load(resumed.messages)
    assert {table: len(mirror.live(table)) for table in TABLES} == BUSINESS


@promise("SIGTERM while a request hangs", "Ends within two seconds")
def test_stopped_while_a_request_hangs_it_ends_within_two_seconds(
    server: Server, tmp_path: Path
) -> None:
    server.faults.add(Fault(path="/v1/customers", kind="hang"))
    process = start(command(tmp_path, server, ("customers",)), tmp_path / "out.jsonl")
    while not any(r.path == "/v1/customers" for r in server.requests):
        time.sleep(0.01)
    began = time.monotonic()
    process.terminate()
    process.communicate()
    assert time.monotonic() - began < 2


@promise("SIGTERM while nobody reads the output", "Ends within two seconds")
def test_stopped_while_nobody_reads_it_ends_within_two_seconds(
    server: Server, tmp_path: Path
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


@promise("The target closes the pipe", "One line and a non-zero exit, without a traceback")
def test_a_target_that_closes_the_pipe_is_one_line_and_a_failure(
    server: Server, tmp_path: Path
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
