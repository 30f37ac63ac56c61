"""The summary file tells how the last run ended, however it ended."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.times import to_iso
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import sync
from tests.tap.process import command, start


@pytest.fixture
def path(account: Account, tmp_path: Path) -> Path:
    """Where the summary goes, of an account with some customers."""
    for n in range(150):
        account.create("customer", created=NOW - (200 - n) * DAY)
    return tmp_path / "summary.json"


def read(path: Path) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads(path.read_text())
    return summary


def test_a_good_run(path: Path, server: Server) -> None:
    sync(server, "customers", "products", "sync_log", summary_path=str(path))
    summary = read(path)
    assert (summary["outcome"], summary["error"]) == ("ok", None)
    assert (summary["started"], summary["rows"]) == (to_iso(NOW), 150)
    assert summary["tables"].keys() == {"customers", "products"}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_failed_table_says_what_stripe_said(path: Path, server: Server) -> None:
    server.faults.add(Fault(path="/v1/products", status=422, times=None))
    run = sync(server, "customers", "products", summary_path=str(path))
    summary = read(path)
    assert (summary["outcome"], summary["error"]) == ("failed", run.failure)
    outcomes = {name: table["outcome"] for name, table in summary["tables"].items()}
    assert outcomes == {"customers": "ok", "products": "failed"}
    assert "req_" in summary["tables"]["products"]["error"]
    assert summary["tables"]["products"]["requests"] == 1


def test_a_refused_key(path: Path, server: Server) -> None:
    sync(server, "customers", api_key="sk_test_wrongwrongwrong1234", summary_path=str(path))
    summary = read(path)
    assert (summary["outcome"], summary["tables"]) == ("failed", {})
    assert "Invalid API Key provided" in summary["error"]
    assert "wrongwrong" not in path.read_text()


@pytest.mark.parametrize(
    ("number", "outcome", "of_table"),
    [(signal.SIGTERM, "stopped", "unfinished"), (signal.SIGKILL, "running", None)],
)
def test_a_run_that_was_ended(
    path: Path, server: Server, number: int, outcome: str, of_table: str | None
) -> None:
    server.faults.add(Fault(path="/v1/products", kind="hang"))
    line = command(path.parent, server, ("customers", "products"), summary_path=str(path))
    process = start(line, path.parent / "out.jsonl")
    while not any(request.path == "/v1/products" for request in server.requests):
        time.sleep(0.01)
    time.sleep(0.2)  # customers are done by then
    process.send_signal(number)
    process.communicate()
    summary = read(path)
    assert summary["outcome"] == outcome
    table = summary["tables"].get("products", {})
    assert table.get("outcome") == of_table
    assert table.get("requests", 1) == 1


def test_a_file_that_cannot_be_written_ends_the_run_before_it_begins(
    path: Path, server: Server
) -> None:
    run = sync(server, "customers", summary_path=str(path / "below a file" / "summary.json"))
    assert run.failure is not None
    assert run.failure.startswith("summary_path can't be written: ")
    assert server.requests == []
