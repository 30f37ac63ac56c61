"""Tables of any length that take no room: what object n is, follows from n."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from bench.server.objects import ObjectKind, Printer

NOW = 1793523600
"""2026-11-01T09:00:00Z, the time of the account."""
_SECONDS = 2 * 365 * 86_400
_NEWEST = NOW - 900
_TIE = 10
"""Every so manieth object was created in the second of the one before."""

KINDS: Mapping[str, ObjectKind] = {
    "customers": ObjectKind("customer", "cus_", 1_200),
    "charges": ObjectKind("charge", "ch_", 3_500),
    "invoices": ObjectKind("invoice", "in_", 5_000),
    "subscriptions": ObjectKind("subscription", "sub_", 4_000),
    "balance_transactions": ObjectKind("balance_transaction", "txn_", 800),
}


@dataclass(frozen=True)
class Ask:
    """What one request asks of a list, newest first."""

    limit: int = 10
    since: int | None = None
    """Only objects created at or after this time."""
    until: int | None = None
    """Only objects created at or before this time."""
    after: str | None = None
    """Only what follows the object with this id."""


class Table:
    """One list of objects, oldest at 0, evenly spread over the last years."""

    def __init__(self, path: str, kind: ObjectKind, size: int) -> None:
        """Prepare to print.

        Args:
            path: Where the list is asked for.
            kind: What its objects are.
            size: How many there are.
        """
        self.kind = kind
        self.size = size
        self._printer = Printer(kind)
        self._head = b'{"object":"list","url":"%s","has_more":' % path.encode()

    def created(self, number: int) -> int:
        """When an object was created, in seconds since the epoch."""
        place = number - (number % _TIE == _TIE - 1)
        return _NEWEST - (self.size - 1 - place) * _SECONDS // self.size

    def before(self, time: int) -> int:
        """How many objects were created before a time."""
        return bisect_left(range(self.size), time, key=self.created)

    def parts(self, number: int) -> list[bytes]:
        """One object as JSON, in pieces."""
        return self._printer.parts(number, self.created(number))

    def find(self, id_: str) -> list[bytes] | None:
        """The object with an id, likewise; None if there is none."""
        number = self.kind.number(id_)
        return self.parts(number) if number is not None and number < self.size else None

    def page(self, ask: Ask) -> tuple[list[bytes], int]:
        """One page as JSON, likewise, and how many objects it has."""
        oldest = 0 if ask.since is None else self.before(ask.since)
        end = self.size
        if ask.until is not None:
            end = bisect_right(range(self.size), ask.until, key=self.created)
        after = None if ask.after is None else self.kind.number(ask.after)
        if after is not None:
            end = min(end, after)
        start = max(oldest, end - ask.limit)
        page = [self._head, b"true" if start > oldest else b"false", b',"data":[']
        comma = b""
        for number in range(end - 1, start - 1, -1):
            page += (comma, *self.parts(number))
            comma = b","
        page.append(b"]}")
        return page, max(end - start, 0)
