"""docs/scale-out.md: its settings exist, its examples are what they say."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from meltano.core.state_store.azure import settings as azure
from meltano.core.state_store.google import settings as google
from meltano.core.state_store.s3 import settings as s3

from standin import Server
from tests.meltano.page import Block, blocks
from tests.meltano.scratch import split
from tests.meltano.story import account, story
from tests.project import ROOT, read_yaml
from tests.warehouse.warehouses import Postgres

PAGE = "docs/scale-out.md"
PAGES = (PAGE, "docs/operate.md", "docs/moving-in.md")
BLOCKS = list(blocks(PAGE))
OF_ANOTHER_ACCOUNT, FOR_A_BACKEND = (block for block in BLOCKS if block.language == "sh")


def of_language(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def meltanos_own() -> set[str]:
    """Variables that Meltano itself takes."""
    bundle = files("meltano.core.bundle").joinpath("settings.yml").read_text(encoding="utf-8")
    names = [setting["name"] for setting in yaml.safe_load(bundle)["settings"]]
    names += [
        setting.name
        for module in (azure, google, s3)
        for setting in vars(module).values()
        if hasattr(setting, "name") and hasattr(setting, "kind")
    ]
    commands = {"MELTANO_ENVIRONMENT", "MELTANO_RUN_STATE_ID_SUFFIX"}
    return commands | {f"MELTANO_{name}".replace(".", "_").upper() for name in names}


def of_plugins() -> set[str]:
    """Variables for the settings of the tap and the loaders, and for what they inherit."""
    plugins = [plugin for kind in read_yaml("meltano.yml")["plugins"].values() for plugin in kind]
    names = {
        f"{plugin['name']}_{setting['name']}".replace("-", "_").upper()
        for plugin in plugins
        for setting in plugin.get("settings", ())
    }
    return names | {"TAP_STRIPE__METADATA"}


@pytest.mark.parametrize("page", PAGES)
def test_every_variable_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:MELTANO|TAP_STRIPE|TARGET)_[A-Z0-9_]+\b", text))
    assert named - meltanos_own() - of_plugins() == set()


def test_the_cron_job_of_kubernetes_runs_one_pipeline_at_a_time() -> None:
    [block] = of_language("yaml")
    spec = yaml.safe_load(block.text)["spec"]
    assert spec["concurrencyPolicy"] == "Forbid"
    [container] = spec["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    assert container["args"][-3:] == ["run", "tap-stripe", "target-postgres"]


@pytest.mark.parametrize("block", of_language("python"), ids=lambda block: str(block.heading))
def test_the_engines_files_are_python(block: Block) -> None:
    calls = [node for node in ast.walk(ast.parse(block.text)) if isinstance(node, ast.Call)]
    assert calls
    assert "meltano" in block.text


def test_a_command_of_another_account_differs_by_variables_only() -> None:
    variables, arguments = split(OF_ANOTHER_ACCOUNT.text)
    assert arguments == ["run", "tap-stripe", "target-postgres"]
    assert variables.keys() == {
        "MELTANO_RUN_STATE_ID_SUFFIX",
        "TARGET_POSTGRES_DEFAULT_TARGET_SCHEMA",
    }


@pytest.mark.parametrize("backend", ["s3", "gcs", "azure"])
def test_the_package_of_a_state_backend_can_be_had(backend: str) -> None:
    command = FOR_A_BACKEND.text.partition("#")[0].replace("s3", backend)
    program, *arguments = shlex.split(command)
    line = [str(ROOT / program), *arguments, "--dry-run"]
    run = subprocess.run(line, cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_two_accounts_load_side_by_side_into_one_database(
    tmp_path: Path, postgres_warehouse: Postgres
) -> None:
    """The page's command, given at once for two accounts: tables and bookmarks of their own."""
    one_account = OF_ANOTHER_ACCOUNT.text
    with story(tmp_path / "project", postgres_warehouse) as told, Server(account()) as server:
        other = (
            f"TAP_STRIPE_API_KEY={server.account.secret_key} TAP_STRIPE_API_URL={server.url} "
            + one_account.replace("acme", "globex")
        )
        server.account.create("customer", name="Eve")
        told.project.run("meltano state list")  # makes Meltano's tables in the empty database
        with told.project.running(one_account) as one, told.project.running(other) as two:
            assert (one.wait().code, two.wait().code) == (0, 0)
        of_acme = "SELECT count(*) AS n FROM stripe_acme.customers"
        assert told.query(of_acme) == [{"n": 3}]
        assert told.query(of_acme.replace("acme", "globex")) == [{"n": 4}]
        states = told.project.run("meltano state list").output.split()
    assert sorted(states) == [
        f"dev:tap-stripe-to-target-postgres:{name}" for name in ("acme", "globex")
    ]
