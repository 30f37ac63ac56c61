"""A Stripe account: its objects, their history and its keys. Every change writes its event."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from standin import objects
from standin.clock import Clock
from standin.keys import Keyring
from standin.ledger import Ledger, Notice
from standin.v2.resources import Resources

Data = dict[str, Any]


@dataclass(frozen=True)
class Disabled:
    """The answer of a product that isn't switched on."""

    message: str
    status: int = 400


class Account:
    """The state that a ``Server`` answers from.

    Times are unix seconds. The dicts that methods return are the stored objects, without nested
    lists: read them, change them with ``update``. Methods may be called from any thread.
    ``v2`` holds the objects of API v2; ``connected``, by id, the accounts that this one is the
    platform of.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        id: str | None = None,  # noqa: A002 - Stripe's name
        livemode: bool = False,
        event_version: str = "2022-11-15",
        seed: int = 0,
        event_delay: int = 0,
        balance_transaction_delay: int = 0,
        longest_page: int | None = None,
    ) -> None:
        """``event_version`` is the API version of event snapshots.

        The delays are the seconds after ``created`` until such an object can be seen. No list shows
        more than ``longest_page`` objects at once, so that a small account has many pages, too.
        """
        self.clock = clock
        self.livemode = livemode
        self.lock = threading.RLock()
        self.ledger = Ledger(clock, seed, event_version, livemode=livemode)
        self.disabled: dict[str, Disabled] = {}
        self.delays = {"event": event_delay, "balance_transaction": balance_transaction_delay}
        self.longest_page = longest_page
        self.keyring = Keyring()
        self.connected: dict[str, Account] = {}
        ids = self.ledger.ids
        self.v2 = Resources(
            clock, ids, self.lock, self.delays, livemode=livemode, longest_page=longest_page
        )
        self.secret_key = ids.make("sk_live_" if livemode else "sk_test_", 32)
        self.keyring.add(self.secret_key, None, ())
        self.id = id or ids.make("acct_", 16)
        self.create("account", id=self.id, platform=True, silent=True)

    def create(
        self,
        object_name: str,
        /,
        *,
        id: str | None = None,  # noqa: A002 - Stripe's name
        created: int | None = None,
        parent: str | Data | None = None,
        silent: bool = False,
        event: str | None = None,
        events: Iterable[str] = (),
        **fields: Any,
    ) -> Data:
        """Add an object; its other fields become null or empty. Writes the ``created`` event.

        A nested list's members may be given as hashes under its field, e.g.
        ``create("subscription", items=[{"price": …}], …)``. Alone, a member names its ``parent`` by
        id (or by the field that points to it), and its parent's event is written. A recurring price
        brings its plan. Raises ValueError for what the official types don't know.
        """
        if object_name == "plan":
            raise ValueError("a plan comes with its recurring price: create the price")
        with self.lock:
            ownerless = not self.ledger.facts.owners_of(object_name)
            if parent is not None and (ownerless or isinstance(parent, dict)):
                fields["parent"], parent = parent, None  # a field that some objects have
            known = self.ledger.facts.object(object_name)
            own = [field for field, n in known.nested.items() if field in fields and not n.by]
            lists = {field: fields.pop(field) for field in own}
            time = created if created is not None else fields.get(known.time, self.clock.now())
            row = self.ledger.new_row(object_name, id, time, parent, fields)
            notice = Notice(time, _named(event, events), silent)
            with self.ledger.arrival(row, notice):
                self.ledger.put(row)
                for field, members in lists.items():
                    nested = known.nested[field]
                    for member in members:
                        tied = {"created": time, **member, nested.link or nested.kept_as: row.id}
                        kind = tied.pop("object", nested.objects[0])
                        self.create(kind, silent=silent, **tied)
            if object_name == "price":
                self.ledger.sync_plan(row, replace(notice, types=()))
            return row.data

    def update(
        self,
        row_id: str,
        /,
        *,
        silent: bool = False,
        event: str | None = None,
        events: Iterable[str] = (),
        at: int | None = None,
        **changes: Any,
    ) -> Data:
        """Change fields of an object and write its event (or the named one, or several).

        Without a name the event is the object's ``updated``, if it has one and something changed;
        for a member of a nested list it is its parent's. ``at`` is the event's time (default: now).
        """
        with self.lock:
            row = self.ledger.store.get(row_id)
            known = self.ledger.facts.object(row.object)
            shadow = {name: changes.pop(name) for name in known.shadow if name in changes}
            if pages := set(changes) & set(known.nested):
                raise ValueError(f"change the members of {', '.join(pages)}, not the list")
            checked = objects.check(row.object, changes)
            time = self.clock.now() if at is None else at
            if row.object == "product":
                checked.setdefault("updated", time)
            new = replace(row, data={**row.data, **checked}, shadow={**row.shadow, **shadow})
            notice = Notice(time, _named(event, events), silent)
            with self.ledger.change(row, notice):
                self.ledger.put(new)
            if row.object == "price":
                self.ledger.sync_plan(new, replace(notice, types=()))
            return new.data

    def delete(
        self,
        row_id: str,
        /,
        *,
        silent: bool = False,
        event: str | None = None,
        at: int | None = None,
    ) -> None:
        """Delete an object (with all that belongs to it) and write its event.

        Raises ValueError for objects that Stripe never deletes: a canceled subscription is
        ``update(id, status="canceled", event="customer.subscription.deleted")``.
        """
        with self.lock:
            row = self.ledger.store.get(row_id)
            known = self.ledger.facts.object(row.object)
            status = row.data.get("status")
            if not known.deletable or (row.object == "invoice" and status != "draft"):
                raise ValueError(f"a {row.object} (status {status}) can't be deleted")
            time = self.clock.now() if at is None else at
            self.ledger.remove(row, Notice(time, _named(event), silent))
            plan = self.ledger.store.table("plan").rows.get(row_id)
            if row.object == "price" and plan is not None:
                self.ledger.remove(plan, Notice(time, silent=silent))

    def remove_child(
        self,
        row_id: str,
        /,
        *,
        silent: bool = False,
        event: str | None = None,
        at: int | None = None,
    ) -> None:
        """Take a member out of its parent's nested list; the parent's event shows the old list."""
        if not self.ledger.has_parent(self.ledger.store.get(row_id)):
            raise ValueError(f"{row_id} belongs to no other object")
        self.delete(row_id, silent=silent, event=event, at=at)

    @contextmanager
    def changing(
        self,
        row_id: str,
        /,
        *,
        silent: bool = False,
        event: str | None = None,
        events: Iterable[str] = (),
        at: int | None = None,
    ) -> Iterator[None]:
        """Make several changes to an object and the members of its lists into one event.

        ``with account.changing("sub_1"): …`` writes one ``customer.subscription.updated`` at the
        end, with everything that changed in ``previous_attributes``; the changes inside write none.
        """
        with self.lock:
            row = self.ledger.store.get(row_id)
            time = self.clock.now() if at is None else at
            with self.ledger.change(row, Notice(time, _named(event, events), silent)):
                yield

    def emit(
        self,
        event_type: str,
        obj: Data,
        previous_attributes: Data | None = None,
        created: int | None = None,
    ) -> Data | None:
        """Write an event by hand about a stored object, or about any other hash.

        Returns the event, or None when its time is already past retention.
        """
        with self.lock:
            feed = self.ledger.feed
            row = self.ledger.store.table(str(obj.get("object"))).rows.get(str(obj.get("id")))
            shown = feed.snapshot(row) if row else feed.old_version(obj)
            time = self.clock.now() if created is None else created
            return feed.write(event_type, shown, previous_attributes, time)

    def get(self, row_id: str, object_name: str | None = None) -> Data:
        """A live object. Raises KeyError. A price wins over the plan with the same id."""
        with self.lock:
            return self.ledger.store.get(row_id, object_name).data

    def all(self, object_name: str) -> list[Data]:
        """All live objects of a kind, oldest first."""
        with self.lock:
            table = self.ledger.store.table(object_name)
            return [table.rows[key.id].data for key in table.order()]

    def children(self, row_id: str, field: str) -> list[Data]:
        """The members of a nested list, e.g. ``children("in_1", "lines")``, in the list's order."""
        with self.lock:
            row = self.ledger.store.get(row_id)
            nested = self.ledger.facts.object(row.object).nested[field]
            return [member.data for member in self.ledger.renderer.members(nested, row_id)]

    @property
    def permissions(self) -> Mapping[str, str]:
        """What a restricted key may be allowed, with its label for people."""
        return {**self.ledger.facts.permissions, **self.v2.facts.permissions}

    def add_key(
        self, secret: str, permissions: Iterable[str] | None = None, *, connect: bool = True
    ) -> None:
        """Register a key; with ``permissions`` (e.g. ``customer_read``) it is a restricted one.

        A restricted key without ``connect`` may do nothing for connected accounts.
        """
        self.keyring.add(secret, permissions, self.permissions, connect=connect)

    def expire_key(self, secret: str) -> None:
        """From now on the key is refused as expired."""
        self.keyring.expire(secret)

    def connect(self, other: Account) -> None:
        """Become the platform of another account: this one's keys may act for it from now on."""
        with self.lock:
            self.connected[other.id] = other
            created = other.get(other.id)["created"]
            self.create("account", id=other.id, created=created, silent=True)

    def disconnect(self, account_id: str) -> None:
        """Lose an account: it has revoked the platform's access."""
        with self.lock:
            del self.connected[account_id]
            self.delete(account_id, silent=True)

    def bar_key(self, secret: str) -> None:
        """From now on the key is refused because of the address that the request comes from."""
        self.keyring.bar(secret)

    def disable(self, path: str, message: str, *, status: int = 400) -> None:
        """Switch a product off: every request under this path gets this answer."""
        self.disabled[path] = Disabled(message, status)

    def enable(self, path: str) -> None:
        """Switch a product on again."""
        del self.disabled[path]


def _named(event: str | None, events: Iterable[str] = ()) -> list[str]:
    return [*events] or ([event] if event else [])
