"""Runs the real loaders, in the environments and with the settings that Meltano gives them."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.project import ROOT, meltano_plugin, setting_defaults

State = dict[str, Any]

SCHEMA = str(setting_defaults(meltano_plugin("loaders", "target-duckdb"))["default_target_schema"])
"""Schema of the tables, in both warehouses."""


class LoaderError(Exception):
    """A loader ended with an error; the text is its exit code and its log.

    `states` are the values of the STATE messages that it printed before.
    """

    def __init__(self, message: str, states: list[State]) -> None:
        super().__init__(message)
        self.states = states


def run_target_duckdb(messages: bytes, db_path: Path, **settings: Any) -> State | None:
    """Load Singer messages into the DuckDB file `db_path` (created when missing).

    `settings` are laid over those of `meltano.yml`. Returns the value of the last STATE that the
    loader printed, None if there was none. Raises LoaderError when the loader fails.
    """
    return run_loader("target-duckdb", messages, {"path": str(db_path), **settings})


def run_target_postgres(messages: bytes, dsn: str, **settings: Any) -> State | None:
    """Load Singer messages into the PostgreSQL database at `dsn` (postgresql://…).

    Otherwise as `run_target_duckdb`.
    """
    url = dsn.replace("postgresql://", "postgresql+psycopg://", 1)
    return run_loader("target-postgres", messages, {"sqlalchemy_url": url, **settings})


def run_target_jsonl(messages: bytes, directory: Path) -> State | None:
    """Append Singer messages to `<stream>.jsonl` files in `directory`, which must exist.

    Otherwise as `run_target_duckdb`.
    """
    settings = {"destination_path": str(directory), "do_timestamp_file": False}
    return run_loader("target-jsonl", messages, settings)


def run_loader(name: str, messages: bytes, settings: dict[str, Any]) -> State | None:
    """Run the loader `name` once over `messages`; see `run_target_duckdb`."""
    plugin = meltano_plugin("loaders", name)
    config = setting_defaults(plugin) | settings
    with tempfile.TemporaryDirectory() as directory:
        config_path = Path(directory) / "config.json"
        config_path.write_text(json.dumps(config), encoding="utf-8")
        ran = subprocess.run(
            [executable(plugin), "--config", config_path],
            input=messages,
            capture_output=True,
            check=False,
            cwd=directory,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        )
    states = [json.loads(line) for line in ran.stdout.splitlines()]
    if ran.returncode:
        log = ran.stderr.decode(errors="replace")
        raise LoaderError(f"{name} ended with exit code {ran.returncode}:\n{log}", states)
    return states[-1] if states else None


def executable(plugin: dict[str, Any]) -> Path:
    """The loader's program. Raises FileNotFoundError, saying what makes it, when there is none."""
    venv = ROOT / ".meltano" / "loaders" / plugin["name"] / "venv"
    path: Path = venv / "bin" / plugin["executable"]
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: `make plugins` installs the loaders")
    return path
