"""Fixtures that every area of the tests can ask for."""

import os
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import platformdirs
import pytest
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from standin import watch

# The PostgreSQL server's lock is kept there. Where the directory is missing, it would be kept where
# the first user of the machine bars it to the others.
platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)

IN_THE_PROJECT = (
    "tests/answers",
    "tests/meltano/test_check.py",
    "tests/meltano/test_demo.py",
    "tests/report/test_demo_account.py",
)
"""What runs Meltano in the project itself, which bears one run at a time."""

pytest_plugins = ["tests.warehouse.fixtures", "tests.demo_run"]


@pytest.fixture(scope="session", autouse=True)
def nothing_unsafe_is_sent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Watch every request of the whole suite: the tap only reads, and keeps its key in the header.

    Also in the processes that the tests start.
    """
    unsafe = tmp_path_factory.mktemp("watch") / "unsafe.txt"
    os.environ.update({watch.FILE: str(unsafe), watch.CLIENT: "tap-stripe"})
    yield
    assert not unsafe.exists(), unsafe.read_text(encoding="utf-8")


class Files(LoadFileScheduling):  # type: ignore[misc]
    """Where processes share the tests: a file is one process's, and so is all in the project."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        together = any(PurePath(file).is_relative_to(place) for place in IN_THE_PROJECT)
        return "the project" if together else file


@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Files:
    """Share the tests out as above, whatever `--dist` says."""
    return Files(config, log)
