"""What grows with the account: the time for a record and the memory should not."""

from __future__ import annotations

from dataclasses import asdict

from bench.findings import Bench, Finding, Result, median
from bench.first_load import first_load
from bench.measure import Usage, for_seconds

_SMALL, _MIDDLE, _LARGE = 10_000, 200_000, 2_000_000
_SLOW = 30_000_000
"""Bytes that a slow target takes in a second: less than half of what the tap could bring, and so
much that it takes the middle size to its end."""
_SECONDS, _SECONDS_FULL = 60, 240
"""How long the slow target is watched."""
_MEGABYTE = 1_000_000
_MOST = 250
_DIFFERENCE = 20


def run(bench: Bench) -> Result:
    """Five tables, no limit, at three sizes; and with a target that reads slowly."""
    result = Result("size", "five tables of 10,000 to 2,000,000 objects altogether, no limit")
    # A short run is little more than its start, so it takes several to see what it costs.
    repeats = {0: bench.runs, _SMALL: bench.runs, _MIDDLE: 1, _LARGE: 1}
    usages = {
        size: [first_load(bench, size) for _ in range(times)] for size, times in repeats.items()
    }
    start, *_ = cpu = [median(usage.cpu for usage in taken) for taken in usages.values()]
    sizes = (_SMALL, _MIDDLE, _LARGE)
    costs = {size: 1e6 * (spent - start) / size for size, spent in zip(sizes, cpu[1:], strict=True)}
    for size, cost in costs.items():
        result.findings.append(Finding(f"{size:,}: CPU", cost, "µs/record"))
    growth = costs[_LARGE] / min(costs[_SMALL], costs[_MIDDLE])
    result.findings.append(Finding("growth of the cost per record", growth, "times", at_most=1.2))
    _memory(result, "", {size: taken[0] for size, taken in usages.items()})
    seconds = _SECONDS_FULL if bench.full else _SECONDS
    slowly = {
        size: first_load(bench, size, for_seconds(seconds, _SLOW)) for size in (_MIDDLE, _LARGE)
    }
    _memory(result, " with a slow target", slowly)
    result.details = {
        "usages": {str(size): [asdict(usage) for usage in taken] for size, taken in usages.items()},
        "slow target": {str(size): asdict(usage) for size, usage in slowly.items()},
    }
    return result


def _memory(result: Result, where: str, usages: dict[int, Usage]) -> None:
    peaks = {size: usages[size].peak / _MEGABYTE for size in (_MIDDLE, _LARGE)}
    for size, peak in peaks.items():
        result.findings.append(Finding(f"{size:,}: peak{where}", peak, "MB", at_most=_MOST))
    more = 100 * (peaks[_LARGE] / peaks[_MIDDLE] - 1)
    result.findings.append(Finding(f"difference{where}", more, "%", at_most=_DIFFERENCE))
