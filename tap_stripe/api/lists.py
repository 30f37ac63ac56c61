"""One page of a Stripe list: what to ask for, what comes back.

A list answers newest first, 100 objects a page, goes on behind a cursor (the id of the last
object) and, where the endpoint allows it, within a range of `created`
(https://docs.stripe.com/api/pagination).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tap_stripe.api.errors import CursorGoneError

if TYPE_CHECKING:
    from tap_stripe.api.client import Client, Params
    from tap_stripe.api.meter import Meter

PAGE_SIZE = 100


@dataclass(frozen=True)
class Span:
    """A part of a list that is still to be read. Times in seconds, both ends included."""

    since: int | None = None
    """Only objects created at or after this time; None: from the very first."""
    until: int | None = None
    """Only objects created at or before this time; None: to the newest."""
    after: str | None = None
    """Only what follows this object in the list's order, newest first."""


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
    created_filter: str | None = "created"
    """Name of the range filter; None where the endpoint has none."""
    created_field: str = "created"
    """The objects' field that this filter works on."""
    paged: bool = True
    """False for the few lists that come whole and refuse `limit`."""

    def read(self, client: Client, span: Span, meter: Meter | None = None) -> Page:
        """Read the newest page of a span.

        When the object behind the cursor was deleted meanwhile, the page is asked for again
        without the cursor: the span's `until` then begins it at the same second, so nothing is
        lost and at worst that second comes twice.

        Raises:
            StripeError: As `Client.get`.
        """
        try:
            reply = client.get(self.path, self._query(span), meter=meter)
        except CursorGoneError:
            span = replace(span, after=None)
            reply = client.get(self.path, self._query(span), meter=meter)
        objects: list[dict[str, Any]] = reply.body["data"]
        newest = objects[0].get(self.created_field) if objects else None
        oldest = objects[-1].get(self.created_field) if objects else None
        rest = None
        if reply.body.get("has_more") and objects:
            until = oldest if self.created_filter else None
            rest = Span(span.since, until, objects[-1]["id"])
        return Page(objects, rest, newest, oldest)

    def _query(self, span: Span) -> Params:
        query = list(self.params)
        if self.paged:
            query.append(("limit", str(PAGE_SIZE)))
        if self.created_filter and span.since is not None:
            query.append((f"{self.created_filter}[gte]", str(span.since)))
        if self.created_filter and span.until is not None:
            query.append((f"{self.created_filter}[lte]", str(span.until)))
        if span.after is not None:
            query.append(("starting_after", span.after))
        return query
