"""One list of Stripe's and all the tables that are filled from its objects.

Two passes bring the tables up to date, `tap_stripe.sync.new` and `tap_stripe.sync.changed`;
here is what both need.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tap_stripe.api import Meter
from tap_stripe.sync.complete import Completer

if TYPE_CHECKING:
    from tap_stripe.api import Listing
    from tap_stripe.api.client import Params
    from tap_stripe.streams import StripeStream
    from tap_stripe.streams.silent import Silent
    from tap_stripe.sync.context import RunContext
    from tap_stripe.sync.table import Table


class Source:
    """A list and its tables within one run."""

    def __init__(
        self,
        root: StripeStream,
        tables: list[Table],
        context: RunContext,
    ) -> None:
        """Work out what must be asked for.

        Args:
            root: The stream that declares the list.
            tables: The selected tables that its objects fill, the root's own or cut out.
            context: What it shares with the run's other sources.
        """
        self.root = root
        self.name: str = root.name
        self.tables = tables
        self.client = context.client
        self.workers = context.workers
        self.moment = context.moment
        self.meter = Meter(parent=context.client.total)
        now = context.moment.now
        self.completer = Completer(root, tables, context.client, self.meter, now)
        self._parents = context.parents
        self._plain = root.listing()
        self.silent: Silent | None = root.silent if any(table.silent for table in tables) else None
        inside = (*self.completer.expand, *self.completer.places)
        for table in tables:
            table.prepare(inside, context)

    @property
    def streams(self) -> list[type[StripeStream]]:
        """What the tables are declared by."""
        return [type(table.stream) for table in self.tables]

    @property
    def permissions(self) -> tuple[str, ...]:
        """What a restricted key needs to fill the tables."""
        streams = [self.root, *(table.stream for table in self.tables)]
        return tuple(dict.fromkeys(name for stream in streams for name in stream.permissions))

    @functools.cached_property
    def variants(self) -> list[Params]:
        """The parameter sets that together list all objects.

        Raises:
            StripeError: The objects for which the list is asked could not be read.
        """
        fixed: list[Params] = list(self.root.variants)
        per = self.root.listed_per
        if per is None:
            return fixed
        ids = self._parents.ids(per.parent)
        return [(*variant, (per.param, id_)) for variant in fixed for id_ in ids]

    def listing(self, params: Params = ()) -> Listing:
        """The list as it is asked for here.

        Args:
            params: Parameters beyond the stream's own.
        """
        expand = [("expand[]", f"data.{path}") for path in self.completer.expand]
        return self.root.listing((*params, *expand))

    def created(self, stripe_object: dict[str, Any]) -> int | None:
        """When an object of the list was created; None if it does not say."""
        return self._plain.created(stripe_object)

    def marks(self, objects: Iterable[dict[str, Any]]) -> list[Any]:
        """What is to be noted of objects that may change silently."""
        if self.silent is None:
            return []
        marks = (self.silent.mark(stripe_object) for stripe_object in objects)
        return [mark for mark in marks if mark is not None]
