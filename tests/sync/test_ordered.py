"""Reading ahead, handing on in order."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tap_stripe.api import Page, Span, StripeError
from tap_stripe.sync.ordered import OldestFirst, Prepared, mapped
from tap_stripe.sync.windows import BEFORE_STRIPE
from tap_stripe.sync.workers import Workers

Objects = list[dict[str, object]]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    pool = Workers(4)
    yield pool
    pool.stop()


class FakeList:
    """A list of objects, newest first, three to a page."""

    SIZE = 3

    def __init__(self, created: list[int]) -> None:
        order = sorted(enumerate(created), key=lambda item: (item[1], item[0]), reverse=True)
        self.objects = [{"id": f"o{n}", "created": time} for n, time in order]
        self.reads = 0
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def read(self, span: Span) -> Prepared[list[str]]:
        with self._lock:
            self.reads += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(random.random() / 2000)
        start = 0
        if span.after is not None:
            start = next(n for n, o in enumerate(self.objects) if o["id"] == span.after) + 1
        found = [
            o
            for o in self.objects[start:]
            if (span.since is None or o["created"] >= span.since)  # type: ignore[operator]
            and (span.until is None or o["created"] <= span.until)  # type: ignore[operator]
        ]
        page = found[: self.SIZE]
        rest = None
        if len(found) > self.SIZE:
            rest = Span(span.since, page[-1]["created"], page[-1]["id"])  # type: ignore[arg-type]
        with self._lock:
            self.at_once -= 1
        newest, oldest = (page[0]["created"], page[-1]["created"]) if page else (None, None)
        ids = [str(o["id"]) for o in reversed(page)]
        return Prepared(Page(page, rest, newest, oldest), ids)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(
    created=st.lists(st.integers(1_300_000_000, 1_300_000_500), max_size=120),
    since=st.none() | st.integers(1_299_999_990, 1_300_000_300),
    ahead=st.integers(1, 5),
)
def test_every_object_comes_once_and_oldest_first(
    workers: Workers, created: list[int], since: int | None, ahead: int
) -> None:
    fake = FakeList(created)
    pages = list(OldestFirst(workers, fake.read, Span(since), ahead=ahead))
    ids = [id_ for page in pages for id_ in page.result]
    times = {str(o["id"]): o["created"] for o in fake.objects}
    expected = [i for i, t in times.items() if since is None or t >= since]  # type: ignore[operator]
    assert sorted(ids) == sorted(expected)
    order = [times[id_] for id_ in ids]
    assert order == sorted(order)  # type: ignore[type-var]
    assert fake.most_at_once <= ahead


@pytest.mark.parametrize("day", [1_230_768_000, BEFORE_STRIPE - 86_400, 0])
def test_objects_from_before_stripe_come_once_each(workers: Workers, day: int) -> None:
    fake = FakeList([*range(day, day + 100_000, 5_000), *range(1_300_000_000, 1_300_010_000, 100)])

    def read(span: Span) -> Prepared[list[str]]:
        assert fake.reads < 100, "it comes to no end"
        return fake.read(span)

    pages = OldestFirst(workers, read, Span(None), ahead=4)
    ids = [id_ for page in pages for id_ in page.result]
    assert ids == [f"o{n}" for n in range(120)]


def test_many_pages_are_read_at_once(workers: Workers) -> None:
    fake = FakeList(list(range(1_300_000_000, 1_300_010_000, 20)))
    assert sum(1 for _ in OldestFirst(workers, fake.read, Span(None), ahead=4)) >= 167
    assert fake.most_at_once == 4
    assert fake.reads < 167 * 1.25


def test_what_waits_for_older_pages_is_bounded(workers: Workers) -> None:
    fake = FakeList(list(range(1_300_000_000, 1_300_100_000, 50)))
    reading = OldestFirst(workers, fake.read, Span(None), ahead=4)
    reading.HELD = 20
    for given_out, _ in enumerate(reading, start=1):
        assert fake.reads - given_out <= 20 + 4 + 8


def test_a_refusal_comes_through(workers: Workers) -> None:
    def refuse(_: Span) -> Prepared[None]:
        raise StripeError("no")

    with pytest.raises(StripeError, match="no"):
        list(OldestFirst(workers, refuse, Span(None), ahead=2))


def test_mapped_keeps_the_order_and_the_bound(workers: Workers) -> None:
    seen: list[int] = []

    def slow(n: int) -> int:
        time.sleep(random.random() / 500)
        seen.append(n)
        return n * n

    results = mapped(workers, slow, range(30), ahead=3)
    assert next(results) == 0
    assert len(seen) <= 3
    assert list(results) == [n * n for n in range(1, 30)]


def test_pages_older_than_a_refused_one_come_first(workers: Workers) -> None:
    fake = FakeList(list(range(1_300_000_000, 1_300_001_000, 10)))

    def refuse_the_newer_half(span: Span) -> Prepared[list[str]]:
        prepared = fake.read(span)
        if fake.reads > 4 and (prepared.page.newest or 0) > 1_300_000_500:
            raise StripeError("no")
        return prepared

    ids: list[str] = []
    reading = iter(OldestFirst(workers, refuse_the_newer_half, Span(None), ahead=2))
    with pytest.raises(StripeError, match="no"):
        ids.extend(id_ for prepared in reading for id_ in prepared.result)
    assert ids[:30] == [f"o{n}" for n in range(30)]
