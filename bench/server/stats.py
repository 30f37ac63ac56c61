"""What the server counts, so that a rate is what Stripe would see and not what a client says."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Stats:
    """Requests since the first one, by endpoint and second."""

    objects: int = 0
    """Objects sent."""
    _first: float | None = None
    _served: dict[str, Counter[int]] = field(default_factory=dict)
    _refused: dict[str, Counter[int]] = field(default_factory=dict)

    def count(self, endpoint: str, *, refused: bool) -> None:
        """Count a request when it arrives."""
        now = time.monotonic()
        if self._first is None:
            self._first = now
        seconds = (self._refused if refused else self._served).setdefault(endpoint, Counter())
        seconds[int(now - self._first)] += 1

    def shown(self) -> dict[str, Any]:
        """Everything as JSON: by endpoint, a count for each second since the first request.

        `first` is when that came, by the clock that all processes of a machine share.
        """
        return {
            "first": self._first,
            "requests": sum(map(Counter.total, self._served.values())),
            "refused": sum(map(Counter.total, self._refused.values())),
            "objects": self.objects,
            "served": _by_second(self._served),
            "refused_by_second": _by_second(self._refused),
        }


def _by_second(counts: dict[str, Counter[int]]) -> dict[str, list[int]]:
    last = max((max(seconds) for seconds in counts.values()), default=-1)
    return {
        endpoint: [seconds[second] for second in range(last + 1)]
        for endpoint, seconds in sorted(counts.items())
    }
