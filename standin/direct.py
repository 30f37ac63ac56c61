"""The API without a network: a call in, an answer out, in the caller's thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlsplit

from standin import query
from standin.api import Answer, Question
from standin.desk import Desk

BREAKS = frozenset({"truncated", "reset", "hang"})


class LineError(Exception):
    """A fault on order broke the transfer."""


class Direct:
    """Asks a server's desk directly, for tests that can't afford a network."""

    def __init__(self, desk: Desk, headers: Mapping[str, str]) -> None:
        """``headers`` go with every request."""
        self._desk = desk
        self._headers = {name.lower(): value for name, value in headers.items()}

    def get(self, path: str, params: Iterable[tuple[str, str]] = ()) -> Answer:
        """Send a GET request. Raises LineError where a fault breaks the transfer."""
        address = urlsplit(path)
        pairs = [*parse_qsl(address.query, keep_blank_values=True), *params]
        question = Question("GET", address.path, self._headers, query.parse(pairs))
        request = self._desk.take(question)
        fault = self._desk.fault(request)
        if fault is not None and fault.kind in BREAKS:
            raise LineError(fault.kind)
        answer = self._desk.answer(question, fault)
        request.status = answer.status
        headers = {**self._desk.headers(request), **answer.headers}
        return Answer(answer.status, answer.body, headers)
