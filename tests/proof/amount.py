"""How many histories are thought up: few and always the same, or as many as `make proof` asks."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

FEW = 25
HISTORIES_WANTED = os.environ.get("HISTORIES")
UNSHRUNK = "UNSHRUNK"
"""Set in the environment where it matters that there is a counterexample, and not which."""
_PHASES = (Phase.explicit, Phase.generate) if os.environ.get(UNSHRUNK) else tuple(Phase)


def histories_wanted(few: int = FEW, *, of_all: float = 1.0) -> settings:
    """The settings of a test that thinks up histories.

    Args:
        few: How many by default.
        of_all: Which part of those that `HISTORIES` in the environment asks for.
    """
    return settings(
        max_examples=max(1, round(int(HISTORIES_WANTED) * of_all)) if HISTORIES_WANTED else few,
        phases=_PHASES,
        derandomize=HISTORIES_WANTED is None,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
