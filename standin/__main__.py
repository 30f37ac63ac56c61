"""``python -m standin``: the stand-in as a process of its own."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from datetime import datetime, timezone
from pathlib import Path

from standin.account import Account
from standin.clock import Clock
from standin.control import Control
from standin.server import Server

EMPTY_SINCE = 1_793_491_200  # 2026-11-01


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    options = _parser().parse_args()
    account, control = _account(options)
    for secret in options.api_key:
        account.add_key(secret)
    server = Server(
        account,
        latency=options.latency,
        rate_limit=options.rate_limit,
        endpoint_rate_limit=options.endpoint_rate_limit,
        concurrency=options.concurrency,
        port=options.port,
        control=control,
    )
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with server:
        if options.port_file is not None:
            port = server.url.rpartition(":")[2]
            unfinished = options.port_file.with_suffix(".new")
            unfinished.write_text(f"{port}\n", encoding="utf-8")
            unfinished.replace(options.port_file)
        sys.stdout.write(f"{server.url} account {account.id} key {account.secret_key}\n")
        sys.stdout.flush()
        stopped.wait()


def _account(options: argparse.Namespace) -> tuple[Account, Control]:
    if options.demo is None:
        return Account(clock=Clock(options.now or EMPTY_SINCE)), Control()
    # Only the demo needs the demo business.
    from standin import demo  # noqa: PLC0415

    return demo.build(options.demo, options.now, options.scale), Control(demo.business_goes_on)


def _moment(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m standin", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=0, help="port to listen on (0: any free one)")
    add("--port-file", type=Path, help="write the port to this file when listening")
    add("--demo", type=int, metavar="SEED", help="serve the demo business (else an empty account)")
    add("--scale", type=float, default=1.0, help="size of the demo business")
    add("--now", type=_moment, help="the account's time, ISO 8601 (default: a fixed day)")
    add("--api-key", action="append", default=[], help="register a full key (may be repeated)")
    add("--latency", type=float, default=0, help="seconds per request")
    add("--rate-limit", type=float, help="requests per second")
    add("--endpoint-rate-limit", type=float, help="requests per second and endpoint")
    add("--concurrency", type=int, help="requests at the same time")
    return parser


if __name__ == "__main__":
    main()
