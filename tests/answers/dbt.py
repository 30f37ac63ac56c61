"""Runs dbt over the models, as Meltano does: its own environment, the project in `transform/`."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.project import ROOT

PROJECT = ROOT / "transform"
MODELS, MARTS = "stripe_models", "stripe_marts"
"""The schemas that are built beside the tap's."""


class DbtError(Exception):
    """dbt ended with an error or a failed test; the text is its log."""


def build_duckdb(path: Path, *arguments: str, **variables: Any) -> str:
    """Build and test the models in a DuckDB file; see `run`."""
    return run("duckdb", {"DBT_DUCKDB_PATH": str(path)}, "build", *arguments, **variables)


def build_postgres(dsn: str, *arguments: str, **variables: Any) -> str:
    """Build and test the models in the PostgreSQL database at `dsn` (postgresql://…); see `run`."""
    return run("postgres", postgres_environment(dsn), "build", *arguments, **variables)


def postgres_environment(dsn: str) -> dict[str, str]:
    """Where the server is, as `profiles.yml` asks for it; a socket's directory is in the query."""
    url = urlsplit(dsn)
    host = parse_qs(url.query).get("host", [url.hostname or "localhost"])[0]
    return {
        "DBT_POSTGRES_HOST": host,
        "DBT_POSTGRES_PORT": str(url.port or 5432),
        "DBT_POSTGRES_USER": url.username or "postgres",
        "DBT_POSTGRES_PASSWORD": url.password or "",
        "DBT_POSTGRES_DBNAME": url.path.lstrip("/"),
    }


def run(target: str, where: dict[str, str], command: str, *arguments: str, **variables: Any) -> str:
    """Run a command of dbt with `variables`; what it printed.

    What dbt makes of the project is kept per target, so that only the first run of a day has to
    read it. Raises DbtError when a model or a test fails.
    """
    program = ROOT / ".meltano" / "utilities" / f"dbt-{target}" / "venv" / "bin" / "dbt"
    with tempfile.TemporaryDirectory() as directory:
        ended = subprocess.run(
            [
                program,
                "--no-use-colors",
                "--quiet",
                command,
                *("--target", target),
                *("--vars", json.dumps(variables)),
                *arguments,
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=PROJECT,
            env={
                "PATH": os.environ["PATH"],
                "LANG": "C.UTF-8",
                "HOME": os.environ.get("HOME", directory),
                "DBT_PROJECT_DIR": str(PROJECT),
                "DBT_PROFILES_DIR": str(PROJECT),
                "DBT_TARGET_PATH": str(Path(directory) / "target"),
                "DBT_LOG_PATH": directory,
                **where,
            },
        )
    if ended.returncode:
        raise DbtError(ended.stdout + ended.stderr)
    return ended.stdout
