"""Fixtures that every area of the tests can ask for."""

import os
from collections.abc import Iterator
from pathlib import PurePath

import platformdirs
import pytest

from standin import watch
from tests.project import ROOT

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where processes share the tests, a file is one process's, and so are all in the project."""
    for item in items:
        path = item.path.relative_to(ROOT)
        together = any(path.is_relative_to(PurePath(place)) for place in IN_THE_PROJECT)
        group = "the project" if together else path.as_posix()
        item.add_marker(pytest.mark.xdist_group(group))
