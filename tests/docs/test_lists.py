"""Every list endpoint of Stripe's is read, or it says why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest

from scripts.document_streams.streams_page import left_out
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.cuts import AskedFor, ListedIn
from tests.docs.official_lists import list_endpoints

BY_NAME = {stream.table(): stream for stream in STREAMS}
NOT_READ = [path for entry in left_out() for path in entry.paths]
ONLY_A_FIELD = {"/v1/charges/{}/refunds"}
"""Lists that the package has as a field of an object (`charge.refunds`) and no method for."""


def plain(paths: Iterable[str]) -> set[str]:
    """Paths without the names of what stands in their braces."""
    return {re.sub(r"\{\w+\}", "{}", path) for path in paths}


def paths_of(stream: type[StripeStream]) -> Iterator[str]:
    if stream.path:
        yield stream.path
    yield from (nested.path for nested in stream.nested)
    yield from (cut.path for cut in stream.cuts if isinstance(cut, AskedFor))


def test_every_list_is_read_or_left_out() -> None:
    read = plain(path for stream in STREAMS for path in paths_of(stream))
    assert plain(list_endpoints()) - read - plain(NOT_READ) == set()


def test_nothing_is_read_that_stripe_does_not_list() -> None:
    read = plain(path for stream in STREAMS for path in paths_of(stream))
    assert read - plain(list_endpoints()) == set()


def test_what_is_left_out_is_a_list_that_nothing_reads() -> None:
    read = plain(path for stream in STREAMS for path in paths_of(stream))
    assert plain(NOT_READ) - ONLY_A_FIELD <= plain(list_endpoints()) - read
    assert all(entry.reason for entry in left_out())


CUT_FROM_LISTS = [
    (stream.table(), cut) for stream in STREAMS for cut in stream.cuts if isinstance(cut, ListedIn)
]


@pytest.mark.parametrize(("table", "cut"), CUT_FROM_LISTS, ids=[name for name, _ in CUT_FROM_LISTS])
def test_a_list_inside_an_object_can_be_read_beyond_ten(table: str, cut: ListedIn) -> None:
    assert cut.field in [nested.field for nested in BY_NAME[cut.parent].nested]


def test_the_package_is_read_as_it_is_written() -> None:
    endpoints = list_endpoints()
    assert "/v1/charges" in endpoints
    assert "/v1/customers/search" in endpoints
    assert "/v1/invoices/{invoice}/lines" in endpoints
    assert "/v2/core/accounts/{account_id}/persons" in endpoints
    assert len(endpoints) > 140
