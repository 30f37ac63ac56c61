"""Objects that change without an event, and how their tables still stay in step.

Each strategy keeps a small note in the stream's bookmark (`open`) about the objects that may
still change, and looks at those again in the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, ClassVar, Protocol

import orjson

from tap_stripe.singer.messages import encode
from tap_stripe.times import DAY

Object = Mapping[str, Any]
Note = Any
"""What a strategy keeps in the bookmark; plain JSON."""
Mark = Any
"""What a strategy notes of one object."""


class Silent(Protocol):
    """How a table finds changes that no event announces."""

    @property
    def change_class(self) -> str:
        """Name of the strategy, see `ChangeClass`."""

    @property
    def of_parts(self) -> bool:
        """Whether what tables cut out of the objects may change as silently."""

    @property
    def filter(self) -> tuple[str, str] | None:
        """The filter by which the list shows just the open objects, if it has one."""

    def read_from(self, note: Note, created: int | None) -> int | None:
        """Where the reading of new objects must begin to meet the open ones again."""

    def send_again(self, stripe_object: Object, note: Note) -> bool:
        """Whether an object that was sent before is to be sent once more."""

    def look_up(self, note: Note, now: int) -> Iterable[str]:
        """Ids of objects to look at again."""

    def mark(self, stripe_object: Object) -> Mark | None:
        """What is to be noted of an object just read; None: nothing."""

    def note(self, marks: Sequence[Mark]) -> Note:
        """A note of what was marked; None where nothing was."""

    def join(self, one: Note, other: Note) -> Note:
        """One note that says what both say."""


@dataclass(frozen=True)
class PendingTail:
    """Objects that settle silently at a time known from their creation.

    Balance transactions go from `pending` to `available` on `available_on`, and nothing else of
    them ever changes. So the table is read again from the oldest one that was pending, and sent
    again are those that have settled and whose `available_on` is among the ones noted as open.
    """

    status: str = "status"
    pending: str = "pending"
    settles: str = "available_on"
    change_class: ClassVar[str] = "pending"
    of_parts: ClassVar[bool] = False
    filter: ClassVar[None] = None

    def read_from(self, note: Note, created: int | None) -> int | None:
        """From the oldest pending object on."""
        return created if created is None or not note else min(created, note["since"])

    def send_again(self, stripe_object: Object, note: Note) -> bool:
        """What has settled since it was noted."""
        settled = stripe_object.get(self.status) != self.pending
        return settled and stripe_object.get(self.settles) in (note or {}).get("settles", ())

    def look_up(self, note: Note, now: int) -> Iterable[str]:  # noqa: ARG002
        """Nothing: all are met in the reading."""
        return ()

    def mark(self, stripe_object: Object) -> Mark | None:
        """Creation and settling time of a pending object."""
        if stripe_object.get(self.status) != self.pending:
            return None
        return stripe_object["created"], stripe_object.get(self.settles)

    def note(self, marks: Sequence[Mark]) -> Note:
        """Since when, and on which days, something is pending."""
        created, settles = zip(*marks, strict=True) if marks else ((), ())
        return {"since": min(created), "settles": sorted(set(settles))} if created else None

    def join(self, one: Note, other: Note) -> Note:
        """The earlier beginning, the days of both."""
        if not one or not other:
            return one or other
        return {
            "since": min(one["since"], other["since"]),
            "settles": sorted({*one["settles"], *other["settles"]}),
        }


@dataclass(frozen=True)
class Watch:
    """Objects that may be edited silently until they are closed.

    Open ones are looked at in each run, for a stated time and up to a stated number: through the
    list where it has a filter for them, which also shows what is open again, and one by one what
    that no longer shows. The note has their creation time and a digest, so that only those that
    have changed are sent.
    """

    days: int
    """How long after its creation an object is watched."""
    most: int = 200
    """How many are watched at most, the newest."""
    filter: tuple[str, str] | None = None
    """See `Silent.filter`."""
    created_field: str = "created"
    field: str = "status"
    """Where an object says whether it is open."""
    open: tuple[str | None, ...] = ()
    """What it says then; empty where `closed` tells more shortly."""
    closed: tuple[str | None, ...] = ()
    """What it says otherwise."""
    change_class: ClassVar[str] = "watched"
    of_parts: ClassVar[bool] = True

    def read_from(self, note: Note, created: int | None) -> int | None:  # noqa: ARG002
        """As usual: the open ones are looked up one by one."""
        return created

    def send_again(self, stripe_object: Object, note: Note) -> bool:
        """What is not as it was noted, and what is open again."""
        noted = (note or {}).get(stripe_object["id"])
        if noted is not None:
            return bool(noted[1] != _digest(stripe_object))
        return self._is_open(stripe_object) and not self._is_beyond(stripe_object, note or {})

    def look_up(self, note: Note, now: int) -> Iterable[str]:
        """All that are open and young enough."""
        oldest = now - self.days * DAY
        return [id_ for id_, (created, _) in (note or {}).items() if created > oldest]

    def mark(self, stripe_object: Object) -> Mark | None:
        """An open object's id, when it was created, and its digest."""
        if not self._is_open(stripe_object):
            return None
        return stripe_object["id"], (stripe_object[self.created_field], _digest(stripe_object))

    def note(self, marks: Sequence[Mark]) -> Note:
        """The newest open ids with their creation times and digests."""
        newest = sorted(marks, key=lambda mark: int(mark[1][0]), reverse=True)[: self.most]
        return dict(newest) or None

    def join(self, one: Note, other: Note) -> Note:
        """The newest of both; where both know an object, the other's digest."""
        return self.note(list({**(one or {}), **(other or {})}.items()))

    def _is_open(self, stripe_object: Object) -> bool:
        state = stripe_object.get(self.field)
        return state in self.open if self.open else state not in self.closed

    def _is_beyond(self, stripe_object: Object, note: Mapping[str, Any]) -> bool:
        """Whether an object is too old to be among those that are watched."""
        return len(note) >= self.most and stripe_object[self.created_field] <= min(
            created for created, _ in note.values()
        )


@dataclass(frozen=True)
class Recent:
    """Objects that may be edited silently while they are young: those are read again each time.

    For long lists whose objects settle within days, and which have no events at all.
    """

    days: int
    """How long before the last run's time the reading begins."""
    change_class: ClassVar[str] = "recent"
    of_parts: ClassVar[bool] = True
    filter: ClassVar[None] = None

    def read_from(self, note: Note, created: int | None) -> int | None:  # noqa: ARG002
        """Some days earlier."""
        return None if created is None else created - self.days * DAY

    def send_again(self, stripe_object: Object, note: Note) -> bool:  # noqa: ARG002
        """All that is met again."""
        return True

    def look_up(self, note: Note, now: int) -> Iterable[str]:  # noqa: ARG002
        """Nothing: all are met in the reading."""
        return ()

    def mark(self, stripe_object: Object) -> Mark | None:  # noqa: ARG002
        """Nothing has to be remembered."""
        return None

    def note(self, marks: Sequence[Mark]) -> Note:  # noqa: ARG002
        """No note."""
        return None

    def join(self, one: Note, other: Note) -> Note:  # noqa: ARG002
        """No note."""
        return None


def _digest(stripe_object: Object) -> str:
    """A few characters that change whenever the object does."""
    try:
        text = orjson.dumps(stripe_object, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # lone surrogates, integers beyond 64 bits, hundreds of levels
        text = encode(stripe_object)
    return blake2b(text, digest_size=6).hexdigest()
