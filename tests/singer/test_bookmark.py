"""What a stream's state says, and how it moves."""

from __future__ import annotations

from typing import Any

from tap_stripe.singer.bookmark import Bookmark


def test_looking_at_a_state_leaves_it_as_it_is() -> None:
    state: dict[str, Any] = {"bookmarks": {}}
    bookmark = Bookmark(state, "charges", "created")
    assert (bookmark.existed, bookmark.created, bookmark.changes_since) == (False, None, None)
    assert state == {"bookmarks": {}}


def test_a_bookmark_moves_forward_only() -> None:
    state: dict[str, Any] = {"bookmarks": {}}
    bookmark = Bookmark(state, "charges", "created")
    bookmark.begin(7, 1000)
    bookmark.created_up_to(500)
    bookmark.created_up_to(400)
    bookmark.changed_up_to(900)
    assert state["bookmarks"]["charges"] == {
        "replication_key": "created",
        "replication_key_value": "1970-01-01T00:08:20Z",
        "changes_since": "1970-01-01T00:16:40Z",
        "table_version": 7,
        "activate": True,
    }


def test_a_reading_is_activated_once() -> None:
    state: dict[str, Any] = {"bookmarks": {}}
    first = Bookmark(state, "charges", "created")
    first.begin(7, 1000)
    assert first.must_activate
    first.created_up_to(500)
    first.activated()
    assert not Bookmark(state, "charges", "created").must_activate
    second = Bookmark(state, "charges", "created")
    second.begin(8, 2000)
    second.bounded_by("2024-01-01T00:00:00Z")
    assert second.must_activate
    assert (second.created, second.version, second.start_date) == (None, 8, "2024-01-01T00:00:00Z")
    second.activated()
    assert not Bookmark(state, "charges", "created").must_activate


def test_a_table_cut_out_of_several_has_a_bookmark_for_each() -> None:
    state: dict[str, Any] = {"bookmarks": {}}
    for parent, time in (("customers", 100), ("invoices", 200)):
        bookmark = Bookmark(state, "discounts", "created", parent)
        bookmark.begin(7, 1000)
        bookmark.created_up_to(time)
    assert Bookmark(state, "discounts", "created", "customers").created == 100
    assert Bookmark(state, "discounts", "created", "invoices").created == 200
    assert [p["context"] for p in state["bookmarks"]["discounts"]["partitions"]] == [
        {"parent": "customers"},
        {"parent": "invoices"},
    ]
