"""A copy of the Meltano project, in which a test may run and change what it likes.

Each command is Meltano's own command line in a process of its own. Importing Meltano takes most of
the time of a small command, so the processes are forks of one that has done that.
"""

from __future__ import annotations

import multiprocessing
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.project import ROOT, read_yaml

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["meltano.cli"])
_STREAMS = ("output", "log")
"""Files for what a command writes: its descriptors 1 and 2."""


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    code: int
    output: str
    log: str


@dataclass(frozen=True)
class Scratch:
    """A Meltano project below `path`, with the plugins that this one has installed."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, line: str) -> Ran:
        """Run a line as a shell would, and wait for it.

        Args:
            line: `meltano` with its arguments, variables before it: `A=1 meltano run …`.

        Raises:
            AssertionError: It did not end well; the text is its log.
        """
        with self.running(line) as command:
            ran = command.wait()
        assert ran.code == 0, f"{line}\n{ran.output}\n{ran.log}"
        return ran

    @contextmanager
    def running(self, line: str) -> Iterator[Command]:
        """The command at work; it is ended with the block, if it has not by itself."""
        variables, arguments = split(line)
        told = Path(tempfile.mkdtemp(dir=self.path / "told"))
        environment = {**self.environment, **variables}
        process = _FORKS.Process(target=_meltano, args=(arguments, environment, self.path, told))
        command = Command(process, told)
        command.process.start()
        try:
            yield command
        finally:
            command.process.terminate()
            command.process.join()

    def use_few_tables(self) -> None:
        """Have the extractor be one with a small catalog; see `tests.meltano.few_tables`."""
        program = self.path / "tap-stripe"
        program.write_text(
            f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
            "from tests.meltano.few_tables import FewTables\nFewTables.cli()\n",
            encoding="utf-8",
        )
        program.chmod(0o755)
        path = self.path / "meltano.yml"
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        extractor = document["plugins"]["extractors"][0]
        del extractor["pip_url"]
        extractor["executable"] = "./tap-stripe"
        path.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


@dataclass(frozen=True)
class Command:
    """A command of Meltano's at work."""

    process: Any
    told: Path
    """Where its output and its log are."""

    def wait(self) -> Ran:
        """Wait until it has ended."""
        self.process.join()
        output, log = ((self.told / name).read_text(encoding="utf-8") for name in _STREAMS)
        return Ran(self.process.exitcode, output, log)


def split(line: str) -> tuple[dict[str, str], list[str]]:
    """The variables before a command of Meltano's, and its arguments.

    Raises:
        ValueError: It is another command.
    """
    words = shlex.split(line)
    program = words.index("meltano")
    variables = dict(word.split("=", 1) for word in words[:program])
    return variables, words[program + 1 :]


def scratch_project(path: Path, **environment: str) -> Scratch:
    """Make the copy in an empty directory.

    Args:
        path: The directory.
        environment: Variables that every command gets.
    """
    shutil.copy(ROOT / "meltano.yml", path)
    for name in ("output", "told"):
        (path / name).mkdir()
    for kind, plugins in read_yaml("meltano.yml")["plugins"].items():
        for plugin in plugins:
            venv = ROOT / ".meltano" / kind / plugin["name"] / "venv"
            if venv.is_dir():
                # Links below real directories: Meltano removes a plugin's directory with it.
                link = path / venv.relative_to(ROOT)
                link.parent.mkdir(parents=True)
                link.symlink_to(venv)
    ours = {
        "PATH": os.environ["PATH"],
        "HOME": str(path),
        "MELTANO_AUTO_INSTALL": "false",
        "MELTANO_SEND_ANONYMOUS_USAGE_STATS": "false",
        "NO_COLOR": "1",
    }
    return Scratch(path, {**ours, **environment})


def _meltano(
    arguments: list[str], environment: Mapping[str, str], directory: Path, told: Path
) -> None:
    """Be Meltano: what its console script does, in a process that has just been forked."""
    from meltano.cli import main  # noqa: PLC0415  (in the fork only)

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    for descriptor, name in enumerate(_STREAMS, start=1):
        os.dup2(os.open(told / name, os.O_WRONLY | os.O_CREAT), descriptor)
    sys.argv = ["meltano", *arguments]
    main()
