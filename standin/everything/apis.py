"""The two APIs of an account, used alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from standin import official
from standin.account import Account
from standin.event_names import ANY
from standin.store import Row, Store
from standin.v2.facts import EVENT
from standin.v2.include import shown
from standin.v2.times import milliseconds

Data = dict[str, Any]
Turns = Mapping[str, tuple[Any, ...]]
_IDENTITY = frozenset({"id", "object", "livemode"})
_JSON = frozenset({"true", "false", "null"})  # how facts write values that aren't text


class Api(Protocol):
    """Objects of one API version. Times are unix seconds."""

    store: Store
    event: str
    """The kind of object that its events are."""

    def create(self, kind: str, time: int, fields: Mapping[str, Any], *, silent: bool) -> Data:
        """Add an object; ``parent`` among the fields names a parent that it doesn't show."""

    def update(self, row: Row, changes: Mapping[str, Any], event: str | None = None) -> None:
        """Change fields, with this event or the one that Stripe has for it, if any."""

    def delete(self, row: Row) -> None:
        """Delete an object, with the event that Stripe has for it, if any."""

    def deletable(self, row: Row) -> bool:
        """Whether Stripe deletes such objects."""

    def tells_edits(self, kind: str) -> bool:
        """Whether an event tells when such an object is edited."""

    def turns(self, kind: str) -> Turns:
        """The values, by field, of which an event tells when the field turns to them.

        Without values: an event tells of any change of this field.
        """

    def prefix(self, kind: str) -> str:
        """What the ids of a kind begin with."""

    def set_by_stripe(self, kind: str) -> frozenset[str]:
        """The fields that nobody gives: ids, times of creation."""

    def unseen(self, kind: str) -> frozenset[str]:
        """The fields that are sent only if asked for."""

    def remember(self, row: Row, time: int) -> bool:
        """Write an event of a past time about an object, if Stripe has one for edits of it."""

    def shown(self, row: Row) -> Data:
        """An object as a list shows it."""


class V1:
    """API v1 of an account."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._facts = account.ledger.facts
        self.store = account.ledger.store
        self.event = "event"

    def create(self, kind: str, time: int, fields: Mapping[str, Any], *, silent: bool) -> Data:
        """See ``Api``."""
        return self._account.create(kind, created=time, silent=silent, **fields)

    def update(self, row: Row, changes: Mapping[str, Any], event: str | None = None) -> None:
        """See ``Api``."""
        self._account.update(row.id, event=event, **changes)

    def delete(self, row: Row) -> None:
        """See ``Api``."""
        self._account.delete(row.id)

    def deletable(self, row: Row) -> bool:
        """See ``Api``; only drafts of invoices are."""
        draft = row.object != "invoice" or row.data["status"] == "draft"
        return self._facts.object(row.object).deletable and draft

    def tells_edits(self, kind: str) -> bool:
        """See ``Api``; a parent that always shows a member tells of it."""
        lists = [nested for _, nested in self._facts.holders_of(kind) if not nested.by]
        told_by_parent = any(not nested.expand for nested in lists)
        return told_by_parent or self._facts.object(kind).event("updated") is not None

    def turns(self, kind: str) -> Turns:
        """See ``Api``."""
        known = self._facts.object(kind)
        declared = {
            path: tuple(json.loads(v) if v in _JSON else v for v in told if v != ANY)
            for path, told in known.turns.items()
            if "." not in path
        }
        status = official.fields(official.object_class(kind)).get("status")
        named = [v for v in status.literals if known.event(v)] if status else []
        statuses = (*declared.get("status", ()), *named)
        return {**declared, "status": statuses} if statuses else declared

    def prefix(self, kind: str) -> str:
        """See ``Api``."""
        return self._facts.object(kind).prefix

    def set_by_stripe(self, kind: str) -> frozenset[str]:
        """See ``Api``."""
        return _IDENTITY | {self._facts.object(kind).time}

    def unseen(self, kind: str) -> frozenset[str]:
        """See ``Api``."""
        return frozenset(self._facts.object(kind).expand_only)

    def remember(self, row: Row, time: int) -> bool:
        """See ``Api``."""
        event = self._facts.object(row.object).event("updated")
        return event is not None and bool(self._account.emit(event, row.data, {}, time))

    def shown(self, row: Row) -> Data:
        """See ``Api``."""
        return self._account.ledger.renderer.render(row)


class V2:
    """API v2 of an account."""

    def __init__(self, account: Account) -> None:
        self._resources = account.v2
        self.store = account.v2.store
        self.event = EVENT

    def create(self, kind: str, time: int, fields: Mapping[str, Any], *, silent: bool) -> Data:
        """See ``Api``."""
        return self._resources.create(kind, created=time, silent=silent, **fields)

    def update(self, row: Row, changes: Mapping[str, Any], event: str | None = None) -> None:
        """See ``Api``."""
        self._resources.update(row.id, events=[event] if event else (), **changes)

    def delete(self, row: Row) -> None:
        """See ``Api``."""
        self._resources.delete(row.id)

    def deletable(self, row: Row) -> bool:
        """See ``Api``."""
        return self._resources.facts.object(row.object).deletable

    def tells_edits(self, kind: str) -> bool:
        """See ``Api``."""
        return self._resources.facts.object(kind).event("updated") is not None

    def turns(self, kind: str) -> Turns:
        """See ``Api``."""
        watched = self._resources.facts.object(kind).watch
        return {w.path[0]: tuple(w.types) for w in watched if w.types and len(w.path) == 1}

    def prefix(self, kind: str) -> str:
        """See ``Api``."""
        return self._resources.facts.object(kind).prefix

    def set_by_stripe(self, kind: str) -> frozenset[str]:
        """See ``Api``."""
        return _IDENTITY | {"created", *self._resources.facts.object(kind).times}

    def unseen(self, kind: str) -> frozenset[str]:
        """See ``Api``."""
        return frozenset(self._resources.facts.object(kind).hidden)

    def remember(self, row: Row, time: int) -> bool:
        """See ``Api``."""
        known = self._resources.facts.object(row.object)
        event = known.event("updated")
        if event is not None:
            self._resources.feed.write([event], known, row.data, milliseconds(time))
        return event is not None

    def shown(self, row: Row) -> Data:
        """See ``Api``."""
        return shown(self._resources.store, self._resources.facts.object(row.object), row)


class Apis:
    """Both of them, by the kind of object."""

    def __init__(self, account: Account) -> None:
        self.v1 = V1(account)
        self.v2 = V2(account)

    def of(self, kind: str) -> Api:
        """The API that has these objects."""
        return self.v2 if kind.startswith("v2.") else self.v1

    def rows(self, kind: str) -> list[Row]:
        """All live objects of a kind, oldest first."""
        table = self.of(kind).store.table(kind)
        return [table.rows[key.id] for key in table.order()]
