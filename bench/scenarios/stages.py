"""Where the time for a record goes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import orjson
import urllib3

from bench.contenders import API_KEY, NO_LIMIT
from bench.cores import MEASURED, pinned
from bench.findings import MIX, Bench, Finding, Result, median
from bench.first_load import first_load
from bench.service import serving
from tap_stripe.api import Client, RateLimiter
from tap_stripe.api.lists import PAGE_SIZE
from tap_stripe.singer.messages import RecordEncoder
from tap_stripe.streams import StripeStream
from tap_stripe.tap import TapStripe

T = TypeVar("T")
_ROUNDS, _PAGES = 5, 20
_RECORDS = 100_000
HTTP, DECODE, SHAPE, ENCODE, WRITE = "HTTP client", "decode", "shape", "encode", "write"


def run(bench: Bench) -> Result:
    """Each stage alone, in one thread, then a whole run: the rest is what it takes to combine."""
    config = {"api_key": API_KEY}
    tap = TapStripe(config=config, setup_mapper=True)
    with serving(objects=10 * PAGE_SIZE) as service, pinned(MEASURED):
        client = Client(API_KEY, RateLimiter(NO_LIMIT, NO_LIMIT), api_url=service.url)
        by_table = {}
        for table in MIX:
            stream = tap.streams[table]
            if isinstance(stream, StripeStream):
                by_table[table] = _stages(client, service.url, stream)
    whole = sum(MIX.values())
    mixed = {
        stage: sum(by_table[table][stage] * count for table, count in MIX.items()) / whole
        for stage in (HTTP, DECODE, SHAPE, ENCODE, WRITE)
    }
    net = first_load(bench, _RECORDS).cpu - first_load(bench, 0).cpu
    all_together = 1e6 * net / _RECORDS
    mixed["threads, batches, the rest"] = all_together - sum(mixed.values())
    mixed["the whole tap"] = all_together
    return Result(
        "stages",
        "CPU for a record of the mix, each stage alone in one thread",
        [Finding(stage, cost, "µs/record") for stage, cost in mixed.items()],
        {"by table": by_table},
    )


def _stages(client: Client, url: str, stream: StripeStream) -> Mapping[str, float]:
    """Microseconds per record of one table."""
    params = [("limit", str(PAGE_SIZE))]
    body = urllib3.request("GET", f"{url}{stream.path}?limit={PAGE_SIZE}").data
    encoder = RecordEncoder(stream.stream_maps, 1, 0)
    shape = stream.shaper((), lambda _: None)
    with Path(os.devnull).open("wb", buffering=0) as sink:
        fetched, _ = _cost(lambda: client.get(stream.path, params))
        decoded, _ = _cost(lambda: orjson.loads(body))
        copied, _ = _cost(lambda: orjson.loads(body)["data"])
        shaped, records = _cost(lambda: [shape(o) for o in orjson.loads(body)["data"]])
        encoded, lines = _cost(lambda: encoder.lines(records))
        written, _ = _cost(lambda: sink.write(lines))
    return {
        HTTP: fetched - decoded,
        DECODE: decoded,
        SHAPE: shaped - copied,
        ENCODE: encoded,
        WRITE: written,
    }


def _cost(work: Callable[[], T]) -> tuple[float, T]:
    """Microseconds per record of something done to a page, and what came of it."""
    costs = []
    result = work()
    for _ in range(_ROUNDS):
        started = time.thread_time()
        for _ in range(_PAGES):
            result = work()
        costs.append((time.thread_time() - started) / _PAGES)
    return 1e6 * median(costs) / PAGE_SIZE, result
