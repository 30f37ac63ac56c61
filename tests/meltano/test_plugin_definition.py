"""Another Meltano project adds the tap from its definition, without the hub."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.project import ROOT, read_yaml

DEFINITION = "plugins/extractors/tap-stripe.yml"
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A Meltano project of somebody else, which can't reach the hub."""
    (tmp_path / "meltano.yml").write_text(
        f"send_anonymous_usage_stats: false\nhub_url: {NOBODY}\n", encoding="utf-8"
    )
    return tmp_path


def test_another_project_adds_the_tap_offline(project: Path) -> None:
    meltano(project, "add", "tap-stripe", "--from-ref", str(ROOT / DEFINITION), "--no-install")
    told = yaml.safe_load((project / "meltano.yml").read_text(encoding="utf-8"))
    [added] = told["plugins"]["extractors"]
    definition = read_yaml(DEFINITION)
    assert by_name(added["settings"]) == by_name(definition["settings"])
    for key in ("name", "namespace", "pip_url", "executable", "capabilities", "commands"):
        assert added[key] == definition[key]
    assert "TAP_STRIPE_API_KEY" in meltano(project, "config", "list", "tap-stripe")


def meltano(project: Path, *arguments: str) -> str:
    """Run a Meltano command in a project; returns what it printed."""
    ran = subprocess.run(
        [Path(sys.executable).with_name("meltano"), *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=project,
        env={"PATH": os.environ["PATH"], "HOME": str(project)},
    )
    return ran.stdout


def by_name(settings: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {setting["name"]: setting for setting in settings}
