"""The desk that every actor of the demo business works at: account, clock, dice and diary."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

from standin import Account, Clock
from standin.demo.deeds.book import Book, Deed, Entry

Obj = Mapping[str, Any]
"""An object of the account in its stored form (read-only)."""


class Diary:
    """Things to do at a time, done in order of time and then of entry."""

    def __init__(self) -> None:
        self._entries: list[tuple[int, int, Callable[[], None]]] = []
        self._written = 0

    def enter(self, at: int, action: Callable[[], None]) -> None:
        """Note an action for a moment in Unix seconds."""
        heapq.heappush(self._entries, (at, self._written, action))
        self._written += 1

    def work_until(self, end: int, clock: Clock) -> None:
        """Do all that is due by ``end``, moving the clock along; what is overdue comes at once.

        Raises ValueError when ``end`` lies in the clock's past.
        """
        if end < clock.now():
            raise ValueError(f"the clock already shows {clock.now()}, later than {end}")
        while self._entries and self._entries[0][0] <= end:
            at, _, action = heapq.heappop(self._entries)
            clock.set(max(at, clock.now()))
            action()
        clock.set(end)


class Desk:
    """Writes to the account in the business's name.

    Changes made before ``quiet_until`` leave no events: Stripe keeps 30 days of them, so older
    ones would be written only to be thrown away. ``book`` is the business's own ledger.
    """

    def __init__(
        self, account: Account, rng: Random, book: Book | None = None, quiet_until: int = 0
    ) -> None:
        self.account = account
        self.rng = rng
        self.diary = Diary()
        self.book: Book = [] if book is None else book
        self.quiet_until = quiet_until

    @property
    def now(self) -> int:
        """The account's time in Unix seconds."""
        return self.account.clock.now()

    @property
    def _quiet(self) -> bool:
        return self.now < self.quiet_until

    def at(self, moment: int, action: Callable[..., None], *args: Any) -> None:
        """Enter an action with its arguments into the diary."""
        self.diary.enter(moment, lambda: action(*args))

    def note(self, deed: Deed) -> None:
        """Write down in the ledger what is done now."""
        self.book.append(Entry(self.now, deed))

    def get(self, object_id: str) -> Obj:
        """The present form of an object; raises KeyError when it was deleted."""
        return self.account.get(object_id)

    def find(self, object_id: str) -> Obj | None:
        """The present form of an object, or None when it was deleted."""
        try:
            return self.account.get(object_id)
        except KeyError:
            return None

    def all(self, kind: str) -> list[Obj]:
        """Every object of a kind that still exists, oldest first."""
        return list(self.account.all(kind))

    def children(self, object_id: str, field: str) -> list[Obj]:
        """The members of an object's nested list, all of them, in the list's order."""
        return list(self.account.children(object_id, field))

    def create(self, kind: str, *, silent: bool = False, **fields: Any) -> Obj:
        """Create an object; ``silent`` where Stripe, or the caller later, announces it."""
        return self.account.create(kind, silent=silent or self._quiet, **fields)

    def change(self, object_id: str, *events: str, silent: bool = False, **changes: Any) -> Obj:
        """Change fields of an object; announced by its ``.updated`` event unless named."""
        quiet = silent or self._quiet
        return self.account.update(object_id, silent=quiet, events=events, **changes)

    @contextmanager
    def changing(self, object_id: str) -> Iterator[None]:
        """Make changes to an object and its members that one event announces."""
        with self.account.changing(object_id, silent=self._quiet):
            yield

    def delete(self, object_id: str) -> None:
        """Delete an object, with its event where Stripe has one."""
        self.account.delete(object_id, silent=self._quiet)

    def remove_child(self, child_id: str) -> None:
        """Take a member out of its parent's list; the parent's event tells of it."""
        self.account.remove_child(child_id, silent=self._quiet)

    def announce(self, event: str, obj: Obj) -> None:
        """Write an event about an object in its present form."""
        if not self._quiet:
            self.account.emit(event, dict(obj))
