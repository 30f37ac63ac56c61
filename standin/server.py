"""The HTTP server: Stripe's API on a local port, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from types import TracebackType

from aiohttp import web
from typing_extensions import Self

from standin import query
from standin.account import Account
from standin.api import Answer, Question, refusal
from standin.control import PREFIX, Control
from standin.desk import Callback, Desk, Request
from standin.errors import ApiError
from standin.faults import HTML
from standin.limits import Limiter

LONGEST_URL = 16 * 1024  # characters
FOREVER = 24 * 3600.0  # seconds


class Server:
    """Serves an account; use it as a context manager, or ``start`` and ``stop`` it.

    ``latency`` is in seconds per request, the rates are requests per second; each connected account
    has limits of its own. ``requests`` is the log, ``faults`` the faults on order.
    """

    def __init__(
        self,
        account: Account,
        *,
        latency: float = 0,
        rate_limit: float | None = None,
        endpoint_rate_limit: float | None = None,
        concurrency: int | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        control: Control | None = None,
    ) -> None:
        self.account = account
        self.latency = latency
        self.desk = Desk(account)
        self.requests = self.desk.requests
        self.faults = self.desk.faults
        self.url = ""
        self._limits = (rate_limit, endpoint_rate_limit, concurrency)
        self._limiters: dict[str, Limiter] = {}
        self._control = control
        self._address = (host, port)
        self._loop = asyncio.new_event_loop()
        self._runner: web.ServerRunner | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Listen; ``url`` is set when this returns."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    def stop(self) -> None:
        """Close all connections and stop listening."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def clear(self) -> None:
        """Forget the requests so far."""
        self.requests.clear()

    def on_request(self, callback: Callback) -> None:
        """Call this before each request is answered; it may change the account.

        It runs in the server's thread: it must not send requests to this server.
        """
        self.desk.callbacks.append(callback)

    def forget(self, callback: Callback) -> None:
        """Call this no more."""
        self.desk.callbacks.remove(callback)

    async def _listen(self) -> None:
        http = web.Server(self._handle, access_log=None, max_line_size=4 * LONGEST_URL)
        self._runner = web.ServerRunner(http, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, *self._address, backlog=1024)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def _close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        # Requests that hang by order outlive their connections.
        hanging = asyncio.all_tasks() - {asyncio.current_task()}
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)

    async def _handle(self, http: web.BaseRequest) -> web.StreamResponse:
        if self._control is not None and http.path.startswith(PREFIX):
            return await self._control.handle(http, self)
        if len(http.path_qs) > LONGEST_URL:
            return web.Response(status=414, body=HTML, content_type="text/html")
        question = Question(
            http.method,
            http.rel_url.raw_path,
            {name.lower(): value for name, value in http.headers.items()},
            query.parse(http.query.items()),
        )
        request = self.desk.take(question)
        limiter = self._limiter(request)
        try:
            limiter.enter(request.operation)
        except ApiError as error:
            return self._respond(request, refusal(error))
        try:
            if self.latency:
                await asyncio.sleep(self.latency)
            fault = self.desk.fault(request)
            if fault is not None and fault.kind == "hang":
                await asyncio.sleep(FOREVER if fault.seconds is None else fault.seconds)
            answer = self.desk.answer(question, fault)
            if fault is not None and fault.kind == "truncated":
                return await self._cut_off(http, request, answer)
            if fault is not None and fault.kind == "reset":
                return _reset(http)
            return self._respond(request, answer)
        finally:
            limiter.leave()

    def _limiter(self, request: Request) -> Limiter:
        """The limits of the account that a request is for."""
        account = request.headers.get("stripe-account", self.account.id)
        return self._limiters.setdefault(account, Limiter(*self._limits))

    def _respond(self, request: Request, answer: Answer) -> web.Response:
        request.status = answer.status
        headers = {**self.desk.headers(request), **answer.headers}
        return web.Response(body=answer.body, status=answer.status, headers=headers)

    async def _cut_off(
        self, http: web.BaseRequest, request: Request, answer: Answer
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=answer.status, headers=self.desk.headers(request))
        response.content_length = len(answer.body)
        await response.prepare(http)
        await response.write(answer.body[: len(answer.body) // 2])
        if http.transport is not None:
            http.transport.close()
        return response


def _reset(http: web.BaseRequest) -> web.StreamResponse:
    """Close the connection so that the client sees a reset, not an end."""
    if http.transport is not None:
        connection: socket.socket = http.transport.get_extra_info("socket")
        no_linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_linger)
        http.transport.abort()
    return web.Response()
