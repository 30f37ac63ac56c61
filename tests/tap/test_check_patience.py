"""The check has an end within seconds, whatever Stripe does, and says what got no answer."""

from __future__ import annotations

import time

from standin import Fault, Server
from tests.tap.command_line import invoke
from tests.tap.harness import config, selection

SECONDS = 30
"""A question gets three tries of eight seconds, with pauses between them."""


def test_tables_without_an_answer_are_named_in_time(server: Server) -> None:
    server.faults.add(Fault(path="/v1/prices", kind="hang", seconds=9, times=None))
    pause = {"Retry-After": "15"}
    server.faults.add(Fault(path="/v1/coupons", status=429, headers=pause, times=None))
    began = time.monotonic()
    catalog = selection(["customers", "prices", "coupons"])
    code, output, _ = invoke("--check", settings=config(server), catalog=catalog)
    assert time.monotonic() - began < SECONDS
    assert code == 1
    said = {line.split()[0]: line for line in output.splitlines()}
    assert "no answer: The transfer of /v1/prices broke: ReadTimeoutError: " in said["prices"]
    assert "no answer: Request rate limit exceeded. " in said["coupons"]
    assert all("(gave up after 3 tries)" in said[name] for name in ("prices", "coupons"))
    assert "1 of 3 tables can be read, and so can the events; " in output
