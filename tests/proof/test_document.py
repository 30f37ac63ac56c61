"""docs/reliability.md is what the tests say, and every test of the proof says something."""

from __future__ import annotations

import importlib
import inspect

import pytest

from tests.proof.document import PAGE, SUITES, page, promises


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "`make docs` writes it"


@pytest.mark.parametrize("name", SUITES)
def test_every_test_of_the_proof_says_what_it_proves(name: str) -> None:
    module = importlib.import_module(name)
    promising = {test for test, _, _ in promises(module)}
    assert promising
    if name.startswith("tests.proof"):
        tests = {n for n, _ in inspect.getmembers(module, inspect.isfunction) if "test_" in n[:5]}
        assert tests - promising <= {"test_the_watch_is_on"}
