"""How long the models take over a large warehouse."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from bench.findings import Bench, Finding, Result
from bench.measure import measure
from bench.service import PROJECT
from bench.warehouse import make_warehouse

_INVOICES = 1_000_000
_SECONDS, _MEGABYTES = 60, 2_000
_MEGABYTE = 1_000_000
_DBT = PROJECT / ".meltano" / "utilities" / "dbt-duckdb" / "venv" / "bin" / "dbt"


def run(bench: Bench) -> Result:
    """`dbt build`, tests included, with all cores, once."""
    warehouse = bench.folder / "warehouse.duckdb"
    make_warehouse(warehouse, _INVOICES)
    usage = measure(_build(warehouse), bench.folder, alone=False)
    what = f"dbt build over {_INVOICES:,} invoices with a line, a charge and a payment each, DuckDB"
    result = Result("models", what)
    result.findings = [
        Finding("from start to end", usage.seconds, "s", at_most=_SECONDS),
        Finding("CPU", usage.cpu, "s"),
        Finding("peak", usage.peak / _MEGABYTE, "MB", at_most=_MEGABYTES),
    ]
    result.details = asdict(usage)
    return result


def _build(warehouse: Path) -> list[str]:
    project = str(PROJECT / "transform")
    artifacts = str(warehouse.with_suffix(".dbt"))
    settings = {
        "DBT_DUCKDB_PATH": str(warehouse),
        "DBT_PROJECT_DIR": project,
        "DBT_PROFILES_DIR": project,
        "DBT_TARGET_PATH": artifacts,
        "DBT_LOG_PATH": artifacts,
    }
    variables = [f"{name}={value}" for name, value in settings.items()]
    return ["env", *variables, str(_DBT), "build", "--target", "duckdb"]
