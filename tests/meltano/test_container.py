"""The Containerfile's steps, one by one in an empty directory: there is no container engine here.

A virtual environment stands for the image's base. What takes a container is not run: the user.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePath

import pytest

from tests.project import ROOT

Step = tuple[str, str]


def steps() -> list[Step]:
    """The instructions with their arguments."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    return re.findall(r"^([A-Z]+) (.+)$", text, re.MULTILINE)


def arguments(instruction: str) -> list[str]:
    return [argument for name, argument in steps() if name == instruction]


def is_in_the_context(path: PurePath) -> bool:
    """Whether `.dockerignore` lets a file of the project into the image."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line[1:] for line in lines if line.startswith("!")]
    assert "*" in lines, "all that is not named stays outside"
    inside = any(path == PurePath(name) or PurePath(name) in path.parents for name in kept)
    return inside and "__pycache__" not in path.parts


def tracked() -> list[PurePath]:
    """The files of the checkout, with those that are new."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [PurePath(line) for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def test_the_base_has_a_short_name_and_a_python_that_the_tap_takes() -> None:
    [base] = arguments("FROM")
    found = re.fullmatch(r"python:3\.(\d+)-slim", base)
    assert found, base
    assert int(found[1]) >= 10


def test_it_runs_the_pipeline_as_nobody_special() -> None:
    assert arguments("ENTRYPOINT") == ['["meltano"]']
    assert arguments("CMD") == ['["run", "tap-stripe", "target-postgres"]']
    [user] = arguments("USER")
    assert steps().index(("USER", user)) > max(
        number for number, (name, _) in enumerate(steps()) if name in ("COPY", "RUN")
    )


@pytest.mark.parametrize("name", [".env", "output/dev.duckdb", ".meltano/meltano.db", "tests/x.py"])
def test_keys_and_data_stay_outside(name: str) -> None:
    assert not is_in_the_context(PurePath(name))


def test_its_steps_make_a_pipeline(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    base = tmp_path / "base"
    subprocess.run([sys.executable, "-m", "venv", base], check=True)
    environment = {
        **{name: value for name, value in os.environ.items() if "MELTANO" not in name},
        "PATH": f"{base / 'bin'}:{os.environ['PATH']}",
        "VIRTUAL_ENV": str(base),
        "PIP_REQUIRE_VIRTUALENV": "true",
        "MELTANO_SEND_ANONYMOUS_USAGE_STATS": "false",
        "UV_SYSTEM_CERTS": "true",
    }
    environment.pop("PYTHONPATH", None)

    def run(line: str) -> str:
        # The image keeps no cache; here the next run is glad of it. And its system is not this one.
        for option in (" --no-cache-dir", " --no-cache", " --system"):
            line = line.replace(option, "")
        assert "--system" not in line, "it would change this machine's Python"
        ran = subprocess.run(
            ["sh", "-ec", line],  # noqa: S607
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{line}\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    for name, argument in steps():
        if name == "COPY":
            source, target = argument.split()
            copy(source, project / target)
        elif name == "RUN" and "useradd" not in argument:
            run(argument)
    assert "tap-stripe v" in run("meltano invoke tap-stripe --version")
    assert "'psycopg', 'boto3'" in run(
        'python -c "import boto3, psycopg, google.cloud.storage, azure.storage.blob;'
        'print([m.__name__ for m in (psycopg, boto3)])"'
    )


def copy(source: str, target: Path) -> None:
    """What COPY does with a file, or with the whole context."""
    for path in filter(is_in_the_context, tracked()):
        if source == ".":
            place = target / path
        elif path == PurePath(source):
            place = target / path.name
        else:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, place)
