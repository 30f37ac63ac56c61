"""One page of a Stripe list: what to ask for, what comes back.

A list answers newest first and a page at a time; how it is asked for the next page and for a
range of time differs between Stripe's APIs, see `Paging` and `Range`
(https://docs.stripe.com/api/pagination, https://docs.stripe.com/api-v2-overview#list-pagination).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tap_stripe.api.errors import CursorGoneError, StripeError
from tap_stripe.times import to_epoch, to_iso

if TYPE_CHECKING:
    from tap_stripe.api.client import Client, Params
    from tap_stripe.api.meter import Meter

PAGE_SIZE = 100
_LAST_SECOND = 253402300799
"""9999-12-31T23:59:59Z: later, there is no time."""


class Paging(Enum):
    """How a list goes on behind a page."""

    CURSOR = "the id of the page's last object (API v1)"
    URL = "an address that the page gives (API v2)"
    WHOLE = "not at all: everything comes at once, and `limit` is refused"


@dataclass(frozen=True)
class Range:
    """The parameters by which a list shows only what was created within a span."""

    since: str = "created[gte]"
    until: str = "created[lte]"
    exclusive: bool = False
    """Whether the parameters leave out the very second that they name."""
    text: bool = False
    """Whether times are ISO 8601 text (API v2) rather than seconds."""

    def params(self, span: Span) -> list[tuple[str, str]]:
        """The parameters for a span, whose ends are included."""
        asked = []
        for name, time, step in ((self.since, span.since, -1), (self.until, span.until, 1)):
            if time is not None:
                bound = time + step if self.exclusive else time
                asked.append((name, to_iso(bound) if self.text else str(bound)))
        return asked


CREATED = Range()
CREATED_AFTER = Range("created_after", "created_before", exclusive=True)
CREATED_TEXT = Range(text=True)
CREATED_FLAT_TEXT = Range("created_gte", "created_lte", text=True)


@dataclass(frozen=True)
class Span:
    """A part of a list that is still to be read. Times in seconds, both ends included."""

    since: int | None = None
    """Only objects created at or after this time; None: from the very first."""
    until: int | None = None
    """Only objects created at or before this time; None: to the newest."""
    after: str | None = None
    """Only what follows this object (or stands at this address) in the list's order."""


@dataclass(frozen=True)
class Page:
    """What one request brought."""

    objects: list[dict[str, Any]]
    """Stripe's objects as decoded, newest first."""
    rest: Span | None
    """What the request left unread of its span; None where the span is done."""
    newest: int | None
    """Creation time of the first object; None on an empty page or without such a field."""
    oldest: int | None
    """Creation time of the last object."""


@dataclass(frozen=True)
class Listing:
    """A list endpoint and how it is asked."""

    path: str
    params: Params = ()
    """Parameters of every request: filters, expansions."""
    range: Range | None = CREATED
    """The range filter; None where the endpoint has none. Then the reading of a span still ends
    at its older end, because the list is in the order of time."""
    created_field: str = "created"
    """The objects' field with the time that the list is ordered by."""
    paging: Paging = Paging.CURSOR
    limit: int = PAGE_SIZE
    """Objects in a page, at most."""
    endpoint: str = ""
    """Name under which the rate limit counts the requests; default the path."""

    @property
    def can_be_cut(self) -> bool:
        """Whether parts of a span can be read apart from each other."""
        return self.range is not None and self.paging is Paging.CURSOR

    def created(self, stripe_object: dict[str, Any]) -> int | None:
        """When an object was created, in seconds; None if it does not say."""
        time = stripe_object.get(self.created_field)
        if isinstance(time, str):
            try:
                return to_epoch(time)
            except ValueError:
                return None
        return time if isinstance(time, int) and time <= _LAST_SECOND else None

    def read(self, client: Client, span: Span, meter: Meter | None = None) -> Page:
        """Read the newest page of a span.

        When the object behind the cursor was deleted meanwhile, the page is asked for again
        without the cursor: the span's `until` then begins it at the same second, so nothing is
        lost and at worst that second comes twice (the whole span, where the list has no range).

        Raises:
            StripeError: As `Client.get`.
        """
        try:
            body = self._ask(client, span, meter)
        except CursorGoneError:
            span = replace(span, after=None)
            body = self._ask(client, span, meter)
        objects: list[dict[str, Any]] = body.get("data")
        if not isinstance(objects, list) or not all(isinstance(o, dict) for o in objects):
            raise StripeError(f"{self.path} did not answer with a list of objects")
        newest = self.created(objects[0]) if objects else None
        oldest = self.created(objects[-1]) if objects else None
        after = self._next(body, objects)
        is_done = oldest is not None and span.since is not None and oldest < span.since
        if after is None or is_done:
            return Page(objects, None, newest, oldest)
        until = oldest if self.can_be_cut else None
        return Page(objects, Span(span.since, until, after), newest, oldest)

    def everything(
        self, client: Client, meter: Meter | None = None, *, after: str | None = None
    ) -> Iterator[dict[str, Any]]:
        """All objects, page by page, or all that follow an object.

        Raises:
            StripeError: As `Client.get`.
        """
        rest: Span | None = Span(after=after)
        while rest is not None:
            page = self.read(client, rest, meter)
            yield from page.objects
            rest = page.rest

    def _ask(self, client: Client, span: Span, meter: Meter | None) -> Any:
        if self.paging is Paging.URL and span.after is not None:
            address = urlsplit(span.after)  # wherever it points, only its path is used
            path = f"{address.path}?{address.query}"
            return client.get(path, endpoint=self.endpoint or self.path, meter=meter).body
        query = [*self.params, *(self.range.params(span) if self.range else ())]
        if self.paging is not Paging.WHOLE:
            query.append(("limit", str(self.limit)))
        if span.after is not None:
            query.append(("starting_after", span.after))
        return client.get(self.path, query, endpoint=self.endpoint, meter=meter).body

    def _next(self, body: dict[str, Any], objects: list[dict[str, Any]]) -> str | None:
        """What the next page is to be asked by; None where there is none."""
        if self.paging is Paging.URL:
            address: str | None = body.get("next_page_url")
            return address
        if self.paging is Paging.CURSOR and body.get("has_more") and objects:
            id_ = objects[-1].get("id")
            if not isinstance(id_, str):
                raise StripeError(f"{self.path} lists an object without an id")
            return id_
        return None
