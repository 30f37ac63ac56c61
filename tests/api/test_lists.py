"""What is asked for when a list is read, and what its page leaves to be read."""

from __future__ import annotations

from typing import Any

import pytest

from tap_stripe.api import (
    CREATED,
    CREATED_AFTER,
    CREATED_FLAT_TEXT,
    CREATED_TEXT,
    Client,
    CursorGoneError,
    Listing,
    Meter,
    Paging,
    Range,
    Span,
)
from tap_stripe.api.client import Params, Reply


class Recorder(Client):
    """A client that notes what it is asked and answers from a list."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        self.asked: list[Params] = []
        self.paths: list[str] = []
        self.answers = list(answers)

    def get(
        self, path: str, params: Params = (), *, endpoint: str = "", meter: Meter | None = None
    ) -> Reply:
        self.asked.append(params)
        self.paths.append(path)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return Reply(answer)


def page(*created: int, more: bool = False) -> dict[str, Any]:
    return {"data": [{"id": f"x{n}", "created": n} for n in created], "has_more": more}


def test_a_span_is_asked_for_by_its_ends_and_its_cursor() -> None:
    client = Recorder(page(9, 7, more=True))
    listing = Listing("/v1/x", (("status", "all"),))
    rest = listing.read(client, Span(5, 9, "x10")).rest
    assert client.asked == [
        [
            ("status", "all"),
            ("created[gte]", "5"),
            ("created[lte]", "9"),
            ("limit", "100"),
            ("starting_after", "x10"),
        ]
    ]
    assert rest == Span(5, 7, "x7")


def test_a_list_without_a_filter_goes_on_by_its_cursor_alone() -> None:
    client = Recorder(page(9, 7, more=True))
    read = Listing("/v1/x", range=None).read(client, Span(5, 9))
    assert client.asked == [[("limit", "100")]]
    assert read.rest == Span(5, None, "x7")


def test_a_list_without_a_filter_ends_where_it_gets_older_than_the_span() -> None:
    client = Recorder(page(9, 7, more=True), page(7, 5, more=True), page(5, 4, more=True))
    listing = Listing("/v1/x", range=None)
    assert listing.read(client, Span(5)).rest == Span(5, None, "x7")
    assert listing.read(client, Span(5, None, "x7")).rest == Span(5, None, "x5")
    assert listing.read(client, Span(5, None, "x5")).rest is None


def test_a_list_that_comes_whole_is_asked_for_no_page() -> None:
    client = Recorder(page(9))
    listing = Listing("/v1/x", range=None, paging=Paging.WHOLE)
    assert listing.read(client, Span()).rest is None
    assert client.asked == [[]]


def test_a_list_of_v2_goes_on_at_the_address_that_it_gives_on_the_same_host() -> None:
    first = {
        "data": [{"id": "x9", "created": "2026-10-28T09:00:00.250Z"}],
        "next_page_url": "https://elsewhere.example/v2/x?limit=100&page=abc",
    }
    client = Recorder(first, {"data": [], "next_page_url": None})
    listing = Listing("/v2/x", range=CREATED_TEXT, paging=Paging.URL)
    read = listing.read(client, Span(1_793_178_000))
    assert client.asked == [[("created[gte]", "2026-10-28T09:00:00Z"), ("limit", "100")]]
    assert (read.newest, read.rest is None) == (1_793_178_000, False)
    assert read.rest is not None
    assert listing.read(client, read.rest).rest is None
    assert client.paths == ["/v2/x", "/v2/x?limit=100&page=abc"]


@pytest.mark.parametrize(
    ("range_", "asked"),
    [
        (CREATED, [("created[gte]", "5"), ("created[lte]", "9")]),
        (CREATED_AFTER, [("created_after", "4"), ("created_before", "10")]),
        (
            CREATED_FLAT_TEXT,
            [("created_gte", "1970-01-01T00:00:05Z"), ("created_lte", "1970-01-01T00:00:09Z")],
        ),
    ],
)
def test_each_kind_of_range_means_the_same_span(
    range_: Range, asked: list[tuple[str, str]]
) -> None:
    assert range_.params(Span(5, 9)) == asked


def test_behind_a_cursor_that_is_gone_the_second_is_read_again() -> None:
    client = Recorder(CursorGoneError("No such x: 'x7'"), page(7, 6))
    read = Listing("/v1/x").read(client, Span(5, 7, "x7"))
    assert [stripe_object["id"] for stripe_object in read.objects] == ["x7", "x6"]
    assert ("starting_after", "x7") not in client.asked[1]
    assert ("created[lte]", "7") in client.asked[1]
