"""Where requests come in, whichever way: they are written down, and answered or made to fail."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

import orjson

from standin.account import Account
from standin.api import Answer, Api, Question
from standin.faults import HTML, Fault, Faults
from standin.ids import Ids
from standin.watch import watch

KEPT_HEADERS = ("idempotency-key", "stripe-account", "stripe-version", "user-agent")


@dataclass
class Request:
    """What a client asked, and the status that it got (None: no whole answer).

    ``operation`` is the endpoint's pattern, ``at`` seconds of ``time.monotonic``; ``headers`` holds
    a few by lower-case name, and never the key.
    """

    method: str
    path: str
    params: Mapping[str, Any]
    headers: Mapping[str, str]
    authorized: bool
    operation: str
    at: float
    status: int | None = None


Callback = Callable[[Request], None]


class Desk:
    """Answers for an account; ``requests`` is the log, ``faults`` the faults on order.

    Requests may come from many threads.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.requests: list[Request] = []
        self.faults = Faults()
        self.callbacks: list[Callback] = []
        self._api = Api(account)
        self._request_ids = Ids(seed=0)

    def take(self, question: Question) -> Request:
        """Write a request down."""
        headers = question.headers
        watch(question, self.account.keyring.keys)
        request = Request(
            method=question.method,
            path=question.path,
            params=question.params,
            headers={name: headers[name] for name in KEPT_HEADERS if name in headers},
            authorized="authorization" in headers,
            operation=self._api.operation(question.path),
            at=time.monotonic(),
        )
        self.requests.append(request)
        return request

    def fault(self, request: Request) -> Fault | None:
        """Tell whoever listens of a request; the fault that is on order for it, if any."""
        with self.account.lock:
            for callback in list(self.callbacks):
                callback(request)
            return self.faults.take(request.path, request.params)

    def answer(self, question: Question, fault: Fault | None = None) -> Answer:
        """The answer, or what a fault makes of it; a broken transfer is up to the way it takes."""
        if fault is not None and fault.kind == "error":
            return Answer(fault.status, orjson.dumps(fault.json), fault.headers)
        if fault is not None and fault.kind == "body":
            return Answer(fault.status, fault.text.encode(), fault.headers)
        if fault is not None and fault.kind == "html":
            return Answer(fault.status, HTML, {"Content-Type": "text/html", **fault.headers})
        answer = self._api.answer(question)
        if fault is not None and fault.kind == "malformed":
            return Answer(answer.status, answer.body[: len(answer.body) // 2])
        return answer

    def headers(self, request: Request) -> dict[str, str]:
        """The headers that every answer has."""
        default = self.account.ledger.feed.version
        return {
            "Content-Type": "application/json",
            "Date": formatdate(self.account.clock.now(), usegmt=True),
            "Request-Id": self._request_ids.make("req_", 14),
            "Stripe-Version": request.headers.get("stripe-version", default),
        }
