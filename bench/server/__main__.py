"""Serve until the process is ended; the first line of the output is the address."""

from __future__ import annotations

import argparse
import asyncio
import gc
import itertools
import sys

from bench.server.account import Account
from bench.server.protocol import Connection
from bench.server.tables import KINDS
from standin.limits import Limiter


def main() -> None:
    """Serve what the command line asks for."""
    options = _parser().parse_args()
    sizes = dict.fromkeys(KINDS, options.objects)
    sizes |= {name: int(size) for name, _, size in (text.partition("=") for text in options.table)}
    limiter = Limiter(options.rate_limit, options.endpoint_rate_limit, None)
    account = Account(sizes, options.changed, options.others, limiter)
    gc.disable()  # nothing here makes cycles
    asyncio.run(_serve(account, options.latency))


async def _serve(account: Account, latency: float) -> None:
    request_ids = itertools.count(1)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(account, latency, request_ids), "127.0.0.1", 0, backlog=1024
    )
    host, port = server.sockets[0].getsockname()[:2]
    sys.stdout.write(f"http://{host}:{port}\n")
    sys.stdout.flush()
    await server.serve_forever()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.server", description=__doc__)
    add = parser.add_argument
    add("--objects", type=int, default=0, help="objects in each table")
    add("--table", action="append", default=[], metavar="NAME=N", help="objects in one of them")
    add("--others", type=int, default=0, help="small objects in every other list")
    add("--changed", type=int, default=0, help="objects that changed within the last day")
    add("--latency", type=float, default=0, help="seconds per request")
    add("--rate-limit", type=float, help="requests per second")
    add("--endpoint-rate-limit", type=float, help="requests per second and endpoint")
    return parser


if __name__ == "__main__":
    main()
