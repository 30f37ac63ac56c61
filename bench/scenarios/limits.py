"""How close to Stripe's rate limits the tap reads, and how often it is refused."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bench.findings import MIX, Bench, Finding, Result
from bench.measure import for_seconds, measure
from bench.service import LIVE, SANDBOX, serving

_SECONDS = 25
"""How long each run lasts; the account has more than can be read in that time."""
_OBJECTS = 400_000
_SETTLED = 5
"""From this second on the rate counts."""
_START = 2
"""Seconds before the end that are left out, for the start of the process came before the first
request."""


def live(bench: Bench) -> Result:
    """200 ms, live limits: one big table, then five."""
    result = Result("live", "200 ms per request, 100/s in all, 25/s per endpoint; requests/s")
    _limited(bench, result, "one big table", ["charges"], 25)
    _limited(bench, result, "five big tables", MIX, 100)
    return result


def sandbox(bench: Bench) -> Result:
    """200 ms, sandbox limits: five tables."""
    result = Result("sandbox", "200 ms per request, 25/s in all; requests/s")
    _limited(bench, result, "five big tables", MIX, 25)
    return result


def _limited(
    bench: Bench, result: Result, what: str, tables: Collection[str], allowed: float
) -> None:
    """Read for a while, and take the rate from the server."""
    limits = SANDBOX if result.scenario == "sandbox" else LIVE
    key = "sk_test_bench" if limits is SANDBOX else "sk_live_bench"
    with serving(objects=_OBJECTS, **limits) as service:
        command = bench.workshop.tap(service.url, tables, api_key=key)
        measure(command, bench.folder, watch=for_seconds(_SECONDS))
        stats = service.stats()
    seconds = _per_second(stats)[_SETTLED : _SECONDS - _START]
    rate = sum(seconds) / len(seconds)
    refused = 100 * stats["refused"] / (stats["requests"] + stats["refused"])
    result.findings += [
        Finding(what, rate, "requests/s", at_least=0.95 * allowed),
        Finding(f"{what}, refused", refused, "%", at_most=0.5),
        Finding(f"{what}, objects", stats["objects"] / _SECONDS, "objects/s"),
    ]
    result.details[what] = stats


def _per_second(stats: dict[str, Any]) -> list[int]:
    """Answered requests of all endpoints together, by second."""
    return [sum(counts) for counts in zip(*stats["served"].values(), strict=True)]
