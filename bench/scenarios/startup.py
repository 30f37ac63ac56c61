"""How long it takes until the first record."""

from __future__ import annotations

import sys
from dataclasses import asdict

from bench.findings import MIX, Bench, Finding, Result, median
from bench.measure import measure, until_first_record
from bench.service import serving


def run(bench: Bench) -> Result:
    """With a catalog file of all tables, five of them selected; beside importing the SDK alone."""
    tap, sdk = [], []
    with serving(objects=100) as service:
        command = bench.workshop.tap(service.url, MIX)
        for _ in range(bench.runs + 2):
            tap.append(measure(command, bench.folder, watch=until_first_record))
            bare = [sys.executable, "-c", "import singer_sdk"]
            sdk.append(measure(bare, bench.folder))
    ours, theirs = median(u.cpu for u in tap), median(u.cpu for u in sdk)
    return Result(
        "startup",
        "from process start to the first record, with a given catalog; CPU seconds",
        [
            Finding("tap", ours, "s"),
            Finding("import singer_sdk", theirs, "s"),
            Finding("tap above the import", ours - theirs, "s", at_most=0.4),
        ],
        {"tap": [asdict(u) for u in tap], "import singer_sdk": [asdict(u) for u in sdk]},
    )
