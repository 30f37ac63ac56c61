"""Faults on order: the next requests that match one fail in its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from standin.errors import rate_limited

Kind = Literal["error", "body", "html", "truncated", "malformed", "reset", "hang"]
HTML = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass
class Fault:
    """A fault for requests whose path fits ``path`` (``*`` is a wildcard).

    ``where`` looks at the parameters as ``query.parse`` gives them. The first ``skip`` matching
    requests pass, then ``times`` fail (None: all). ``kind``:

    - ``error``: ``status`` with ``body`` as JSON (default: Stripe's error for this status);
    - ``body``: ``status`` with ``text``, whatever that is;
    - ``html``: ``status`` with a page of a proxy, not JSON;
    - ``truncated``: the true answer, cut off halfway through;
    - ``malformed``: half of the true JSON, as if it were whole;
    - ``reset``: the connection is reset; ``hang``: no answer for ``seconds`` (None: ever).
    """

    path: str = "*"
    kind: Kind = "error"
    status: int = 500
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    where: Callable[[Mapping[str, Any]], bool] | None = None
    times: int | None = 1
    skip: int = 0
    seconds: float | None = None
    text: str = ""

    def matches(self, path: str, params: Mapping[str, Any]) -> bool:
        """Whether the fault is meant for this request."""
        return fnmatchcase(path, self.path) and (self.where is None or self.where(params))

    @property
    def json(self) -> Mapping[str, Any]:
        """The error body."""
        if self.body is not None:
            return self.body
        if self.status == 429:
            return rate_limited("global-rate").body
        kind = "api_error" if self.status >= 500 else "invalid_request_error"
        return {"error": {"message": "An error occurred, on order of a test.", "type": kind}}


class Faults:
    """The faults that are on order, first come first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Order a fault. It is counted down in place."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Take all orders back."""
        self._waiting.clear()

    def take(self, path: str, params: Mapping[str, Any]) -> Fault | None:
        """The fault for this request, if any."""
        for fault in self._waiting:
            if not fault.matches(path, params):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
            return fault
        return None
