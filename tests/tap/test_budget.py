"""What a run costs: requests are counted, and reads at Stripe are metered."""

from __future__ import annotations

import json
from pathlib import Path

from standin import Account, Server
from standin.demo import build
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import sync


def test_a_small_table_costs_its_pages_only(account: Account, server: Server) -> None:
    for n in range(350):
        account.create("customer", created=NOW - 700 * DAY + n * DAY)
    sync(server, "customers")
    assert len([r for r in server.requests if r.path == "/v1/customers"]) == 4


def test_a_table_worth_cutting_costs_three_requests_more_at_most(
    account: Account, server: Server
) -> None:
    for n in range(650):
        account.create("customer", created=NOW - 700 * DAY + n * DAY)
    run = sync(server, "customers")
    assert len(run.records("customers")) == 650
    assert len([r for r in server.requests if r.path == "/v1/customers"]) <= 7 + 3


def test_a_large_table_costs_few_requests_beyond_its_pages(
    account: Account, server: Server
) -> None:
    for n in range(6_000):
        account.create("customer", created=NOW - 700 * DAY + n * 10_000, silent=True)
    run = sync(server, "customers")
    assert len(set(run.ids("customers"))) == len(run.records("customers")) == 6_000
    assert len(server.requests) <= 60 * 1.2


def test_a_second_run_with_nothing_new_costs_next_to_nothing() -> None:
    account = build(scale=0.1)
    with Server(account) as server:
        first = sync(server)
        assert len(first.records()) > 4_000
        server.clear()
        account.clock.advance(3600)
        second = sync(server, state=first.state)
    sent = len(second.records()) - len(second.records("sync_log"))
    assert sent < 30  # what the lookback of five minutes covers
    assert len(server.requests) <= 3 * 28


def test_the_summary_tells_what_was_sent_and_asked(
    account: Account, server: Server, tmp_path: Path
) -> None:
    for n in range(150):
        account.create("customer", created=NOW - 200 * DAY + n * DAY)
    path = tmp_path / "summary.json"
    run = sync(server, "customers", summary_path=str(path))
    summary = json.loads(path.read_text())
    assert summary["requests"] == len(server.requests)
    table = summary["tables"]["customers"]
    assert (table["new"], table["changed"], table["deleted"]) == (150, 0, 0)
    assert (table["requests"], table["outcome"], table["error"]) == (2, "ok", None)
    assert (summary["outcome"], summary["error"]) == ("ok", None)
    assert "150 new" in run.log
