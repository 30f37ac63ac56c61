"""Which pages are worth reading for objects that have changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tap_stripe.api import Span
from tap_stripe.sync.close_by import WORTH, plan_pages


def test_a_page_is_read_where_enough_have_changed() -> None:
    times = [1000, 990, 985, 500, 300, 295, 291, 290]
    assert plan_pages(times, 20, most=8) == [Span(980, 1000), Span(280, 300)]


def test_few_far_apart_are_left_alone() -> None:
    assert plan_pages([1000, 900, 800, 700], 50, most=8) == []


def test_no_more_pages_than_asked_for_at_once() -> None:
    assert len(plan_pages(list(range(1000, 0, -1)), 9, most=8)) == 8


@given(
    times=st.lists(st.integers(0, 5000), max_size=200).map(lambda t: sorted(t, reverse=True)),
    seconds=st.integers(1, 300),
)
def test_spans_do_not_overlap_and_each_is_worth_it(times: list[int], seconds: int) -> None:
    spans = plan_pages(times, seconds, most=10_000)
    edges = [edge for span in spans for edge in (span.until, span.since) if edge is not None]
    assert len(edges) == 2 * len(spans)
    assert edges == sorted(edges, reverse=True)
    for newer, older in zip(spans, spans[1:]):  # noqa: B905,RUF007
        assert newer.since is not None
        assert older.until is not None
        assert older.until < newer.since
    for span in spans:
        assert span.since is not None
        assert span.until is not None
        assert sum(span.since <= time <= span.until for time in times) >= WORTH
