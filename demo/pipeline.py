"""The pipeline that the demo runs with Meltano: loading, and what is made of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
REQUESTS_PER_SECOND = 100
"""What Stripe allows a live key; the key of the demo account is one of a sandbox, with 25."""
TITLE = "Revenue of the demo account"
MELTANO = str(Path(sys.executable).with_name("meltano"))


class PipelineError(Exception):
    """A part of the pipeline ended with an error; the text is its log."""


@dataclass(frozen=True)
class PipelineRun:
    """What one run did."""

    seconds: float
    """How long it took, Meltano's own start included."""
    summary: dict[str, Any]
    """What the tap says of it: the JSON that the setting `summary_path` asks for."""

    def sent(self, table: str, kind: str) -> int:
        """Records of one kind (new, changed or deleted) that were sent to a table."""
        count: int = self.summary["tables"][table][kind]
        return count


@dataclass(frozen=True)
class Pipeline:
    """The pipeline from the account at `api_url` to the file `warehouse.duckdb` in `directory`.

    All that it writes is in `directory`: the warehouse, the report, its log, and Meltano's
    database, which holds the bookmarks. So it neither sees nor touches the user's pipelines.
    """

    api_url: str
    api_key: str
    directory: Path

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.directory / "warehouse.duckdb"

    @property
    def report(self) -> Path:
        """The page that `build_report` writes."""
        return self.directory / "report.html"

    @property
    def _summary(self) -> Path:
        return self.directory / "summary.json"

    def load(self) -> PipelineRun:
        """Load from where the last run ended. Raises PipelineError when a part fails."""
        seconds = self._run("tap-stripe", "target-duckdb")
        return PipelineRun(seconds, json.loads(self._summary.read_text(encoding="utf-8")))

    def build_report(self) -> float:
        """Build the marts and the report. Raises PipelineError when a part fails.

        Returns:
            How long it took, in seconds.
        """
        return self._run("dbt-duckdb:build", "stripe-report:html")

    def _run(self, *parts: str) -> float:
        started = time.monotonic()
        log_path = self.directory / "pipeline.log"
        with log_path.open("ab") as log:
            ended = subprocess.run(
                [MELTANO, "run", "--no-install", *parts],
                check=False,
                stdout=log,
                stderr=log,
                cwd=PROJECT,
                env=_of_others(os.environ)
                | {
                    "MELTANO_DATABASE_URI": f"sqlite:///{self.directory / 'meltano.db'}",
                    "MELTANO_SEND_ANONYMOUS_USAGE_STATS": "false",
                    "TAP_STRIPE_API_KEY": self.api_key,
                    "TAP_STRIPE_API_URL": self.api_url,
                    "TAP_STRIPE_REQUESTS_PER_SECOND": str(REQUESTS_PER_SECOND),
                    "TAP_STRIPE_SUMMARY_PATH": str(self._summary),
                    "TARGET_DUCKDB_PATH": str(self.warehouse),
                    "DBT_DUCKDB_PATH": str(self.warehouse),
                    "STRIPE_REPORT_DATABASE": str(self.warehouse),
                    "STRIPE_REPORT_OUTPUT": str(self.directory),
                    "STRIPE_REPORT_TITLE": TITLE,
                },
            )
        if ended.returncode:
            raise PipelineError(log_path.read_text(encoding="utf-8"))
        return time.monotonic() - started


def _of_others(variables: Mapping[str, str]) -> dict[str, str]:
    """The environment without what the user has set for a pipeline of his own."""
    ours = ("MELTANO_", "TAP_STRIPE_", "TARGET_DUCKDB_", "DBT_", "STRIPE_REPORT_")
    return {name: value for name, value in variables.items() if not name.startswith(ours)}
