"""Every environment that the project installs has pinned versions, and one DuckDB."""

from __future__ import annotations

import re

import pytest

from tests.project import ROOT, meltano_plugin

CONSTRAINTS = sorted(path.name for path in (ROOT / "constraints").iterdir())
PLUGINS = [
    ("extractors", "tap-stripe"),
    ("loaders", "target-duckdb"),
    ("loaders", "target-postgres"),
    ("loaders", "target-jsonl"),
    ("utilities", "dbt-duckdb"),
    ("utilities", "dbt-postgres"),
]


def pins(name: str) -> list[str]:
    return (ROOT / "constraints" / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraints_are_names_and_versions(name: str) -> None:
    for pin in pins(name):
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", pin), pin


@pytest.mark.parametrize(("kind", "name"), PLUGINS)
def test_plugins_are_installed_with_constraints(kind: str, name: str) -> None:
    _, _, constraints = meltano_plugin(kind, name)["pip_url"].rpartition(" -c constraints/")
    assert constraints in CONSTRAINTS


def test_loader_models_and_reader_have_the_same_duckdb() -> None:
    """A file that a newer DuckDB wrote can't be read by an older one."""
    versions = {
        name: [pin for pin in pins(name) if pin.startswith("duckdb==")]
        for name in ("dev.txt", "target-duckdb.txt", "dbt-duckdb.txt")
    }
    assert versions["dev.txt"] != []
    assert versions["target-duckdb.txt"] == versions["dbt-duckdb.txt"] == versions["dev.txt"]
