"""How a stream's changes and deletions arrive, in words."""

from __future__ import annotations

from collections.abc import Iterable

from tap_stripe.streams import StripeStream
from tap_stripe.streams.base import ChangeClass
from tap_stripe.streams.silent import Recent, Watch

from .markdown import code, link, sentence

MEANING = {
    ChangeClass.EVENTS: (
        "by events",
        (
            "Stripe's event feed tells each change. Every object that it names is fetched once per "
            "run, in its present form."
        ),
    ),
    ChangeClass.PARENT: (
        "with the parent",
        (
            "The rows are cut out of objects of another table, the parent, or listed for each of "
            "them. They are all sent again whenever the parent has changed."
        ),
    ),
    ChangeClass.WATCHED: (
        "watched",
        (
            "Not all changes have an event. Besides following the events that there are, each run "
            "looks at the objects that are still open, for a stated number of days after their "
            "creation and up to a stated number of objects, the newest. A change without an event "
            "outside of that is not seen."
        ),
    ),
    ChangeClass.RECENT: (
        "recent ones again",
        (
            "There are no events. What was created within the stated number of days before the "
            "last run is read again; changes after that are not seen until a full refresh."
        ),
    ),
    ChangeClass.PENDING: (
        "pending ones again",
        (
            "There are no events, but what is pending settles at a known time and never changes "
            "again. The list is read from the oldest pending object on, and what has settled is "
            "sent once more."
        ),
    ),
    ChangeClass.IMMUTABLE: (
        "never",
        "Objects don't change once they are there. Each run reads the new ones.",
    ),
    ChangeClass.REREAD: (
        "read as a whole",
        (
            "No event tells of changes, so each run reads the whole table. At its end a Singer "
            "message, `ACTIVATE_VERSION`, calls off all rows of earlier readings: a loader that "
            "supports it deletes them or flags them as deleted, another one leaves them there."
        ),
    ),
}
"""The name of each change class, and what it means."""


def changes(stream: type[StripeStream]) -> str:
    """How changes of a stream's objects are found."""
    name, _ = MEANING[stream.change_class()]
    how = sentence(
        _parents(stream),
        *_event_types(stream.events),
        _others(stream),
        _window(stream),
    )
    return " ".join(filter(None, (f"**{name}**{': ' if how else ''}{how}.", stream.unseen)))


def deletions(stream: type[StripeStream]) -> str:
    """What becomes of the row of an object that vanishes."""
    if stream.change_class() is ChangeClass.REREAD:
        return "called off by `ACTIVATE_VERSION`"
    if not stream.deletable:
        return "none"
    told = [event for event in stream.events if event.endswith(stream.removed_by)]
    ways = [
        code(*told),
        "when the parent no longer has the entry" if stream.cuts else "",
    ]
    return f"flagged: {sentence(*ways)}"


def _parents(stream: type[StripeStream]) -> str:
    names = dict.fromkeys(cut.parent for cut in stream.cuts)
    return ", ".join(link(code(name), "", name) for name in names)


def _event_types(events: Iterable[str]) -> list[str]:
    """Event types, each group of those that begin alike: `payout.created`, `.paid`."""
    by_beginning: dict[str, list[str]] = {}
    for event in events:
        beginning, _, end = event.rpartition(".")
        group = by_beginning.setdefault(beginning, [])
        group.append(f".{end}" if group else event)
    return [code(*group) for group in by_beginning.values()]


def _others(stream: type[StripeStream]) -> str:
    """Objects of other kinds whose changes are changes of this one."""
    follows = f"events of {code(*stream.follows)} that belong to it" if stream.follows else ""
    embeds = f"a change of the {code(*stream.embeds)} inside it" if stream.embeds else ""
    return sentence(follows, embeds)


def _window(stream: type[StripeStream]) -> str:
    """For how long, and how many, objects are looked at again."""
    silent = stream.silent
    if isinstance(silent, Watch):
        return (
            f"open ones ({_open(silent)}) are looked at for {silent.days} days, the newest "
            f"{silent.most} at most"
        )
    if isinstance(silent, Recent):
        return f"what was created in the last {silent.days} days is read again"
    return ""


def _open(watch: Watch) -> str:
    """When an object counts as open."""
    if watch.open == (None,):
        return f"{code(watch.field)} is null"
    names = [str(state) for state in watch.open or watch.closed]
    return f"{code(watch.field)} is {'' if watch.open else 'not '}{' or '.join(map(code, names))}"
