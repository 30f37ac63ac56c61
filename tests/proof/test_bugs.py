"""The deliberate bugs keep up with the code; `make mutants` shows that each is caught."""

from __future__ import annotations

import pytest

from tests.project import ROOT
from tests.proof.bugs import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.bug)
def test_a_bug_can_be_put_into_its_file(mutant: Mutant) -> None:
    file = ROOT / "tap_stripe" / mutant.file
    source = file.read_text(encoding="utf-8")
    compile(mutant.put_into(source), file, "exec")
    assert all((ROOT / test).is_file() for test in mutant.tests)
