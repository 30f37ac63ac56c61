"""Cutting a time range: nothing is left out, nothing twice, and small rests stay whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tap_stripe.api import Page, Span
from tap_stripe.sync.windows import BEFORE_STRIPE, PAGES_BEFORE_CUTTING, Chain, cut

times = st.integers(BEFORE_STRIPE, 1_800_000_000)


@given(
    times=st.tuples(times, times, times).map(sorted),
    pages=st.integers(1, 50),
    open_past=st.booleans(),
    is_guess=st.booleans(),
)
def test_the_parts_cover_the_rest_without_overlap(
    times: list[int], pages: int, *, open_past: bool, is_guess: bool
) -> None:
    since, until, newest = times
    rest = Span(None if open_past else since, until, "cus_cursor")
    parts = cut(rest, Chain(newest, pages), newest, is_guess=is_guess)
    assert parts[0].since == rest.since
    assert parts[-1].until == rest.until
    for older, newer in pairwise(parts):
        assert older.until is not None
        assert newer.since == older.until + 1
        assert older.after is None
    assert parts[-1].after == "cus_cursor"


@pytest.mark.parametrize("pages", range(1, PAGES_BEFORE_CUTTING))
def test_a_table_of_few_pages_is_never_cut(pages: int) -> None:
    rest = Span(None, 1_700_000_000, "cus_1")
    assert cut(rest, Chain(1_790_000_000, pages), 1_790_000_000, is_guess=False) == [rest]


def test_a_list_without_creation_times_is_never_cut() -> None:
    rest = Span(None, None, "x_1")
    assert Chain.extend(None, Page([{"id": "x_1"}], rest, None, None)) is None
    assert cut(rest, None, None, is_guess=False) == [rest]


def test_a_known_range_is_cut_by_its_density() -> None:
    rest, top = Span(1_000_000, 1_900_000, "cus_1"), 2_000_000
    dense, sparse = Chain(2_000_000, pages=10), Chain(1_990_000, pages=3)
    assert len(cut(rest, dense, top, is_guess=False)) == 8  # 90 pages are left
    assert len(cut(rest, sparse, top, is_guess=False)) == 5  # 30
    assert len(cut(rest, dense, top, is_guess=True)) == 2  # of which many may be empty


def test_an_unknown_past_is_reached_in_few_steps() -> None:
    rest, steps = Span(None, 1_790_000_000, "cus_1"), 0
    while rest.until is not None and rest.until > BEFORE_STRIPE:
        older = cut(rest, Chain(rest.until + 3600, 4), 1_790_003_600, is_guess=True)[0]
        assert older.since is None
        rest, steps = Span(None, older.until, "cus_1"), steps + 1
    assert steps <= 8
