"""Deliberate bugs, and whether the tests catch them: `make mutants`.

Each is applied to a copy of the project, alone, and the tests named with it must fail there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.project import ROOT
from tests.proof.amount import UNSHRUNK
from tests.proof.bugs import MUTANTS, Mutant

_PASSED, _FAILED = 0, 1
"""Pytest's exit codes when tests could be run."""


@contextmanager
def copy_of_the_project() -> Iterator[Path]:
    """What git knows of the project, in a directory of its own."""
    listed = subprocess.run(
        ("git", "ls-files", "--cached", "--others", "--exclude-standard"),  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in listed.stdout.splitlines():
            if (ROOT / name).is_file():
                target = Path(folder) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target)
        yield Path(folder)


def failed_test(project: Path, tests: tuple[str, ...]) -> str | None:
    """The first of some tests of a project to fail; None where all pass.

    Raises:
        RuntimeError: They could not be run.
    """
    line = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests)
    environment = {
        **os.environ,
        "PYTHONPATH": str(project),
        "PYTHONDONTWRITEBYTECODE": "1",
        UNSHRUNK: "1",
    }
    run = subprocess.run(
        line, cwd=project, env=environment, check=False, capture_output=True, text=True
    )
    if run.returncode not in (_PASSED, _FAILED):
        raise RuntimeError(f"pytest could not run {tests}:\n{run.stdout}{run.stderr}")
    found = re.search(r"^FAILED \S+::(\w+)", run.stdout, re.MULTILINE)
    return found[1] if found else None


def caught_by(project: Path, mutant: Mutant) -> str | None:
    """The test that fails with a bug, which is taken out again; None where none does.

    Raises:
        ValueError: The code that the bug replaces is not there, once.
    """
    file = project / "tap_stripe" / mutant.file
    source = file.read_text(encoding="utf-8")
    file.write_text(mutant.put_into(source), encoding="utf-8")
    try:
        return failed_test(project, mutant.tests)
    finally:
        file.write_text(source, encoding="utf-8")


def main(wanted: list[str]) -> int:
    """Apply one after the other, or those whose bug has one of the words; tell what came of it."""
    chosen = [m for m in MUTANTS if not wanted or any(word in m.bug for word in wanted)]
    missed = 0
    with copy_of_the_project() as project:
        for mutant in chosen:
            test = caught_by(project, mutant)
            missed += test is None
            sys.stdout.write(f"{mutant.bug}: {'caught by ' + test if test else 'MISSED'}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen) - missed} of {len(chosen)} deliberate bugs caught\n")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
