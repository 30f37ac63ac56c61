"""Changed objects that were created close together: a page of the list brings many at once.

Fetching them one by one costs a request each. A page of the list costs one request too and brings
a hundred objects in a row, so it pays as soon as a few of these have changed. How long a time a
page covers is learnt from the pages read before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tap_stripe.api import Span
from tap_stripe.api.lists import PAGE_SIZE
from tap_stripe.sync.batch import Batch
from tap_stripe.sync.ordered import mapped
from tap_stripe.sync.refetch import bring

if TYPE_CHECKING:
    from tap_stripe.api import Page
    from tap_stripe.sync.changes import Change
    from tap_stripe.sync.source import Source

WORTH = 3
"""Changed objects that a page must be expected to bring."""
ENOUGH = 20
"""Changed objects from which on it pays to find out how long a time a page covers."""
AHEAD = 8
"""Pages of one source in flight at once."""


def fetch_close_by(source: Source, work: dict[str, Change]) -> Iterator[Batch]:
    """Read what pages of the list bring well, and take it out of the work.

    Args:
        source: The list and its tables.
        work: The changes by id; what was brought is removed.

    Raises:
        StripeError: As the client's.
    """
    times = _times(work)
    if len(times) < ENOUGH or not _allows_pages(source):
        return
    first = _read(source, Span(until=times[0]), work)
    yield first.take_from(work)
    oldest, seconds = first.page.oldest, first.seconds
    if first.page.rest is None or oldest is None:
        return  # the page was all that there is
    times = [time for time in _times(work) if time < oldest]
    while spans := plan_pages(times, seconds, AHEAD):
        for read in mapped(source.workers, lambda span: _read(source, span, work), spans, AHEAD):
            yield read.take_from(work)
            seconds = read.seconds
        times = [time for time in times if time < (spans[-1].since or 0)]


def plan_pages(times: Sequence[int], seconds: int, most: int) -> list[Span]:
    """Choose the next pages to read.

    Args:
        times: When the changed objects were created, newest first.
        seconds: The time that a page covers.
        most: How many pages to choose.

    Returns:
        Spans that do not overlap, newest first; none where no page would bring enough.
    """
    spans: list[Span] = []
    place = 0
    while place < len(times) and len(spans) < most:
        since = times[place] - seconds
        end = place
        while end < len(times) and times[end] >= since:
            end += 1
        if end - place >= WORTH:
            spans.append(Span(since, times[place]))
            place = end
        else:
            place += 1
    return spans


@dataclass(frozen=True)
class _Read:
    """A page, and what of it was wanted."""

    span: Span
    page: Page
    batch: Batch
    brought: Sequence[str]

    @property
    def seconds(self) -> int:
        """The time that a full page covers here."""
        newest, oldest = self.page.newest, self.page.oldest
        if self.page.rest is None and self.span.since is not None and self.span.until is not None:
            newest, oldest = self.span.until, self.span.since
        if newest is None or oldest is None:
            return 1
        # All that a span was chosen for may have gone meanwhile: count it as one object.
        return max((newest - oldest) * PAGE_SIZE // max(len(self.page.objects), 1), 1)

    def take_from(self, work: dict[str, Change]) -> Batch:
        """Strike off what was brought, and hand it over."""
        for id_ in self.brought:
            del work[id_]
        return self.batch


def _read(source: Source, span: Span, work: Mapping[str, Change]) -> _Read:
    page = source.listing().read(source.client, span, source.meter)
    batch, brought = Batch(), []
    for stripe_object in page.objects:
        change = work.get(stripe_object["id"])
        if change is not None and _is_in_list(change):
            source.completer.complete(stripe_object)
            batch.merge(bring(source, stripe_object, change))
            brought.append(stripe_object["id"])
    return _Read(span, page, batch, brought)


def _times(work: Mapping[str, Change]) -> list[int]:
    """When the objects were created that a page may bring, newest first."""
    known = (c.created for c in work.values() if c.created is not None and _is_in_list(c))
    return sorted(known, reverse=True)


def _is_in_list(change: Change) -> bool:
    return not (change.surely_deleted or change.silent)


def _allows_pages(source: Source) -> bool:
    """Whether any time of the list can be asked for, and a page costs no further requests."""
    is_one_list = len(source.root.variants) == 1 and source.root.listed_per is None
    return is_one_list and source.listing().can_be_cut and not source.completer.asks_for_each
