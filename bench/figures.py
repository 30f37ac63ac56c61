"""The figures of all scenarios, with where and when they were taken; as a file, too."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.findings import Bench, Finding, Result

_PACKAGES = ("singer-sdk", "orjson", "urllib3", "stripe")


@dataclass
class Figures:
    """One run of the benchmark."""

    about: dict[str, Any]
    """Time, machine, versions."""
    results: list[Result] = field(default_factory=list)

    @classmethod
    def of_here(cls, bench: Bench) -> Figures:
        """Begin, now and on this machine."""
        return cls(
            {
                "date": datetime.now(timezone.utc).date().isoformat(),
                "python": platform.python_version(),
                "machine": platform.machine(),
                "cores": os.cpu_count(),
                "runs": bench.runs,
                "full": bench.full,
                "packages": {name: version(name) for name in _PACKAGES},
            }
        )

    @classmethod
    def read(cls, path: Path) -> Figures:
        """Read them from a file.

        Raises:
            OSError: There is none.
        """
        content = json.loads(path.read_text(encoding="utf-8"))
        results = [
            Result(**{**result, "findings": [Finding(**found) for found in result["findings"]]})
            for result in content["results"]
        ]
        return cls(content["about"], results)

    def write(self, path: Path) -> None:
        """Write them to a file, whose folder is made if need be."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")
