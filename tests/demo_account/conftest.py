"""Demo accounts to look into: as it is built, and the same after another week."""

from __future__ import annotations

import pytest

from standin.demo import build, business_goes_on
from tests.demo_account.pictures import Picture, picture_of


@pytest.fixture(scope="session")
def both() -> tuple[Picture, Picture]:
    account = build()
    before = picture_of(account)
    business_goes_on(account, 7)
    return before, picture_of(account)


@pytest.fixture(scope="session")
def before(both: tuple[Picture, Picture]) -> Picture:
    """The account as it was built."""
    return both[0]


@pytest.fixture(scope="session")
def after(both: tuple[Picture, Picture]) -> Picture:
    """The account a week later."""
    return both[1]


@pytest.fixture(scope="session", params=["before", "after"])
def demo(request: pytest.FixtureRequest, both: tuple[Picture, Picture]) -> Picture:
    """Either: what must hold always."""
    return both[0] if request.param == "before" else both[1]
