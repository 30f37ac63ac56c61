"""The server alone: it must not be what the others wait for."""

from __future__ import annotations

import time

import urllib3

from bench.cores import MEASURED, pinned
from bench.findings import MIX, Bench, Finding, Result
from bench.service import serving

_SECONDS = 1.0


def run(_: Bench) -> Result:
    """A bare keep-alive client asks for the same page again and again."""
    result = Result("server", "the server alone, one connection that only reads")
    with serving(objects=1_000) as service, pinned(MEASURED):
        for table in MIX:
            per_second, size = _ask(f"{service.url}/v1/{table}?limit=100")
            megabytes = per_second * size / 1e6
            result.findings.append(Finding(f"pages of {table}", per_second, "requests/s"))
            result.details[table] = {"requests/s": per_second, "MB/s": megabytes, "bytes": size}
        per_second, _size = _ask(f"{service.url}/v1/customers?limit=1")
        result.findings.append(Finding("one object", per_second, "requests/s"))
    return result


def _ask(url: str) -> tuple[float, int]:
    """Answers per second, and the size of one."""
    pool = urllib3.PoolManager()
    started, answers, size = time.monotonic(), 0, 0
    while time.monotonic() - started < _SECONDS:
        size = len(pool.request("GET", url).data)
        answers += 1
    return answers / (time.monotonic() - started), size
