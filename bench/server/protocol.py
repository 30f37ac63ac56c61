"""As little HTTP/1.1 as a keep-alive client needs."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from email.utils import formatdate
from http import HTTPStatus
from itertools import count

from bench.server.account import PREFIX, Account, Answer
from bench.server.tables import NOW

_END = b"\r\n\r\n"
_DATE = formatdate(NOW, usegmt=True)


class Connection(asyncio.Protocol):
    """One client's connection. Requests are answered in order, `latency` after they came."""

    def __init__(self, account: Account, latency: float, request_ids: count[int]) -> None:
        """Prepare to answer.

        Args:
            account: Knows the answers.
            latency: Seconds from the arrival of a request to its answer.
            request_ids: Numbers of requests.
        """
        self._account = account
        self._latency = latency
        self._request_ids = request_ids
        self._received = b""
        self._waiting: deque[str] = deque()
        self._is_busy = False
        self._write: Callable[[bytes], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the client."""
        if isinstance(transport, asyncio.WriteTransport):
            self._write = transport.write

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (asyncio's name)
        """Nobody is there to be answered."""
        self._write = None

    def data_received(self, data: bytes) -> None:
        """Take in requests: a GET has no body, so each ends with an empty line."""
        self._received += data
        while (end := self._received.find(_END)) >= 0:
            line = self._received[: self._received.index(b"\r\n")]
            self._received = self._received[end + len(_END) :]
            self._waiting.append(line.split(b" ")[1].decode())
        self._go_on()

    def _go_on(self) -> None:
        """Turn to the next request, unless one is being answered."""
        if self._is_busy or not self._waiting:
            return
        self._is_busy = True
        target = self._waiting.popleft()
        answer = self._account.answer(target)
        if self._latency and not target.startswith(PREFIX):
            asyncio.get_running_loop().call_later(self._latency, self._send, answer)
        else:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        if self._write is None:
            return
        lines = [
            f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
            "Content-Type: application/json",
            f"Content-Length: {sum(map(len, answer.body))}",
            f"Date: {_DATE}",
            f"Request-Id: req_{next(self._request_ids):014d}",
            *(f"{name}: {value}" for name, value in answer.headers.items()),
        ]
        self._write(b"".join(("\r\n".join(lines).encode(), _END, *answer.body)))
        self._is_busy = False
        self._go_on()
