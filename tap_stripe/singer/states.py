"""One Singer state for many accounts.

Every account has a state of its own, as `tap_stripe.singer.bookmark` describes it. That of the
key's own account is the Singer state itself; those of connected accounts stand within it, stream
by stream, because some targets keep a state stream by stream:

    {"bookmarks": {"customers": {"replication_key_value": "2026-10-28T09:00:00Z", ...,
        "accounts": [{"ids": ["acct_1", "acct_2"], "bookmark": {...}}, ...]}}}

Accounts with equal bookmarks share an entry, and after a run that ended well most are equal: a
thousand accounts in ninety tables take 2 MB instead of 20. It is a list because Meltano, where it
merges two states, puts a later list in the place of an earlier one, but mixes dictionaries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from tap_stripe.singer.bookmark import complete_versions, versions

State = dict[str, Any]
ACCOUNTS = "accounts"


class States:
    """The states of all accounts. Not thread-safe: the writing thread has it."""

    def __init__(self, state: State) -> None:
        """Take a Singer state apart.

        Args:
            state: The tap's state; what it says of connected accounts is moved out of it.
        """
        self.own = state
        """The state of the key's own account."""
        self._resting: dict[str, dict[str, bytes]] = {}
        """By stream and account: bookmarks that nobody moves now, encoded."""
        self._moving: dict[str, State] = {}
        for stream, bookmark in state.setdefault("bookmarks", {}).items():
            for entry in bookmark.pop(ACCOUNTS, ()):
                encoded = _encode(entry["bookmark"])
                self._resting.setdefault(stream, {}).update(dict.fromkeys(entry["ids"], encoded))

    @property
    def connected(self) -> set[str]:
        """The ids of the connected accounts that there are bookmarks of."""
        return {*self._moving, *(id_ for ids in self._resting.values() for id_ in ids)}

    def take(self, account: str) -> State:
        """The state of a connected account, to be moved on; `put_back` when that is done."""
        bookmarks = {
            stream: orjson.loads(by_account.pop(account))
            for stream, by_account in self._resting.items()
            if account in by_account
        }
        self._moving[account] = {"bookmarks": bookmarks}
        return self._moving[account]

    def put_back(self, account: str) -> None:
        """The state of a connected account is as it stays."""
        for stream, bookmark in self._moving.pop(account)["bookmarks"].items():
            self._resting.setdefault(stream, {})[account] = _encode(bookmark)

    def value(self) -> State:
        """The Singer state of all accounts as it is now."""
        if not self._resting and not self._moving:
            return self.own
        own: State = self.own["bookmarks"]
        moving = [state["bookmarks"] for state in self._moving.values()]
        streams = dict.fromkeys(name for names in (own, self._resting, *moving) for name in names)
        bookmarks = {}
        for stream in streams:
            bookmarks[stream] = dict(own.get(stream, {}))
            if entries := list(self._entries(stream)):
                bookmarks[stream][ACCOUNTS] = entries
        return {**self.own, "bookmarks": bookmarks}

    def newest_version(self, stream: str) -> int:
        """The highest version that any account's rows of a table have; 0: there are none."""
        return max((v for b in self._bookmarks(stream) for v in versions(b)), default=0)

    def oldest_version(self, stream: str) -> int:
        """The version that every account's rows have reached; 0: not all are read.

        Rows of older versions are gone in Stripe, whichever account they are of. An account that
        could not be read, or is no longer read at all, stays at its version and so keeps its rows.
        """
        return min((v for b in self._bookmarks(stream) for v in complete_versions(b)), default=0)

    def _bookmarks(self, stream: str) -> Iterator[State]:
        """A table's bookmarks of all accounts; equal ones come once."""
        states = (self.own, *self._moving.values())
        yield from (s["bookmarks"][stream] for s in states if stream in s["bookmarks"])
        yield from map(orjson.loads, set(self._resting.get(stream, {}).values()))

    def _entries(self, stream: str) -> Iterator[State]:
        """What a table's bookmark says of connected accounts."""
        ids: dict[bytes, list[str]] = {}
        for account, encoded in self._resting.get(stream, {}).items():
            ids.setdefault(encoded, []).append(account)
        yield from ({"ids": ids[e], "bookmark": orjson.loads(e)} for e in ids)
        for account, state in self._moving.items():
            if stream in state["bookmarks"]:
                yield {"ids": [account], "bookmark": state["bookmarks"][stream]}


def _encode(bookmark: State) -> bytes:
    return orjson.dumps(bookmark, option=orjson.OPT_SORT_KEYS)
