"""Many small tables: a run should take little longer than its requests at Stripe's limit."""

from __future__ import annotations

from dataclasses import asdict

from bench.findings import Bench, Finding, Result, median
from bench.measure import measure
from bench.service import LIVE, serving
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.cuts import AskedFor

_TABLES = 120
_OBJECTS = 3


def run(bench: Bench) -> Result:
    """120 tables with three objects each, 200 ms, live limits; the whole process counts."""
    tables = [stream.table() for stream in STREAMS if _is_cheap(stream)][:_TABLES]
    usages, requests = [], []
    for _ in range(bench.runs):
        with serving(objects=_OBJECTS, others=_OBJECTS, **LIVE) as service:
            command = bench.workshop.tap(service.url, tables)
            usages.append(measure(command, bench.folder))
            requests.append(service.stats()["requests"])
    seconds = median(usage.seconds for usage in usages)
    allowed = 1.5 * median(requests) / LIVE["rate_limit"] + 2
    return Result(
        "small",
        f"{len(tables)} tables of {_OBJECTS} objects, 200 ms per request, live limits",
        [
            Finding("requests", median(requests), ""),
            Finding("from start to end", seconds, "s", at_most=allowed),
            Finding("CPU", median(usage.cpu for usage in usages), "s"),
        ],
        {"usages": [asdict(usage) for usage in usages], "requests": requests},
    )


def _is_cheap(stream: type[StripeStream]) -> bool:
    """Whether a table takes no request for each object of another."""
    asks = any(isinstance(cut, AskedFor) for cut in stream.cuts)
    return not (asks or stream.listed_per or stream.include)
