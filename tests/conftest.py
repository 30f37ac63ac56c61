"""Fixtures that every area of the tests can ask for."""

import os
from collections.abc import Iterator

import platformdirs
import pytest

from standin import watch

# The PostgreSQL server's lock is kept there. Where the directory is missing, it would be kept where
# the first user of the machine bars it to the others.
platformdirs.user_runtime_path("python_PostgresServer", ensure_exists=True)

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
