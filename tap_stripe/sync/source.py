"""One list of Stripe's and all the tables that are filled from its objects.

Two passes bring the tables up to date, `tap_stripe.sync.new` and `tap_stripe.sync.changed`;
here is what both need: how the list is asked, and what it takes to have an object whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tap_stripe.api import Listing, Meter, NotFoundError

if TYPE_CHECKING:
    from tap_stripe.api import Client
    from tap_stripe.api.client import Params
    from tap_stripe.streams import StripeStream
    from tap_stripe.streams.base import NestedList
    from tap_stripe.streams.silent import Silent
    from tap_stripe.sync.table import Table
    from tap_stripe.sync.workers import Workers


@dataclass(frozen=True)
class Moment:
    """When a run takes place, by Stripe's clock. Seconds since the epoch."""

    now: int
    lookback: int
    """How far behind `now` bookmarks stay, for what becomes visible late."""
    start: int | None
    """Objects created earlier are left out; None: all are wanted."""

    @property
    def settled(self) -> int:
        """Up to here nothing new becomes visible any more: the furthest that a bookmark goes."""
        return self.now - self.lookback

    def excludes(self, created: int | None) -> bool:
        """Whether an object is older than what is wanted."""
        return self.start is not None and created is not None and created < self.start


class Source:
    """A list and its tables within one run."""

    def __init__(
        self,
        root: StripeStream,
        tables: list[Table],
        client: Client,
        workers: Workers,
        moment: Moment,
    ) -> None:
        """Work out what must be asked for.

        Args:
            root: The stream that declares the list.
            tables: The selected tables that its objects fill, the root's own or cut out.
            client: Sends the requests.
            workers: Where requests and encoding run.
            moment: The run's time.
        """
        self.root = root
        self.name: str = root.name
        self.tables = tables
        self.workers = workers
        self.moment = moment
        self.client = client
        self.meter = Meter(parent=client.total)
        self.silent: Silent | None = root.silent if any(t.cut is None for t in tables) else None
        cut_expand = [path for table in tables if table.cut for path in table.cut.expand]
        self._expand = tuple(dict.fromkeys([*root.expand, *cut_expand]))
        self._nested = [nested for nested in root.nested if self._needs(nested.field)]
        for table in tables:
            table.prepare(self._expand, moment.now)

    def listing(self, params: Params = ()) -> Listing:
        """The list as it is asked for here.

        Args:
            params: Parameters beyond the stream's own.
        """
        expand = [("expand[]", f"data.{path}") for path in self._expand]
        return Listing(
            self.root.path,
            (*self.root.params, *params, *expand),
            self.root.created_filter,
            self.root.created_field,
            self.root.paged,
        )

    def created(self, stripe_object: dict[str, Any]) -> int | None:
        """When an object of the list was created; None if it does not say."""
        return stripe_object.get(self.root.created_field)

    def retrieve(self, id_: str) -> dict[str, Any] | None:
        """One object as it is now, with whole nested lists; None if it was deleted.

        Raises:
            StripeError: As the client's, but for 404.
        """
        path, endpoint = f"{self.root.path}/{quote(id_, safe='')}", f"{self.root.path}/{{id}}"
        params = [("expand[]", expand) for expand in self._expand]
        try:
            reply = self.client.get(path, params, endpoint=endpoint, meter=self.meter)
        except NotFoundError:
            return None
        stripe_object: dict[str, Any] = reply.body
        if stripe_object.get("deleted"):
            return None
        self.complete(stripe_object)
        return stripe_object

    def complete(self, stripe_object: dict[str, Any]) -> None:
        """Read what Stripe left out of an object's nested lists."""
        for nested in self._nested:
            entries = stripe_object.get(nested.field)
            while entries and entries.get("has_more"):
                params = self._nested_params(nested, stripe_object["id"])
                params.append(("starting_after", entries["data"][-1]["id"]))
                path = nested.path.format(id=quote(stripe_object["id"], safe=""))
                reply = self.client.get(path, params, endpoint=nested.path, meter=self.meter)
                entries["data"] += reply.body["data"]
                entries["has_more"] = reply.body.get("has_more", False)

    def marks(self, objects: Iterable[dict[str, Any]]) -> list[Any]:
        """What is to be noted of objects that may change silently."""
        if self.silent is None:
            return []
        marks = (self.silent.mark(stripe_object) for stripe_object in objects)
        return [mark for mark in marks if mark is not None]

    def _nested_params(self, nested: NestedList, id_: str) -> list[tuple[str, str]]:
        prefix = f"{nested.field}.data."
        expand = [path[len(prefix) :] for path in self._expand if path.startswith(prefix)]
        return [
            *((name, value.format(id=id_)) for name, value in nested.params),
            ("limit", "100"),
            *(("expand[]", f"data.{path}") for path in expand),
        ]

    def _needs(self, field: str) -> bool:
        """Whether a nested list of the objects goes into any table."""
        return any(
            field in table.cut.fields if table.cut else table.stream.wants(field)
            for table in self.tables
        )
