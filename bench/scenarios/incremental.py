"""The daily run of a busy account: what changed among very many objects."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bench.contenders import NO_LIMIT
from bench.findings import MIX, Bench, Finding, Result, scaled
from bench.measure import BenchError, measure
from bench.server.changes import SINCE
from bench.service import LIVE, serving
from tap_stripe.times import to_iso

_OBJECTS = 2_000_000
_CHANGED = 20_000
_SHORT = 10
"""At live limits a run takes minutes; without `--full` its size is divided by this."""


def run(bench: Bench) -> Result:
    """From yesterday's state: without limits, then with 200 ms and live limits."""
    what = f"{_CHANGED:,} of {_OBJECTS:,} objects changed, half of them close together"
    result = Result("incremental", what)
    _changes(bench, result, "no limit", 1, requests_per_second=NO_LIMIT)
    share = 1 if bench.full else _SHORT
    _changes(bench, result, "live" if bench.full else f"live, 1/{_SHORT} of it", share)
    return result


def _changes(bench: Bench, result: Result, what: str, share: int, **settings: Any) -> None:
    """Catch up with a day's changes."""
    state = {
        "bookmarks": {
            table: {
                "replication_key": "created",
                "replication_key_value": to_iso(SINCE),
                "changes_since": to_iso(SINCE),
                "table_version": 1,
            }
            for table in MIX
        }
    }
    changed, limits = _CHANGED // share, {} if settings else LIVE
    output = bench.folder / "output"
    with serving(table=scaled(_OBJECTS // share), changed=changed, **limits) as service:
        command = bench.workshop.tap(service.url, MIX, state, **settings)
        usage = measure(command, bench.folder, output=output)
        stats = service.stats()
    with output.open("rb") as lines:
        records = sum(1 for line in lines if line.startswith(b'{"type":"R'))
    output.unlink()
    if records < changed:
        raise BenchError(f"{records} records were written, and {changed} objects had changed")
    result.findings += [
        Finding(f"{what}: requests", stats["requests"], ""),
        Finding(f"{what}: records", records, ""),
        Finding(f"{what}: seconds", usage.seconds, "s"),
        Finding(f"{what}: CPU", usage.cpu, "s"),
        Finding(f"{what}: peak", usage.peak / 1e6, "MB", at_most=250),
        Finding(f"{what}: rate", records / usage.seconds, "records/s"),
    ]
    if limits:
        spent = stats["requests"] / usage.seconds
        result.findings.append(Finding(f"{what}: requests/s", spent, "requests/s"))
    result.details[what] = {"usage": asdict(usage), "stats": stats}
