"""The summary of a run, as a file for whatever watches the pipeline."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tap_stripe.times import to_iso

if TYPE_CHECKING:
    from tap_stripe.sync.report import Report


def save(path: Path, report: Report) -> None:
    """Write the summary as JSON. Whoever reads the file meanwhile finds the one before.

    It is written when a run begins and when it ends, so a process that was killed leaves one
    that says `running`.

    Args:
        path: The file to write.
        report: What the run has done until now.

    Raises:
        OSError: The file can't be written.
    """
    summary: dict[str, Any] = {
        "run_id": report.run_id,
        "account": report.account,
        "livemode": report.livemode,
        "started": None if report.started is None else to_iso(report.started),
        "seconds": round(report.seconds, 3),
        "outcome": report.outcome,
        "error": report.error,
        "rows": report.rows,
        "requests": report.meter.requests,
        "retries": report.meter.retries,
        "tables": {name: asdict(table) for name, table in sorted(report.tables.items())},
    }
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    unfinished.replace(path)
