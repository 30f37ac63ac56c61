"""`make demo`, as a newcomer runs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import requests

from demo.account import running_account
from demo.pipeline import TITLE
from demo.warehouse import count_rows
from tap_stripe.streams import STREAMS
from tests.demo_run import DemoRun


def test_the_demo_loads_the_account_and_then_what_changed(demo_run: DemoRun) -> None:
    shown = re.findall(r"^ (\w+)((?: +[\d,·]+){6}) *$", demo_run.shown, re.MULTILINE)
    lines = {name: [number(text) for text in cells.split()] for name, cells in shown}
    counts = count_rows(demo_run.warehouse)
    assert counts.pop("sync_log").live > len(STREAMS) / 2, "the log of two runs"
    assert counts.keys() == {s.table() for s in STREAMS if not s.off_because()}
    assert lines.keys() == {name for name, count in counts.items() if count.live or count.deleted}
    for name, (live, flagged, *sent) in lines.items():
        assert (live, flagged) == (counts[name].live, counts[name].deleted)
        assert live + flagged <= sum(sent), name
    assert sum(live for live, *_ in lines.values()) > 10_000
    *_, new, changed, deleted = lines["customers"]
    assert min(new, changed, deleted) > 0, "the second run shows too little of the customers"


def test_the_demo_ends_with_the_report(demo_run: DemoRun) -> None:
    [told] = re.findall(r"The report is (\S+);", demo_run.shown)
    assert (Path.cwd() / told).samefile(demo_run.report)
    assert TITLE in demo_run.report.read_text(encoding="utf-8")


def test_the_demo_account_ends_with_the_demo(tmp_path: Path) -> None:
    with running_account(1, tmp_path) as account:
        assert account.stats()["requests"] == 0
    with pytest.raises(requests.ConnectionError):
        account.stats()


def number(text: str) -> int:
    return 0 if text == "·" else int(text.replace(",", ""))
