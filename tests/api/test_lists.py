"""What is asked for when a list is read, and what its page leaves to be read."""

from __future__ import annotations

from typing import Any

import pytest

from tap_stripe.api import Client, CursorGoneError, Listing, Meter, Span
from tap_stripe.api.client import Params, Reply


class Recorder(Client):
    """A client that notes what it is asked and answers from a list."""

    def __init__(self, *answers: dict[str, Any] | Exception) -> None:
        self.asked: list[Params] = []
        self.answers = list(answers)

    def get(
        self, path: str, params: Params = (), *, endpoint: str = "", meter: Meter | None = None
    ) -> Reply:
        self.asked.append(params)
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
            ("limit", "100"),
            ("created[gte]", "5"),
            ("created[lte]", "9"),
            ("starting_after", "x10"),
        ]
    ]
    assert rest == Span(5, 7, "x7")


def test_a_list_without_a_filter_goes_on_by_its_cursor_alone() -> None:
    client = Recorder(page(9, 7, more=True))
    read = Listing("/v1/x", created_filter=None).read(client, Span(5, 9))
    assert client.asked == [[("limit", "100")]]
    assert read.rest == Span(5, None, "x7")


@pytest.mark.parametrize(("paged", "asked"), [(True, [("limit", "100")]), (False, [])])
def test_a_list_that_comes_whole_is_asked_for_no_page(
    asked: list[tuple[str, str]], *, paged: bool
) -> None:
    client = Recorder(page(9))
    assert Listing("/v1/x", paged=paged).read(client, Span()).rest is None
    assert client.asked == [asked]


def test_behind_a_cursor_that_is_gone_the_second_is_read_again() -> None:
    client = Recorder(CursorGoneError("No such x: 'x7'"), page(7, 6))
    read = Listing("/v1/x").read(client, Span(5, 7, "x7"))
    assert [stripe_object["id"] for stripe_object in read.objects] == ["x7", "x6"]
    assert ("starting_after", "x7") not in client.asked[1]
    assert ("created[lte]", "7") in client.asked[1]
