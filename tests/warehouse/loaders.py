"""Runs the real loaders, in the environments and with the settings that Meltano gives them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
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


def run_target_duckdb_until_it_prints(messages: bytes, db_path: Path, **settings: Any) -> State:
    """Feed target-duckdb, kill it as soon as it prints a STATE, and return that one's value.

    Its input stays open, so it has not come to an end by itself.
    """
    with loader_process("target-duckdb", {"path": str(db_path), **settings}) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(messages)
        process.stdin.flush()
        line = process.stdout.readline()
        process.kill()
        state: State = json.loads(line)
        return state


def run_loader(
    name: str, messages: bytes, settings: dict[str, Any], *, before: Sequence[str] = ()
) -> State | None:
    """Run the loader `name` once over `messages`; see `run_target_duckdb` and `loader_process`."""
    with loader_process(name, settings, before=before) as process:
        stdout, stderr = process.communicate(messages)
    states = [json.loads(line) for line in stdout.splitlines()]
    if process.returncode:
        log = stderr.decode(errors="replace")
        raise LoaderError(f"{name} ended with exit code {process.returncode}:\n{log}", states)
    return states[-1] if states else None


@contextlib.contextmanager
def loader_process(
    name: str, settings: dict[str, Any], *, before: Sequence[str] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """The loader `name`, running, with `settings` laid over those of `meltano.yml`.

    `before` is a command that starts the one that follows it, such as `nice`.
    """
    plugin = meltano_plugin("loaders", name)
    config = setting_defaults(plugin) | settings
    with tempfile.TemporaryDirectory() as directory:
        config_path = Path(directory) / "config.json"
        config_path.write_text(json.dumps(config), encoding="utf-8")
        with subprocess.Popen(
            [*before, executable(plugin), "--config", config_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=directory,
            env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        ) as process:
            yield process


def executable(plugin: dict[str, Any]) -> Path:
    """The loader's program. Raises FileNotFoundError, saying what makes it, when there is none."""
    venv = ROOT / ".meltano" / "loaders" / plugin["name"] / "venv"
    path: Path = venv / "bin" / plugin["executable"]
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: `make plugins` installs the loaders")
    return path
