"""The demo, run once for all tests that look at what it leaves."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from demo.__main__ import show


@dataclass(frozen=True)
class DemoRun:
    """What `make demo` has written and shown."""

    directory: Path
    shown: str

    @property
    def warehouse(self) -> Path:
        """The DuckDB file, with tables and marts."""
        return self.directory / "warehouse.duckdb"

    @property
    def report(self) -> Path:
        """The page."""
        return self.directory / "report.html"


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> DemoRun:
    """The demo as a newcomer runs it."""
    directory = tmp_path_factory.mktemp("demo") / "demo"
    shown = io.StringIO()
    show(Console(file=shown, width=110), directory)
    return DemoRun(directory, shown.getvalue())
