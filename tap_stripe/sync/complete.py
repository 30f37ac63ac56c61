"""What it takes to have an object whole: Stripe's lists leave parts of it out.

Lists inside an object are cut after ten entries, some fields come only when an object is
retrieved alone, and some of what belongs to an object is listed for it alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tap_stripe.api import AccessDeniedError, Listing, NotFoundError, Paging
from tap_stripe.streams.cuts import AskedFor, Cut, value_at

if TYPE_CHECKING:
    from tap_stripe.api import Client, Meter
    from tap_stripe.streams import StripeStream
    from tap_stripe.streams.base import NestedList
    from tap_stripe.sync.table import Table

logger = logging.getLogger("tap-stripe")
Object = dict[str, Any]


class Completer:
    """Completes the objects of one list, as far as the selected tables need it."""

    def __init__(
        self, root: StripeStream, tables: Iterable[Table], client: Client, meter: Meter, now: int
    ) -> None:
        """Work out what is needed.

        Args:
            root: The stream that declares the list.
            tables: The selected tables that its objects fill.
            client: Sends the requests.
            meter: Counts them.
            now: The run's time, in seconds since the epoch.
        """
        self._root = root
        self._client = client
        self._meter = meter
        self._now = now
        tables = list(tables)
        cuts = [table.cut for table in tables if table.cut is not None]
        self._asked = [cut for cut in cuts if isinstance(cut, AskedFor)]
        self._refused: dict[str, dict[str, int | None]] = {cut.place: {} for cut in self._asked}
        self.expand = expansions(root, cuts)
        """Fields that must be asked for with each object."""
        self._nested = [
            nested
            for nested in root.nested
            if any(
                nested.field in table.cut.fields if table.cut else table.stream.wants(nested.field)
                for table in tables
            )
        ]

    @property
    def asks_for_each(self) -> bool:
        """Whether each object takes requests of its own."""
        return bool(self._asked or self._root.include)

    @property
    def places(self) -> tuple[str, ...]:
        """Names in a completed object of what was asked for it alone."""
        return tuple(cut.place for cut in self._asked)

    def refused(self, cut: Cut | None) -> Mapping[str, int | None]:
        """The objects whose entries Stripe refused, by id, and when each was created."""
        return self._refused[cut.place] if isinstance(cut, AskedFor) else {}

    def retrieve(self, id_: str) -> Object | None:
        """One object as it is now, whole; None if it was deleted.

        Raises:
            StripeError: As the client's, but for 404.
        """
        stripe_object = self._get(id_)
        if stripe_object is None or stripe_object.get("deleted"):
            return None
        try:
            self._complete(stripe_object)
        except NotFoundError:
            return None
        return stripe_object

    def complete(self, stripe_object: Object) -> None:
        """Read what Stripe left out of an object of the list, and put it there.

        Where it was deleted meanwhile, what the list showed of it has to do: the next run learns of
        its deletion.

        Raises:
            StripeError: As the client's.
        """
        if self._root.include:
            stripe_object.update(self._get(stripe_object["id"]) or {})
        try:
            self._complete(stripe_object)
        except NotFoundError as error:
            self._warn_of_gone(stripe_object, error)

    def _get(self, id_: str) -> Object | None:
        path, endpoint = f"{self._root.path}/{quote(id_, safe='')}", f"{self._root.path}/{{id}}"
        params = [("expand[]", expand) for expand in self.expand]
        params += [(f"include[{n}]", include) for n, include in enumerate(self._root.include)]
        try:
            reply = self._client.get(path, params, endpoint=endpoint, meter=self._meter)
        except NotFoundError:
            return None
        stripe_object: Object = reply.body
        return stripe_object

    def _complete(self, stripe_object: Object) -> None:
        for nested in self._nested:
            entries = value_at(stripe_object, nested.field)
            if entries and entries.get("has_more"):
                listing = self._nested_list(nested, stripe_object["id"])
                last = entries["data"][-1]["id"]
                entries["data"] += listing.everything(self._client, self._meter, after=last)
                entries["has_more"] = False
        for cut in self._asked:
            stripe_object[cut.place] = self._ask(cut, stripe_object)

    def _nested_list(self, nested: NestedList, id_: str) -> Listing:
        prefix = f"{nested.field}.data."
        expand = [path[len(prefix) :] for path in self.expand if path.startswith(prefix)]
        return _listing(nested.path, nested.params, {"id": id_}, expand, Paging.CURSOR)

    def _ask(self, cut: AskedFor, parent: Object) -> list[Object]:
        """What Stripe lists for one object alone."""
        entries: list[Object] = []
        for values in cut.asks(parent, self._now):
            columns = {column: values[name] for column, name in cut.columns}
            listing = listing_for(cut, values)
            try:
                listed = listing.everything(self._client, self._meter)
                entries.extend({**entry, **columns} for entry in listed)
            except NotFoundError as error:
                self._warn_of_gone(parent, error)
            except AccessDeniedError as error:
                if error.lacks_permission:
                    raise
                logger.warning(
                    "%s: %s keeps this to itself: %s", self._root.name, parent["id"], error
                )
                self._refused[cut.place][parent["id"]] = self._root.listing().created(parent)
        return entries

    def _warn_of_gone(self, stripe_object: Object, error: NotFoundError) -> None:
        logger.warning(
            "%s: %s has gone, with what belongs to it: %s",
            self._root.name,
            stripe_object["id"],
            error,
        )


def expansions(root: StripeStream | type[StripeStream], cuts: Iterable[Cut]) -> tuple[str, ...]:
    """What must be expanded in a list's objects for the tables that are cut out of them."""
    return tuple(dict.fromkeys([*root.expand, *(path for cut in cuts for path in cut.expand)]))


def listing_for(cut: AskedFor, values: Mapping[str, Any]) -> Listing:
    """The list of what belongs to one object.

    Args:
        cut: Where it is asked for.
        values: What the cut's `asks` says of the object.
    """
    return _listing(cut.path, cut.params, values, (), cut.paging)


def _listing(
    path: str,
    params: Iterable[tuple[str, str]],
    values: Mapping[str, Any],
    expand: Iterable[str],
    paging: Paging,
) -> Listing:
    """A list whose path and parameters have values filled in."""
    in_path = {name: quote(str(value), safe="") for name, value in values.items()}
    asked = [(name, value.format(**values)) for name, value in params]
    asked += [("expand[]", f"data.{place}") for place in expand]
    return Listing(path.format(**in_path), asked, range=None, paging=paging, endpoint=path)
