"""The tap's first load of the five tables, without limits."""

from __future__ import annotations

from bench.contenders import NO_LIMIT
from bench.findings import MIX, Bench, scaled
from bench.measure import Usage, Watch, measure
from bench.service import serving


def first_load(bench: Bench, objects: int, watch: Watch | None = None) -> Usage:
    """Read an account whose tables hold so many objects altogether.

    Args:
        bench: Where files go.
        objects: Objects in all, shared out as in the mix.
        watch: See `bench.measure.measure`.
    """
    with serving(table=scaled(objects)) as service:
        command = bench.workshop.tap(service.url, MIX, requests_per_second=NO_LIMIT)
        return measure(command, bench.folder, watch=watch)
