"""The event types that streams declare are those that Stripe has for their objects."""

from __future__ import annotations

import pytest

from standin.official import event_types, thin_event_types
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.base import ChangeClass
from tests.docs.official_events import objects_by_event

OBJECTS = objects_by_event()

EXCUSED = {
    "account.updated": "Accounts among a customer's sources are of the oldest API; the event is "
    "about connected accounts.",
}
"""Types that no stream with their object declares, and why."""

NO_EVENT_NEEDED = (ChangeClass.REREAD, ChangeClass.IMMUTABLE)


def test_every_declared_type_exists() -> None:
    declared = {event for stream in STREAMS for event in stream.events}
    assert declared - event_types() - thin_event_types() == set()


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: str(stream.table()))
def test_declared_types_are_about_the_streams_object(stream: type[StripeStream]) -> None:
    about = {event: OBJECTS[event] for event in stream.events if event in OBJECTS}
    assert {event: name for event, name in about.items() if name not in stream.objects()} == {}


@pytest.mark.parametrize("stream", STREAMS, ids=lambda stream: str(stream.table()))
def test_no_type_is_forgotten(stream: type[StripeStream]) -> None:
    known = event_types() | thin_event_types()
    about = {event for event, name in OBJECTS.items() if name in stream.objects()}
    forgotten = (about & known) - set(stream.events) - set(EXCUSED)
    if stream.change_class() in NO_EVENT_NEEDED:
        # New objects are met in the list, and a table that is read as a whole needs no event.
        forgotten = {
            event
            for event in forgotten
            if stream.replication_key is not None and not event.endswith(".created")
        }
    assert forgotten == set()


def test_every_excuse_is_needed() -> None:
    declared = {event for stream in STREAMS for event in stream.events}
    assert set(EXCUSED) <= event_types() - declared


def test_the_package_tells_most_objects() -> None:
    assert OBJECTS["charge.succeeded"] == "charge"
    assert OBJECTS["v2.core.account.created"] == "v2.core.account"
    assert len(OBJECTS) > 300
