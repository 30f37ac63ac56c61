"""A Meltano project for measuring: ours, with loaders that can be exchanged."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.contenders import API_KEY, NO_LIMIT
from bench.measure import Usage, measure
from bench.service import PROJECT

_MELTANO = str(Path(sys.executable).with_name("meltano"))


@dataclass(frozen=True)
class Variant:
    """A loader as it is set up for a run."""

    name: str
    loader: str
    """The plugin in `meltano.yml`."""
    program: str | None = None
    """Program of the plugin's environment; None: the one that the plugin names."""
    settings: Mapping[str, Any] | None = None
    """The only settings with values, beside where to load; None: those of `meltano.yml`."""


_WHERE = ("default_target_schema", "path", "sqlalchemy_url")


def run(variant: Variant, url: str, tables: tuple[str, ...], folder: Path, target: str) -> Usage:
    """Load some tables by `meltano run`, from an empty state.

    Args:
        variant: The loader.
        url: Where the API answers.
        tables: What is selected.
        folder: Where the project is made.
        target: File or address of the database, empty so far.

    Raises:
        BenchError: The run failed.
    """
    project = folder / "project"
    project.mkdir(exist_ok=True)
    (project / ".meltano" / "meltano.db").unlink(missing_ok=True)
    plugins = definition(variant, tables)
    (project / "meltano.yml").write_text(yaml.safe_dump(plugins), encoding="utf-8")
    env = {name: text for name, text in os.environ.items() if not name.startswith("MELTANO_")} | {
        "MELTANO_SEND_ANONYMOUS_USAGE_STATS": "false",
        "TAP_STRIPE_API_KEY": API_KEY,
        "TAP_STRIPE_API_URL": url,
        "TAP_STRIPE_REQUESTS_PER_SECOND": str(NO_LIMIT),
        "TARGET_DUCKDB_PATH": target,
        "TARGET_POSTGRES_SQLALCHEMY_URL": target,
    }
    command = [_MELTANO, "--cwd", str(project), "run", "--no-install", "tap-stripe", variant.loader]
    return measure(command, folder, env=env, alone=False)


def definition(variant: Variant, tables: tuple[str, ...]) -> dict[str, Any]:
    """What stands in the project's meltano.yml: our plugins, in the environments they have."""
    ours: dict[str, Any] = yaml.safe_load((PROJECT / "meltano.yml").read_text(encoding="utf-8"))
    plugins = {
        kind: [plugin for plugin in ours["plugins"][kind] if "inherit_from" not in plugin]
        for kind in ("extractors", "loaders")
    }
    for kind, ours_of_kind in plugins.items():
        for plugin in ours_of_kind:
            venv = PROJECT / ".meltano" / kind / plugin["name"] / "venv"
            is_exchanged = plugin["name"] == variant.loader
            program = (variant.program if is_exchanged else None) or plugin["executable"]
            plugin["executable"] = str(venv / "bin" / program)
            del plugin["pip_url"]
            if is_exchanged and variant.settings is not None:
                _set(plugin, variant.settings)
            if plugin["name"] == "tap-stripe":
                plugin["select"] = [f"{table}.*" for table in tables]
    kept = ("requires_meltano", "default_environment", "environments")
    return {**{name: ours[name] for name in kept}, "plugins": plugins}


def _set(plugin: dict[str, Any], settings: Mapping[str, Any]) -> None:
    for setting in plugin["settings"]:
        if setting["name"] not in _WHERE:
            setting.pop("value", None)
    plugin["config"] = dict(settings)
