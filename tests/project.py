"""The files of the project that the tests read: where they are and what `meltano.yml` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent


def read_yaml(path: str) -> dict[str, Any]:
    """The document in a YAML file of the project, `path` being relative to its top level."""
    document = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    assert isinstance(document, dict), f"{path} is not a mapping"
    return document


def meltano_plugin(kind: str, name: str) -> dict[str, Any]:
    """One plugin's definition in `meltano.yml`; `kind` is `extractors` or `loaders`."""
    plugins: list[dict[str, Any]] = read_yaml("meltano.yml")["plugins"][kind]
    return next(plugin for plugin in plugins if plugin["name"] == name)


def setting_defaults(plugin: dict[str, Any]) -> dict[str, Any]:
    """The settings of a plugin that have a value of their own, by name."""
    return {
        setting["name"]: setting["value"] for setting in plugin["settings"] if "value" in setting
    }
