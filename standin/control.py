"""The stand-in's own endpoints under ``/_standin/``: to move time and business, and to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

import orjson
from aiohttp import web

from standin.account import Account

PREFIX = "/_standin/"


class Served(Protocol):
    """What control needs to know of a server."""

    @property
    def account(self) -> Account:
        """The account that it serves."""

    @property
    def requests(self) -> Sequence[Any]:
        """Its log."""

    def clear(self) -> None:
        """Empty the log."""


class Control:
    """Answers ``GET stats`` and ``POST clear``, ``POST advance``, ``POST business``.

    ``business`` lets the account's business go on for a number of days.
    """

    def __init__(self, business: Callable[[Account, int], object] | None = None) -> None:
        self._business = business

    async def handle(self, http: web.BaseRequest, server: Served) -> web.Response:
        """The answer to a request under ``PREFIX``."""
        order = f"{http.method} {http.path.removeprefix(PREFIX)}"
        body = await http.read()
        given: Mapping[str, Any] = orjson.loads(body) if body else {}
        account = server.account
        if order == "POST clear":
            server.clear()
        elif order == "POST advance":
            account.clock.advance(int(given["seconds"]))
        elif order == "POST business" and self._business is not None:
            with account.lock:
                self._business(account, int(given["days"]))
        elif order != "GET stats":
            return web.json_response({"error": f"no such order: {order}"}, status=404)
        return web.json_response(_stats(server))


def _stats(server: Served) -> dict[str, Any]:
    requests = server.requests
    return {
        "account": server.account.id,
        "api_key": server.account.secret_key,
        "now": server.account.clock.now(),
        "requests": len(requests),
        "by_operation": Counter(request.operation for request in requests),
        "by_status": Counter(str(request.status) for request in requests),
    }
