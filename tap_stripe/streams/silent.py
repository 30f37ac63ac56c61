"""Objects that change without an event, and how their tables still stay in step.

Each strategy keeps a small note in the stream's bookmark (`open`) about the objects that may
still change, and looks at those again in the next run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable, Iterable, Mapping, Protocol, Sequence

Object = Mapping[str, Any]
Note = Any
"""What a strategy keeps in the bookmark; plain JSON."""
Mark = Any
"""What a strategy notes of one object."""

_DAY = 86_400


class Silent(Protocol):
    """How a table finds changes that no event announces."""

    def read_from(self, note: Note, created: int | None) -> int | None:
        """Where the reading of new objects must begin to meet the open ones again."""

    def send_again(self, stripe_object: Object, note: Note) -> bool:
        """Whether an object that was sent before is to be sent once more."""

    def look_up(self, note: Note, now: int) -> Iterable[str]:
        """Ids of objects to fetch one by one."""

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
        created, settles = zip(*marks) if marks else ((), ())
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

    Open ones are fetched one by one in each run, for a stated time and up to a stated number.
    """

    is_open: Callable[[Object], bool]
    days: int
    """How long after its creation an object is watched."""
    most: int = 200
    """How many are watched at most, the newest."""
    created_field: str = field(default="created")

    def read_from(self, note: Note, created: int | None) -> int | None:  # noqa: ARG002
        """As usual: the open ones are looked up one by one."""
        return created

    def send_again(self, stripe_object: Object, note: Note) -> bool:  # noqa: ARG002
        """Nothing: the reading meets only what is new."""
        return False

    def look_up(self, note: Note, now: int) -> Iterable[str]:
        """All that are open and young enough."""
        return [id_ for id_, created in (note or {}).items() if created > now - self.days * _DAY]

    def mark(self, stripe_object: Object) -> Mark | None:
        """An open object's id and when it was created."""
        if not self.is_open(stripe_object):
            return None
        return stripe_object["id"], stripe_object[self.created_field]

    def note(self, marks: Sequence[Mark]) -> Note:
        """The newest open ids and when they were created."""
        newest = sorted(marks, key=lambda mark: mark[1], reverse=True)[: self.most]
        return dict(newest) or None

    def join(self, one: Note, other: Note) -> Note:
        """The newest of both."""
        return self.note([*(one or {}).items(), *(other or {}).items()])
