"""One run of the pipeline: `meltano run tap-stripe target-duckdb`."""

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
MELTANO = str(Path(sys.executable).with_name("meltano"))


class PipelineError(Exception):
    """The pipeline ended with an error; the text is its log."""


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

    All that it writes is in `directory`: the warehouse, its log, and Meltano's database, which
    holds the bookmarks. So it neither sees nor touches the pipelines of the user.
    """

    api_url: str
    api_key: str
    directory: Path

    @property
    def warehouse(self) -> Path:
        """The DuckDB file."""
        return self.directory / "warehouse.duckdb"

    def run(self) -> PipelineRun:
        """Run it once, from where the last run ended. Raises PipelineError when a part fails."""
        started = time.monotonic()
        log_path, summary_path = self.directory / "pipeline.log", self.directory / "summary.json"
        with log_path.open("ab") as log:
            ended = subprocess.run(
                [MELTANO, "run", "--no-install", "tap-stripe", "target-duckdb"],
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
                    "TAP_STRIPE_SUMMARY_PATH": str(summary_path),
                    "TARGET_DUCKDB_PATH": str(self.warehouse),
                },
            )
        seconds = time.monotonic() - started
        if ended.returncode:
            raise PipelineError(log_path.read_text(encoding="utf-8"))
        return PipelineRun(seconds, json.loads(summary_path.read_text(encoding="utf-8")))


def _of_others(variables: Mapping[str, str]) -> dict[str, str]:
    """The environment without what the user has set for a pipeline of his own."""
    ours = ("MELTANO_", "TAP_STRIPE_", "TARGET_DUCKDB_")
    return {name: value for name, value in variables.items() if not name.startswith(ours)}
